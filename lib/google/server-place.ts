import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { type IPrivateNetwork, PrivateNetwork } from './private-network';
import { assertProject } from './project';
import type { RestateServerProps } from './restate-server-props';

/**
 * Refuses a project that is named wrongly, a network that is none, and a zone outside the network's region: neither validation nor plan would say so.
 *
 * @throws UnsafeConfigurationError `ZoneElsewhere`, the codes of `assertProject`, `ValueNotConcrete`, and the codes of `PrivateNetwork.fromAttributes`
 */
export function assertPlace({
  project,
  network,
  zone,
}: Pick<RestateServerProps, 'project' | 'network' | 'zone'>): void {
  assertProject(project);
  // Attributes written by hand, and a construct of the user's own, are as good to the compiler as what was validated.
  PrivateNetwork.fromAttributes(Construct.isConstruct(network) ? attributesOf(network) : network);
  const letter = concrete('zone', zone).slice(network.region.length);
  if (zone.startsWith(network.region) && /^-[a-z]$/.test(letter)) return;
  throw new UnsafeConfigurationError({
    code: 'ZoneElsewhere',
    given: `zone ${quote(zone)} with a network in ${quote(network.region)}`,
    because: 'the machine stands in a subnet of the network, which ends with its region',
    write: `name a zone of that region, e.g. '${network.region}-a'`,
  });
}

function attributesOf({ networkId, subnetworkId, cidr, region, internet }: IPrivateNetwork): IPrivateNetwork {
  return { networkId, subnetworkId, cidr, region, internet };
}
