import type { GroupRule, SecurityGroup } from '../../../artifact/artifact';
import type { Finding } from '../../finding';
import { isEverybody, PUBLIC, whyWide } from '../breadth';
import { PortSet } from '../port-set';
import { blockOf, nameOf } from './admission';
import { type AwsServer, verdictOf } from './aws-server';
import { describePeer } from './describe-rule';

const HTTPS = PortSet.of(443);

/** What a group is for: which ports of its wearers are to be reached, by whom, and what they have to reach themselves. */
interface Need {
  /** Ports behind which something listens. */
  readonly ports: PortSet;
  /** Why a source may not stand in a rule; absent: it may. */
  readonly whyNot: (rule: GroupRule) => string | undefined;
  /** What its wearers may reach; absent: told by another claim. */
  readonly out?: (rule: GroupRule) => string | undefined;
}

/** `rules-exact`: each rule of each group of the deployment against what listens behind it and who has to come. */
export function decideRulesExact(server: AwsServer): readonly Finding[] {
  const { view } = server;
  return [...needsOf(server)].flatMap(([id, needs]): readonly Finding[] => {
    const group = view.group(id);
    if (group === undefined) {
      return [{ verdict: 'unproven', subject: id, evidence: 'its rules are not in the file' }];
    }
    const broken = group.rules.flatMap((rule) => whyInexact(rule, needs) ?? []);
    const doubts = server.doubts;
    return [
      {
        ...verdictOf({ ...server, doubts: broken.length > 0 ? [] : doubts }, { broken, holds: describe(group, needs) }),
        subject: id,
        restsOn: [...server.restsOn, server.host.id],
      },
    ];
  });
}

/** A rule fits a group when it fits one thing that wears it. */
function whyInexact(rule: GroupRule, needs: readonly Need[]): string | undefined {
  const whys = needs.map((need) => (rule.direction === 'in' ? whyNotIn(rule, need) : need.out?.(rule)));
  return whys.includes(undefined) ? undefined : [...new Set(whys)].join(', or ');
}

function whyNotIn(rule: GroupRule, { ports, whyNot }: Need): string | undefined {
  if (rule.protocol !== 'tcp') {
    return `${nameOf(rule)} admits ${rule.protocol === 'all' ? 'every protocol' : rule.protocol}, and nothing listens but on tcp`;
  }
  const beyond = PortSet.range(rule.fromPort, rule.toPort).subtract(ports);
  if (!beyond.isEmpty) {
    return `${nameOf(rule)} admits tcp ${beyond.describe()}, behind which nothing listens that has to be reached`;
  }
  const why = whyNot(rule);
  return why === undefined ? undefined : `${nameOf(rule)} admits ${why}`;
}

function describe({ rules }: SecurityGroup, needs: readonly Need[]): string {
  const ports = PortSet.unionOf(needs.map((need) => need.ports));
  return `its ${rules.length} rules admit to ${ports.describe()} alone and let out what is needed`;
}

function needsOf(server: AwsServer): ReadonlyMap<string, readonly Need[]> {
  const { host, view } = server;
  const needs = new Map<string, Need[]>();
  const add = (ids: readonly string[], need: Need): void => {
    for (const id of ids) needs.set(id, [...(needs.get(id) ?? []), need]);
  };
  add(host.groups, ofTask(server));
  const machine = (host.machine?.groups ?? []).filter((id) => !host.groups.includes(id));
  add(machine, { ports: PortSet.NONE, whyNot: () => undefined, out: (rule) => whyNotTaken(server, machine, rule) });
  const endpoints = view.network.interfaces.filter(({ kind }) => kind === 'endpoint').flatMap(({ groups }) => groups);
  const callers = new Set([...host.groups, ...machine]);
  add([...new Set(endpoints)], ofEndpoints(callers));
  for (const balancer of view.balancers) {
    const leading = balancer.listeners.filter(({ targets }) => targets.some((target) => target.host === host.id));
    if (leading.length > 0) add(balancer.groups ?? [], ofBalancer(server, balancer));
  }
  for (const { rules } of view.groupsOf(host.groups)) {
    for (const { direction, peer, fromPort, toPort } of rules) {
      const isService =
        direction === 'out' && peer.kind === 'group' && !needs.has(peer.id) && view.group(peer.id) !== undefined;
      if (isService) add([peer.id], ofServices(host.groups, PortSet.range(fromPort, toPort)));
    }
  }
  return needs;
}

/** Balancers in front come to the ports to which they forward or whose health they ask; without any, callers come themselves. */
function ofTask(server: AwsServer): Need {
  const { host, view, listening } = server;
  const exposed = portsOf(listening.ports.filter((each) => each.exposed));
  const fabric = portsOf(listening.ports.filter(({ worth }) => worth.includes('fabric')));
  const fronts = new Map<string, PortSet>();
  for (const { groups = [], listeners } of view.balancers) {
    const targets = listeners.flatMap((listener) => listener.targets.filter((target) => target.host === host.id));
    const ports = PortSet.of(...targets.flatMap(({ port, healthCheck }) => [port, healthCheck.port]));
    for (const group of groups) fronts.set(group, ports.union(fronts.get(group) ?? PortSet.NONE));
  }
  return {
    ports: exposed,
    out: (rule) => whyNotTaken(server, host.groups, rule),
    whyNot: (rule) => {
      const { peer } = rule;
      if (fronts.size === 0)
        return whyNotCaller(server, rule, { isFacing: false, isOperators: opensAdmin(server, rule) });
      const front = peer.kind === 'group' ? fronts.get(peer.id) : undefined;
      if (front === undefined) {
        return peer.kind === 'group' &&
          host.groups.includes(peer.id) &&
          fabric.covers(PortSet.range(rule.fromPort, rule.toPort))
          ? undefined
          : `${describePeer(rule)}, which is none of the balancers in front (${[...fronts.keys()].join(', ')})`;
      }
      const beyond = PortSet.range(rule.fromPort, rule.toPort).subtract(front);
      return beyond.isEmpty
        ? undefined
        : `${describePeer(rule)} to tcp ${beyond.describe()}, to which that balancer does not forward`;
    },
  };
}

function portsOf(ports: readonly { readonly port: number }[]): PortSet {
  return PortSet.of(...ports.map(({ port }) => port));
}

/** A way out to a group of the file is needed where that group lets it in. */
function whyNotTaken({ view }: AwsServer, from: readonly string[], rule: GroupRule): string | undefined {
  const { peer } = rule;
  const to = peer.kind === 'group' ? view.group(peer.id) : undefined;
  if (to === undefined) {
    return undefined;
  }
  const taken = to.rules
    .filter(({ direction, protocol }) => direction === 'in' && (protocol === 'tcp' || protocol === 'all'))
    .filter((other) => other.peer.kind !== 'group' || from.includes(other.peer.id))
    .map((other) => PortSet.range(other.fromPort, other.toPort));
  const beyond = PortSet.range(rule.fromPort, rule.toPort).subtract(PortSet.unionOf(taken));
  return beyond.isEmpty
    ? undefined
    : `${nameOf(rule)} lets tcp ${beyond.describe()} out to ${describePeer(rule)}, who let none of it in`;
}

function ofBalancer(server: AwsServer, balancer: AwsServer['view']['balancers'][number]): Need {
  const { host } = server;
  const targets = balancer.listeners.flatMap((listener) =>
    listener.targets.filter((target) => target.host === host.id),
  );
  const behind = PortSet.of(...targets.flatMap(({ port, healthCheck }) => [port, healthCheck.port]));
  const admin = server.listening.ports.filter(({ worth }) => worth.includes('admin')).map(({ port }) => port);
  return {
    ports: PortSet.of(...balancer.listeners.map(({ port }) => port)),
    whyNot: (rule) =>
      whyNotCaller(server, rule, {
        isFacing: balancer.scheme === 'internet-facing',
        isOperators: balancer.listeners.some(
          ({ port, targets: leading }) =>
            rule.fromPort <= port && port <= rule.toPort && leading.some((target) => admin.includes(target.port)),
        ),
      }),
    out: (rule) => {
      const beyond = rule.protocol === 'tcp' ? PortSet.range(rule.fromPort, rule.toPort).subtract(behind) : PortSet.ALL;
      if (!beyond.isEmpty) {
        return `${nameOf(rule)} lets ${rule.protocol === 'tcp' ? `tcp ${beyond.describe()}` : 'every port'} out, to which the balancer does not forward`;
      }
      const isHost =
        rule.peer.kind === 'group'
          ? host.groups.includes(rule.peer.id)
          : whyWide(blockOf(rule), server.view.local) === undefined;
      return isHost
        ? undefined
        : `${nameOf(rule)} lets out to ${describePeer(rule)}, which is not what stands behind the balancer`;
    },
  };
}

function opensAdmin({ listening }: AwsServer, rule: GroupRule): boolean {
  return listening.ports.some(
    ({ port, worth, exposed }) => exposed && worth.includes('admin') && rule.fromPort <= port && port <= rule.toPort,
  );
}

function whyNotCaller(
  { view }: AwsServer,
  rule: GroupRule,
  { isFacing, isOperators }: { readonly isFacing: boolean; readonly isOperators: boolean },
): string | undefined {
  if (rule.peer.kind !== 'cidr') {
    return undefined;
  }
  const block = blockOf(rule);
  if (isOperators) {
    const wide = whyWide(block, view.local);
    return wide === undefined ? undefined : `operators from ${wide}`;
  }
  if (isFacing) {
    return isEverybody(block) && !block.overlaps(PUBLIC) ? `${describePeer(rule)}, a whole private range` : undefined;
  }
  return isEverybody(block) ? `${describePeer(rule)}, which is everybody, to what is not for the internet` : undefined;
}

/** What answers for AWS is asked by the machine and the task, and asks nobody. */
function ofEndpoints(callers: ReadonlySet<string>): Need {
  return {
    ports: HTTPS,
    whyNot: (rule) =>
      rule.peer.kind === 'group' && callers.has(rule.peer.id)
        ? undefined
        : `${describePeer(rule)}, which is neither machine nor task`,
    out: (rule) => `${nameOf(rule)} lets something out, though endpoints ask nobody`,
  };
}

function ofServices(callers: readonly string[], ports: PortSet): Need {
  return {
    ports,
    whyNot: (rule) =>
      rule.peer.kind === 'group' && callers.includes(rule.peer.id)
        ? undefined
        : `${describePeer(rule)}, though services are called by the server alone`,
  };
}
