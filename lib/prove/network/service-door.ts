import type { Artifact, GroupRule, Host, SecurityGroup } from '../../artifact/artifact';

/** Where a service stands so that the deployment's own groups let the server call it. */
export interface ServiceDoor {
  readonly port: number;
  /** The security group that the service is a member of; empty where no group admits the server's calls. */
  readonly groups: readonly string[];
}

/** The port that the SDK serves on when nothing is said. */
const SDK_PORT = 9080;

/**
 * The group and port that the file keeps for services: the task's group may go out to it and it lets the task's group in. A service of
 * the file may wear it already; the run's own stands beside it. Several such groups: the one on the SDK's own port, then any port but HTTPS, which is how
 * private endpoints of the cloud look.
 */
export function findServiceDoor(artifact: Artifact, host: Host): ServiceDoor {
  const taken = new Set([
    ...host.groups,
    ...artifact.hosts.flatMap(({ machine }) => machine?.groups ?? []),
    ...artifact.balancers.flatMap((balancer) => balancer.groups ?? []),
  ]);
  const doors = artifact.groups
    .filter((group) => !taken.has(group.id))
    .flatMap((group) => doorsOf(group, artifact, host))
    .toSorted((a, b) => preference(a) - preference(b));
  return doors[0] ?? { port: SDK_PORT, groups: [] };
}

function doorsOf(group: SecurityGroup, artifact: Artifact, host: Host): readonly ServiceDoor[] {
  const out = artifact.groups
    .filter(({ id }) => host.groups.includes(id))
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.direction === 'out' && rule.peer.kind === 'group' && rule.peer.id === group.id);
  const into = group.rules.filter(
    (rule) => rule.direction === 'in' && rule.peer.kind === 'group' && host.groups.includes(rule.peer.id),
  );
  return into.flatMap((rule) =>
    out.filter((way) => carriesTcp(way) && carriesTcp(rule)).flatMap((way) => commonPort(rule, way, group.id)),
  );
}

function commonPort(into: GroupRule, out: GroupRule, group: string): readonly ServiceDoor[] {
  const from = Math.max(firstPort(into), firstPort(out));
  const to = Math.min(lastPort(into), lastPort(out));
  if (from > to) return [];
  return [{ port: from <= SDK_PORT && SDK_PORT <= to ? SDK_PORT : from, groups: [group] }];
}

function carriesTcp(rule: GroupRule): boolean {
  return rule.protocol === 'tcp' || rule.protocol === 'all';
}

function firstPort(rule: GroupRule): number {
  return rule.protocol === 'all' ? 1 : Math.max(1, rule.fromPort);
}

function lastPort(rule: GroupRule): number {
  return rule.protocol === 'all' ? 65_535 : rule.toPort;
}

function preference(door: ServiceDoor): number {
  if (door.port === SDK_PORT) return 0;
  return door.port === 443 ? 2 : 1;
}
