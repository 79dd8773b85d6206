import type { FirewallRule } from '../../../artifact/firewall-rule';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { isEverybody, PUBLIC, whyWide } from '../breadth';
import { PortSet } from '../port-set';
import { namesOf } from './admitted';
import { FRONT_ENDS, PROBERS, TUNNELS } from './google-ranges';
import { type GoogleServer, machinePortsOf } from './google-server';
import { type JudgedRule, type Mode, rangesOf } from './rule-order';
import { reachOf } from './reach';
import { wideTunnels } from './tunnellers';
import { whyMoreThanNeeded } from './egress';
import { verdictOf } from './verdict';

/** What a port of the machine is for. */
interface Need {
  readonly port: number;
  readonly kind: 'callers' | 'operators' | 'health' | 'other';
  /** Whether probes of health ask there. */
  readonly probed: boolean;
  /** Whether a balancer before it ends connections, so that nobody else has to come. */
  readonly fronted: boolean;
  /** Whether a balancer hands on what comes from the internet. */
  readonly facing: boolean;
}

/** `rules-exact`: each rule about the machine against what listens behind it and who has to come, and each balancer against the same. */
export function decideRulesExact(server: GoogleServer): readonly Finding[] {
  const needs = needsOf(server);
  const needed = PortSet.of(...needs.map(({ port }) => port));
  const denied = deniedBefore(server);
  const rules = server.in
    .filter(({ rule }) => rule.action === 'allow')
    .map((judged): Finding => {
      const { rule, certain } = judged;
      const isShadowed = denied(judged);
      const whys = isShadowed ? [] : whyInexact(server, rule, needs, needed);
      return verdictOf(server, {
        subject: rule.id,
        wrong: (mode: Mode) => (certain || mode === 'possible' ? whys : []),
        doubts: whys.length > 0 ? [] : server.doubts,
        holds: whys.length > 0 ? '' : whatHolds(rule, isShadowed),
      });
    });
  const found = [...rules, ...outward(server), ...balancers(server, needs), ...tunnels(server, needs)];
  return found.length > 0
    ? found
    : [verdictOf(server, { wrong: () => [], doubts: server.doubts, holds: 'no rule lets anything in' })];
}

function whatHolds(rule: FirewallRule, isShadowed: boolean): string {
  return isShadowed
    ? 'a rule that is asked before it denies all that it would let in'
    : `${sourcesOf(rule)} come to ${portsOf(rule).describe()} of tcp, where something listens for them`;
}

function needsOf(server: GoogleServer): readonly Need[] {
  const { listening, health, artifact, host, vpc } = server;
  const targets = artifact.balancers.flatMap((balancer) =>
    balancer.listeners.flatMap((listener) =>
      listener.targets.filter((target) => target.host === host.id).map((target) => ({ balancer, target })),
    ),
  );
  const probed = new Set<number | string>([
    ...targets.map(({ target }) => target.healthCheck.port),
    ...vpc.repairs.filter(({ hosts }) => hosts.includes(host.id)).map(({ port }) => port),
  ]);
  return listening.ports
    .filter(({ exposed }) => exposed)
    .flatMap((each) =>
      machinePortsOf(server, each).map((port): Need => {
        const before = targets.filter(({ target }) => target.port === port).map(({ balancer }) => balancer);
        return {
          port,
          kind: health.has(each.port)
            ? 'health'
            : each.worth.includes('admin')
              ? 'operators'
              : each.worth.includes('ingress')
                ? 'callers'
                : 'other',
          probed: probed.has(port) || probed.has('unknown'),
          fronted: before.some(({ type }) => type !== 'passthrough'),
          facing: host.publicAddress || before.some(({ scheme }) => scheme === 'internet-facing'),
        };
      }),
    );
}

function whyInexact(
  server: GoogleServer,
  rule: FirewallRule,
  needs: readonly Need[],
  needed: PortSet,
): readonly string[] {
  const others = rule.flows.filter(({ protocol }) => protocol !== 'tcp').map(({ protocol }) => protocol);
  const ports = portsOf(rule);
  const beyond = ports.subtract(needed);
  return [
    ...whyUntargeted(rule),
    ...others.map(
      (each) =>
        `it admits ${each === 'all' ? 'every protocol' : each === 'other' ? 'other protocols' : each}, and nothing listens but on tcp`,
    ),
    ...(beyond.isEmpty || others.includes('all')
      ? []
      : [
          `it admits ${sourcesOf(rule)} to tcp ${beyond.describe()}, behind which nothing listens that has to be reached`,
        ]),
    ...whyBoth(ports, needs),
    ...needs
      .filter(({ port }) => ports.has(port))
      .flatMap((need) => whyNot(server, rule, need).map((why) => `it admits ${why} to tcp ${need.port}`)),
  ];
}

/** What listens is on one machine, which a rule can name by its account or a tag. */
function whyUntargeted({ targetTags, targetAccounts, network }: FirewallRule): readonly string[] {
  return targetTags.length + targetAccounts.length > 0 || network.length === 0
    ? []
    : ['it is about every machine of the network, and names none (target_service_accounts, target_tags)'];
}

/** Callers are no operators. */
function whyBoth(ports: PortSet, needs: readonly Need[]): readonly string[] {
  const [callers, operators] = (['callers', 'operators'] as const).map((kind) =>
    needs.filter((need) => need.kind === kind && ports.has(need.port)).map(({ port }) => port),
  );
  return callers?.[0] === undefined || operators?.[0] === undefined
    ? []
    : [`it admits the same to tcp ${callers.join(', ')} of callers and to tcp ${operators.join(', ')} of operators`];
}

/** Why sources of a rule do not have to come to a port. */
function whyNot(
  server: GoogleServer,
  rule: FirewallRule,
  { kind, probed, fronted, facing, port }: Need,
): readonly string[] {
  // those of a family that the machine does not speak as well: whoever gives it an address of that family opens them
  const addresses = rangesOf(rule);
  const cloud = (probed ? PROBERS : AddressSet.NONE).union(fronted ? frontsOf(server, port) : AddressSet.NONE);
  const rest = addresses.subtract(cloud);
  const strangers =
    rest.intersect(PROBERS).isEmpty || !PROBERS.covers(rest)
      ? []
      : [`${rest.describe()}, Google's front ends, of which none has to come,`];
  if (strangers.length > 0) return strangers;
  if (kind === 'health') {
    return [
      ...(namesOf(rule).length > 0 ? ["machines by their names, where Google's probes alone have to come,"] : []),
      ...(rest.isEmpty ? [] : [`${rest.describe()}, where Google's probes alone have to come,`]),
      ...(probed || addresses.isEmpty ? [] : ["Google's probes, which do not ask there,"]),
    ];
  }
  if (fronted) {
    const names = namesOf(rule).length > 0 ? ['machines by their names'] : [];
    return [...(rest.isEmpty ? [] : [rest.describe()]), ...names].map((who) => `${who}, past the balancer before it,`);
  }
  if (kind === 'operators') {
    const wide = whyWide(rest.subtract(TUNNELS), server.local);
    return wide === undefined ? [] : [`operators from a range (${wide})`];
  }
  const callers = rest;
  if (facing)
    return isEverybody(callers) && !callers.overlaps(PUBLIC) ? [`${callers.describe()}, a whole private range,`] : [];
  const tunnel =
    callers.overlaps(TUNNELS) && !isEverybody(callers)
      ? ['tunnels of Identity-Aware Proxy, which are for operators,']
      : [];
  return isEverybody(callers)
    ? [`${callers.describe()}, which is everybody, though no balancer faces the internet,`]
    : tunnel;
}

/** Where the balancers before a port speak from, as far as they are let in. */
function frontsOf(server: GoogleServer, port: number): AddressSet {
  const { ending } = reachOf(server, port, 'possible');
  const isGlobal = ending.some(({ balancer }) => /(?:^|\.)google_compute_global_forwarding_rule\./.test(balancer.id));
  const proxies = server.vpc.subnets
    .filter(({ isOfProxies }) => isOfProxies === true)
    .flatMap(({ ranges }) => ranges.flatMap((range) => AddressSet.parse(range) ?? []));
  return AddressSet.unionOf([...(isGlobal ? [FRONT_ENDS] : []), ...(ending.length > 0 ? proxies : [])]);
}

/** Rules about what the machine sends, each by itself. */
function outward(server: GoogleServer): readonly Finding[] {
  return server.out
    .filter(({ rule }) => rule.action === 'allow')
    .map(({ rule, certain }) => {
      const whys = [...whyUntargeted(rule), ...whyMoreThanNeeded(server, rule)];
      return verdictOf(server, {
        subject: rule.id,
        wrong: (mode) => (certain || mode === 'possible' ? whys : []),
        holds: `it lets out to ${rangesOf(rule).describe(3)} what the machine needs there`,
      });
    });
}

/** Who may open tunnels to the machine may open them to the ports of operators alone. */
function tunnels(server: GoogleServer, needs: readonly Need[]): readonly Finding[] {
  const ports = needs.filter(({ kind }) => kind === 'operators').map(({ port }) => port);
  return wideTunnels(server, ports).map(({ grant, why }) =>
    verdictOf(server, {
      subject: grant.id,
      wrong: () => [why],
      holds: '',
    }),
  );
}

/** A balancer that forwards to a port where nothing listens. */
function balancers({ artifact, host, restsOn, ...server }: GoogleServer, needs: readonly Need[]): readonly Finding[] {
  const known = new Set(needs.map(({ port }) => port));
  return artifact.balancers.flatMap(({ id, listeners }): readonly Finding[] => {
    const ports = listeners.flatMap(({ targets }) =>
      targets.filter((target) => target.host === host.id && !known.has(target.port)).map(({ port }) => port),
    );
    return ports.length === 0
      ? []
      : [
          verdictOf(
            { host, restsOn },
            {
              subject: id,
              wrong: () => [
                `it forwards tcp ${ports.join(', ')} to ${host.id}, where nothing listens that has to be reached`,
              ],
              doubts: server.doubts,
              holds: '',
            },
          ),
        ];
  });
}

/** Whether rules that are asked before one deny all of what it would let in. */
function deniedBefore({ in: order, speaks }: GoogleServer): (judged: JudgedRule) => boolean {
  let denied = AddressSet.NONE;
  const shadowed = new Set<JudgedRule>();
  for (const judged of order) {
    const { rule, certain } = judged;
    const isWhole = rule.flows.some(({ protocol }) => protocol === 'all');
    if (rule.action === 'deny' && certain && isWhole) denied = denied.union(rangesOf(rule));
    const asked = namesOf(rule).length > 0 ? speaks : rangesOf(rule).intersect(speaks);
    if (!asked.isEmpty && denied.covers(asked)) shadowed.add(judged);
  }
  return (judged) => shadowed.has(judged);
}

function portsOf({ flows }: FirewallRule): PortSet {
  return PortSet.unionOf(
    flows
      .filter(({ protocol }) => protocol === 'tcp' || protocol === 'all')
      .map(({ ports }) =>
        ports.length === 0 ? PortSet.ALL : PortSet.unionOf(ports.map(({ from, to }) => PortSet.range(from, to))),
      ),
  );
}

function sourcesOf(rule: FirewallRule): string {
  const names = namesOf(rule).length;
  const ranges = rangesOf(rule);
  return [...(ranges.isEmpty ? [] : [ranges.describe(3)]), ...(names > 0 ? ['machines by their names'] : [])].join(
    ', ',
  );
}
