import type { Artifact, Balancer, Container, Host } from '../../../../../lib/artifact/artifact';
import type { FirewallFlow, FirewallRule } from '../../../../../lib/artifact/firewall-rule';
import type { Text } from '../../../../../lib/artifact/text';
import type { Vpc } from '../../../../../lib/artifact/vpc';
import { randomNumbers } from '../../random-numbers';

/** A network of Google small enough to be tried packet by packet. */
export interface RandomNetwork {
  readonly artifact: Artifact & { readonly firewall: readonly FirewallRule[]; readonly vpc: Vpc };
  readonly host: Host & { readonly instance: NonNullable<Host['instance']> };
}

export const OWN: Text = [{ logicalId: 'google_compute_network.own', attribute: 'id' }];
const OTHER: Text = [{ logicalId: 'google_compute_network.other', attribute: 'id' }];
/** May be the own one. */
const UNSURE: Text = ['projects/somewhere/global/networks/own'];
export const SUBNET = '10.9.0.0/28';
const SUBNET6 = '2600:9::/124';
export const PROXIES = '10.9.1.0/28';
export const TAGS = ['a', 'b', 'c'];
export const ACCOUNTS: readonly Text[] = ['x', 'y'].map((id) => [
  { logicalId: `google_service_account.${id}`, attribute: 'email' },
]);
const UNSURE_ACCOUNT: Text = ['x@somewhere.iam.gserviceaccount.com'];
const RANGES = [
  '0.0.0.0/0',
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '10.0.0.0/8',
  SUBNET,
  '10.9.0.4/30',
  '10.9.0.5/32',
  PROXIES,
  '35.191.0.0/16',
  '35.191.128.0/17',
  '130.211.0.0/22',
  '35.235.240.0/20',
  '199.36.153.4/30',
  '203.0.113.0/24',
  '::/0',
  '2000::/3',
  SUBNET6,
];
const PORTS: readonly (readonly [number, number])[] = [
  [0, 65_535],
  [443, 443],
  [443, 9070],
  [9070, 9070],
  [22, 443],
  [1024, 65_535],
];
const SERVER: Container = {
  name: 'restate',
  image: { text: ['restatedev/restate:1.7'] },
  environment: {},
  secrets: {},
  readonlyRootFilesystem: true,
  privileged: false,
  capabilitiesDropped: [],
  capabilitiesAdded: [],
  noNewPrivileges: true,
  tmpfs: [],
  mounts: [],
  dependsOn: [],
  essential: true,
};

interface Random {
  readonly next: (below: number) => number;
  readonly pick: <T>(of: readonly T[]) => T;
  readonly some: <T>(of: readonly T[], outOf: number) => T[];
}

/** A firewall, a machine, and balancers before it, the same for the same seed. */
export function randomNetwork(seed: number): RandomNetwork {
  const next = randomNumbers(seed);
  const random: Random = {
    next,
    pick: <T>(of: readonly T[]): T => of[next(of.length)] as T,
    some: <T>(of: readonly T[], outOf: number): T[] => of.filter(() => next(outOf) === 0),
  };
  const host = randomHost(random);
  const rules = Array.from({ length: 1 + next(9) }, (_, index) => randomRule(index, random));
  return {
    host,
    artifact: {
      name: `network ${seed}`,
      file: 'none',
      hosts: [host],
      balancers: Array.from({ length: next(3) }, (_, index) => randomBalancer(index, random)),
      groups: [],
      unreadable: [],
      firewall: rules,
      vpc: {
        networks: [{ id: 'google_compute_network.own', dropsDefaultRoute: true }],
        subnets: [
          { id: 's', network: OWN, ranges: [SUBNET, SUBNET6], isOfProxies: false, reachesGoogle: true },
          ...(next(2) === 0
            ? [{ id: 'p', network: OWN, ranges: [PROXIES], isOfProxies: true, reachesGoogle: false } as const]
            : []),
        ],
        routes: [],
        nats: [],
        placements: [],
        repairs: [],
        serviceEgress: [],
      },
    },
  };
}

function randomHost({ next, pick, some }: Random): RandomNetwork['host'] {
  return {
    id: 'google_compute_instance.server',
    network: 'host',
    containers: [SERVER],
    volumes: [],
    groups: [],
    publicAddress: next(3) === 0,
    internetRoute: 'none',
    instance: {
      network: OWN,
      tags: some(TAGS, 3),
      ...(next(4) !== 0 && { account: pick(ACCOUNTS) }),
      ...(next(2) === 0 && { ipv6: true }),
      published: [],
      secretFiles: [],
      metadata: 'unknown',
    },
  };
}

function randomRule(index: number, { next, pick, some }: Random): FirewallRule {
  const direction = pick(['in', 'in', 'out'] as const);
  const isTargeted = next(2) === 0;
  const byAccount = next(2) === 0;
  const isNamed = direction === 'in' && next(3) === 0;
  const tags = isNamed && next(2) === 0 ? some(TAGS, 2) : [];
  const accounts = isNamed && tags.length === 0 ? [pick(ACCOUNTS)] : [];
  const ranges = isNamed && next(2) === 0 ? [] : some(RANGES, 7);
  return {
    id: `r${index}`,
    network: pick([OWN, OWN, OWN, OWN, OWN, OTHER, UNSURE]),
    direction,
    // In the file they stand in no order, and many are equal.
    priority: pick([0, 900, 900, 1000, 1000, 65_534]),
    action: pick(['allow', 'allow', 'deny']),
    flows: Array.from({ length: 1 + next(2) }, () => randomFlow({ next, pick, some })),
    ranges,
    sourceTags: tags,
    sourceAccounts: accounts,
    targetTags: isTargeted && !byAccount ? [pick(TAGS)] : [],
    targetAccounts: isTargeted && byAccount ? [pick([...ACCOUNTS, ...ACCOUNTS, UNSURE_ACCOUNT])] : [],
  };
}

function randomFlow({ pick, next }: Random): FirewallFlow {
  const protocol = pick(['tcp', 'tcp', 'tcp', 'all', 'udp', 'icmp', 'other'] as const);
  const hasPorts = (protocol === 'tcp' || protocol === 'udp') && next(4) !== 0;
  const ports = hasPorts ? Array.from({ length: 1 + next(2) }, () => pick(PORTS)) : [];
  return { protocol, ports: ports.map(([from, to]) => ({ from, to })) };
}

function randomBalancer(index: number, { pick }: Random): Balancer {
  const [id, type] = pick([
    [`google_compute_forwarding_rule.f${index}`, 'passthrough'],
    [`google_compute_forwarding_rule.f${index}`, 'application'],
    [`google_compute_global_forwarding_rule.f${index}`, 'application'],
  ] as const);
  return {
    id,
    type,
    scheme: pick(['internal', 'internet-facing']),
    listeners: [
      {
        id,
        port: 443,
        protocol: pick(['TCP', 'TCP', 'UDP']),
        targets: [
          {
            group: 'g',
            protocol: 'TCP',
            host: pick(['google_compute_instance.server', 'google_compute_instance.server', 'another']),
            port: pick([443, 9070]),
            healthCheck: { protocol: 'TCP', port: 22 },
          },
        ],
      },
    ],
  };
}
