import { Construct } from 'constructs';
import { concrete, isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { type IPrivateNetwork, PrivateNetwork } from './private-network';
import type { RestateServerProps } from './restate-server-props';

const PROJECT = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const NUMBER = /^[1-9]\d{5,19}$/;

/**
 * Refuses a project that is named wrongly, a network that is none, and a zone outside the network's region: neither validation nor plan would say so.
 *
 * @throws UnsafeConfigurationError `ProjectInvalid`, `ZoneElsewhere`, `ValueNotConcrete`, and the codes of `PrivateNetwork.fromAttributes`
 */
export function assertPlace({
  project,
  network,
  zone,
}: Pick<RestateServerProps, 'project' | 'network' | 'zone'>): void {
  if (!isToken(project.id) && !PROJECT.test(project.id)) {
    throw projectInvalid(`project.id ${quote(project.id)}`, "its id, e.g. 'my-project'");
  }
  if (!isToken(project.number) && !NUMBER.test(project.number)) {
    throw projectInvalid(
      `project.number ${quote(project.number)}`,
      "the number that `gcloud projects describe my-project --format 'value(projectNumber)'` prints, as text",
    );
  }
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

function projectInvalid(given: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'ProjectInvalid',
    given,
    because: 'rights would be granted to agents of a project that is not this one, or that there is none of',
    write: `give ${write}`,
  });
}
