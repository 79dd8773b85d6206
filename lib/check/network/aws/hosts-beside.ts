import type { Host } from '../../../artifact/artifact';
import type { AwsServer } from './aws-server';
import type { NetworkView } from './network-view';

/**
 * The hosts of the file that are the deployment's business: the server's own, those in the same network, and those that wear a group which
 * its groups have or name. Where it is not known in which networks two stand it may be the same.
 */
export function hostsBeside({ artifact, view, host }: AwsServer): readonly Host[] {
  const networks = networksOf(view, host);
  const groups = new Set(groupsOf(host));
  const named = view
    .groupsOf([...groups])
    .flatMap(({ rules }) => rules.flatMap(({ peer }) => (peer.kind === 'group' ? [peer.id] : [])));
  const linked = new Set([...groups, ...named]);
  return artifact.hosts.filter(
    (each) =>
      each === host ||
      networksOf(view, each).some((network) => networks.includes(network)) ||
      groupsOf(each).some((group) => linked.has(group)),
  );
}

function groupsOf({ groups, machine }: Host): readonly string[] {
  return [...groups, ...(machine?.groups ?? [])];
}

function networksOf(view: NetworkView, { id }: Host): readonly string[] {
  const subnets = view.interface(id)?.subnets ?? [];
  const known = subnets.map((subnet) => view.network.subnets.find((each) => each.id === subnet)?.vpc ?? 'unknown');
  return known.length === 0 ? ['unknown'] : known;
}
