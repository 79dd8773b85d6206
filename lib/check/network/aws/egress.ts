import type { GroupRule } from '../../../artifact/artifact';
import { bootstrapSource, parseBootstrap } from '../../../artifact/bootstrap';
import { jwtProvidersOf } from '../../../artifact/bootstrap-facts';
import { resolve } from '../../../artifact/text';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { NOT_PUBLIC } from '../breadth';
import { blockOf } from './admission';
import { type AwsServer, verdictOf } from './aws-server';
import { describeOut } from './describe-rule';
import { stationOf } from './station';
import { letInFrom } from './hop';

const HTTPS = 443;
/** A way out to one thing needs few ports. */
const FEW_PORTS = 4;
/** A block for one service is no wider than this. */
const NARROW = { 4: 24, 6: 64 } as const;

/** `egress-closed`: every rule for the way out of task and machine names a service, an endpoint, or the issuer's addresses. */
export function decideEgressClosed(server: AwsServer): readonly Finding[] {
  const { host, view } = server;
  const machine = host.machine?.groups.filter((id) => !host.groups.includes(id)) ?? [];
  const rules = (ids: readonly string[]): readonly GroupRule[] =>
    view.groupsOf(ids).flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
  const issuer = fetchesKeys(server);
  const ofTask = rules(host.groups).map((rule) => ({ rule, why: whyWide(server, rule, issuer) }));
  const ofMachine = rules(machine).map((rule) => ({ rule, why: whyWide(server, rule, false) }));
  const all = [...ofTask, ...ofMachine];
  const finding = verdictOf(
    { ...server, doubts: [] },
    {
      broken: [
        ...all.flatMap(({ why }) => (why?.broken === undefined ? [] : [why.broken])),
        ...openEndpoints(
          server,
          all.map(({ rule }) => rule),
        ),
      ],
      unproven: [
        ...all.flatMap(({ why }) => (why?.unproven === undefined ? [] : [why.unproven])),
        ...(host.machine?.groups.length === 0
          ? [`${host.machine.id} names no group, so that it gets its VPC's default one`]
          : []),
      ],
      holds:
        all.length === 0
          ? `no rule of ${[...host.groups, ...machine].join(', ')} lets anything out`
          : `the only ways out are ${all
              .map(({ rule }) => describeOut(rule))
              .slice(0, 8)
              .join('; ')}${all.length > 8 ? ` and ${all.length - 8} more to public addresses` : ''}`,
    },
  );
  return [
    {
      ...finding,
      restsOn: [...(finding.restsOn ?? []), ...machine, ...(host.machine === undefined ? [] : [host.machine.id])],
    },
  ];
}

/** Services whose endpoints take no policy. */
const WITHOUT_POLICIES = /\.(?:ecs-agent|ecs-telemetry)$/;

/** An endpoint without a policy brings data to any account of whoever has a credential for one. */
function openEndpoints({ view }: AwsServer, rules: readonly GroupRule[]): readonly string[] {
  const reached = new Set(rules.flatMap(({ peer }) => (peer.kind === 'group' ? [peer.id] : [])));
  return view.network.interfaces
    .filter(
      ({ kind, groups, hasPolicy }) =>
        kind === 'endpoint' && hasPolicy === false && groups.some((id) => reached.has(id)),
    )
    .filter(({ service = [] }) => !WITHOUT_POLICIES.test(resolve(service, () => '')))
    .map(({ id }) => `${id} is reached and has no policy, so that it answers for every account`);
}

interface Why {
  readonly broken?: string;
  readonly unproven?: string;
}

function whyWide({ view, host }: AwsServer, rule: GroupRule, mayFetchKeys: boolean): Why | undefined {
  const told = describeOut(rule);
  const ports = rule.toPort - rule.fromPort + 1;
  if (rule.protocol !== 'tcp') {
    return { broken: `${told}: nothing here needs ${rule.protocol === 'all' ? 'every protocol' : rule.protocol}` };
  }
  if (ports > FEW_PORTS) {
    return { broken: `${told}: ${ports} ports are more than a service or an endpoint has` };
  }
  const { peer } = rule;
  if (peer.kind === 'cidr') {
    const isHttps = rule.fromPort === HTTPS && rule.toPort === HTTPS;
    return whyWideBlock({ told, block: blockOf(rule), isHttps, mayFetchKeys });
  }
  if (peer.kind !== 'group') {
    return { unproven: `${told}: what that is the file does not show` };
  }
  const strange = view.wearers(peer.id).filter(({ kind }) => kind === 'balancer' || kind === 'machine');
  return host.groups.includes(peer.id) || strange.length === 0
    ? undefined
    : {
        broken: `${told}, which ${strange.map((each) => each.id).join(', ')} wears: neither a service nor an endpoint`,
      };
}

function whyWideBlock({
  told,
  block,
  isHttps,
  mayFetchKeys,
}: {
  readonly told: string;
  readonly block: AddressSet;
  readonly isHttps: boolean;
  readonly mayFetchKeys: boolean;
}): Why | undefined {
  if (block.isEmpty) {
    return { unproven: `${told}: what that is the file does not show` };
  }
  const inside = block.intersect(NOT_PUBLIC);
  if (inside.isEmpty && isHttps && mayFetchKeys) {
    return undefined;
  }
  const isNarrow = ([4, 6] as const).every((family) => (block.prefixes(family)[0] ?? 128) >= NARROW[family]);
  if (isNarrow) {
    return undefined;
  }
  return {
    broken: inside.isEmpty
      ? `${told}: no key of an issuer is fetched there, so it is needed by nothing`
      : `${told}: it reaches ${inside.describe(3)}, which is no service by itself`,
  };
}

/** `internal-endpoints-unreachable`: of the network's own addresses the task's way out reaches those of services alone. */
export function decideInternalEndpoints(server: AwsServer): readonly Finding[] {
  const { host, view } = server;
  const rules = view
    .groupsOf(host.groups)
    .flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
  const inside = rules.flatMap((rule) => {
    const within = blockOf(rule).intersect(view.local.union(NOT_PUBLIC));
    return within.isEmpty || within.size === 1n
      ? []
      : [`${describeOut(rule)} reaches ${within.describe(4)} of the network itself`];
  });
  const others = view.network.interfaces
    .filter(({ id, kind }) => id !== host.id && (kind === 'endpoint' || kind === 'balancer' || kind === 'machine'))
    .flatMap((each) => reachedBy(server, rules, each));
  const unknown = rules
    .filter(({ peer }) => peer.kind === 'unknown' || peer.kind === 'prefix-list')
    .map((rule) => `${describeOut(rule)}: what that is the file does not show`);
  return [
    verdictOf(
      { ...server, doubts: [] },
      {
        broken: [...inside, ...others],
        unproven: unknown,
        holds: `the rules of ${host.groups.join(', ')} let out to ${rules.flatMap(({ peer }) => (peer.kind === 'group' ? [`members of ${peer.id}`] : [])).join(', ') || 'nobody'} alone of what stands in the network`,
      },
    ),
  ];
}

function reachedBy(
  { view, host }: AwsServer,
  rules: readonly GroupRule[],
  to: { readonly id: string; readonly groups: readonly string[] },
): readonly string[] {
  const station = stationOf(view, to);
  return rules
    .filter(
      ({ peer, protocol }) =>
        peer.kind === 'group' && to.groups.includes(peer.id) && (protocol === 'tcp' || protocol === 'all'),
    )
    .filter((rule) => {
      const port = [rule.fromPort, HTTPS].find((each) => rule.fromPort <= each && each <= rule.toPort) ?? rule.fromPort;
      const isLetIn = !letInFrom({ wears: host.groups }, station, port).isEmpty;
      return isLetIn || view.groupsOf(to.groups).length === 0;
    })
    .map((rule) => `${describeOut(rule)} reaches ${to.id}, which lets it in`);
}

/** Whether the proxy fetches its issuers' keys from the internet. */
function fetchesKeys({ deployment: { envoy } }: AwsServer): boolean {
  const source = envoy === undefined ? undefined : bootstrapSource(envoy);
  const bootstrap = source?.kind === 'argument' ? parseBootstrap(resolve(source.text, () => 'unknown')) : undefined;
  return (
    bootstrap !== undefined &&
    jwtProvidersOf(bootstrap).some(({ keys }) => keys.kind === 'remote' && keys.uri.startsWith('https://'))
  );
}
