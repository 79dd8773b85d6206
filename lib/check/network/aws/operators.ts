import { whyWide } from '../breadth';
import type { AwsServer, ReachedPort } from './aws-server';
import { describePath } from './describe-path';
import { passesFront } from './fronts';
import type { Path } from './reach';

/** What was found wrong about those who get to a door of operators, and what is not known of them. */
export interface OperatorsVerdict {
  readonly broken: readonly string[];
  readonly unproven: readonly string[];
  readonly named: readonly string[];
}

/** Whether those who get to a port of the operators' door are networks and workloads that somebody named as operators. */
export function operatorsOf(server: AwsServer, { listening, reach }: ReachedPort): OperatorsVerdict {
  const target = { host: server.host, port: listening.port };
  const found = reach.paths.map((path) => {
    const witness = describePath(server.view, target, path);
    const wrong = [
      ...whyNoOperators(server, path),
      ...(passesFront(server, path, listening.port) ? ['they come past the balancer before it'] : []),
    ];
    return {
      broken: wrong.map((why) => `${listening.name} is reached by ${witness}: ${why}`),
      unproven: whyNotKnown(server, path).map((why) => `${listening.name} is reached by ${witness}: ${why}`),
      named: [witness],
    };
  });
  return {
    broken: found.flatMap(({ broken }) => broken),
    unproven: found.flatMap(({ unproven }) => unproven),
    named: found.flatMap(({ named }) => named),
  };
}

function whyNoOperators(server: AwsServer, path: Path): readonly string[] {
  const { view } = server;
  const addresses = path.admission.addresses.intersect(path.filtered);
  const wide = whyWide(addresses, view.local);
  const insiders = insidersOf(server);
  const inside = [...path.admission.members].flatMap((id) => {
    const what = insiders.get(id);
    // The balancers before the door are no callers: who comes over them is told by their own paths.
    return what === undefined || isFrontOf(server, path, id) ? [] : [`${id} is ${what}`];
  });
  const neighbours = view.network.interfaces
    .filter(({ kind, id }) => (kind === 'function' || kind === 'task') && id !== server.host.id)
    .filter(({ id }) => view.placesOf(id).some((place) => place.id !== undefined && addresses.covers(place.addresses)))
    .map(({ id }) => `it holds the whole subnet of ${id}`);
  const isFacing = path.via?.balancer.scheme === 'internet-facing';
  const isMeant = !addresses.subtract(view.local).isEmpty;
  return [
    ...(wide === undefined ? [] : [wide]),
    ...inside,
    ...neighbours,
    ...(isFacing && !isMeant
      ? [`${path.via?.balancer.id ?? ''} is internet-facing, though nobody is admitted from there`]
      : []),
  ];
}

/** The groups that the deployment's own parts wear: nobody of them is an operator. */
function insidersOf({ host, view, artifact }: AwsServer): ReadonlyMap<string, string> {
  const services = view
    .groupsOf(host.groups)
    .flatMap(({ rules }) =>
      rules.flatMap(({ direction, peer }) => (direction === 'out' && peer.kind === 'group' ? [peer.id] : [])),
    );
  const balancers = artifact.balancers.flatMap(({ id, groups = [] }) =>
    groups.map((group) => [group, `a group of the balancer ${id}`] as const),
  );
  const endpoints = view.network.interfaces
    .filter(({ kind }) => kind === 'endpoint')
    .flatMap(({ groups }) => groups.map((id) => [id, 'a group of VPC endpoints'] as const));
  return new Map([
    ...endpoints,
    ...balancers,
    ...services.map((id) => [id, 'the group of the services that the server calls'] as const),
    ...(host.machine?.groups ?? []).map((id) => [id, 'a group of the machine'] as const),
    ...host.groups.map((id) => [id, "the server's own group"] as const),
  ]);
}

/** Whether a group is of a balancer that forwards to the very port, straight to which the path leads. */
function isFrontOf({ artifact, host }: AwsServer, path: Path, group: string): boolean {
  return (
    path.via === undefined &&
    !host.groups.includes(group) &&
    artifact.balancers.some(
      ({ groups = [], listeners }) =>
        groups.includes(group) && listeners.some(({ targets }) => targets.some((target) => target.host === host.id)),
    )
  );
}

/** What is not known, except where somebody accepted it. */
function whyNotKnown({ artifact }: AwsServer, { admission, hostRules, via }: Path): readonly string[] {
  const accepted = (artifact.accepted ?? [])
    .filter(({ claim }) => claim === 'admin-closed')
    .map(({ subject }) => subject);
  const isAccepted = (via?.balancer.groups ?? []).some((id) => accepted.includes(id));
  return isAccepted ? [] : [...admission.unknown, ...(via === undefined ? [] : hostRules.unknown)];
}
