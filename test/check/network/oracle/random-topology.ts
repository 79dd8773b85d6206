import type { Artifact, Balancer, GroupRule, Host, SecurityGroup } from '../../../../lib/artifact/artifact';
import type { AclEntry, CloudNetwork, NetworkInterface, RouteTable, Subnet } from '../../../../lib/artifact/network';
import { randomNumbers } from '../random-numbers';

/** A network small enough to be tried packet by packet. */
export interface Topology {
  readonly artifact: Artifact & { readonly network: CloudNetwork };
  readonly host: Host;
}

const VPC = '10.9.0.0/28';
const SUBNETS = ['10.9.0.0/31', '10.9.0.2/31', '10.9.0.4/30'];
const SIXES = ['2600:9::/127', '2600:9::2/127', '2600:9::4/127'];
const BLOCKS = [
  '0.0.0.0/0',
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '10.0.0.0/8',
  VPC,
  '10.9.0.1/32',
  '10.9.0.2/30',
  '203.0.113.0/24',
  '198.51.100.7/32',
  '::/0',
  '::/0',
  '2000::/3',
  '2600:9::/64',
  ...SUBNETS,
  ...SIXES,
];
const RANGES: readonly (readonly [number, number])[] = [
  [0, 65_535],
  [443, 9070],
  [8443, 8443],
  [9070, 9070],
  [443, 443],
  [22, 8443],
  [1024, 65_535],
  [22, 22],
];
const GROUPS = ['a', 'b', 'c', 'd'];

type Next = (below: number) => number;

/** A network of some groups, lists, routes, balancers and what stands in it, the same for the same seed. */
export function randomTopology(seed: number): Topology {
  const next = randomNumbers(seed);
  const pick = <T>(of: readonly T[]): T => of[next(of.length)] as T;
  const some = <T>(of: readonly T[], most: number): T[] => of.filter(() => next(of.length) < most);
  const range = (): readonly [number, number] => pick(RANGES);

  const count = 1 + next(3);
  const subnets = SUBNETS.slice(0, count).map((cidr, index): Subnet => ({
    id: `s${index}`,
    vpc: 'v',
    cidrs: next(3) === 0 ? [cidr, SIXES[index] as string] : [cidr],
    mapsPublicAddresses: false,
    assignsIpv6: false,
    routeTable: pick(['t0', 't1', 'unknown']),
    acl: pick(['default', 'l0', 'l1']),
  }));
  const ids = subnets.map(({ id }) => id);
  const placed = (): string[] => (next(3) === 0 ? some(ids, 2) : [pick(ids)]);
  const standing = (): string[] => {
    const found = placed();
    return found.length === 0 ? [ids[0] as string] : found;
  };

  const host: Host = {
    id: 'host',
    network: 'awsvpc',
    containers: [],
    volumes: [],
    groups: [pick(GROUPS), ...(next(3) === 0 ? [pick(GROUPS)] : [])],
    publicAddress: next(3) === 0,
    internetRoute: 'unknown',
  };
  const balancers = Array.from({ length: next(3) }, (_, index) => randomBalancer(index, { next, pick, some }));
  const interfaces: NetworkInterface[] = [
    { id: 'host', kind: 'task', type: 'task', groups: host.groups, subnets: standing() },
    ...Array.from({ length: 1 + next(2) }, (_, index): NetworkInterface => ({
      id: `i${index}`,
      kind: 'other',
      type: 'other',
      groups: [pick(GROUPS)],
      subnets: standing(),
    })),
    ...balancers.map(({ id, groups = [] }): NetworkInterface => ({
      id,
      kind: 'balancer',
      type: 'balancer',
      groups,
      subnets: standing(),
    })),
  ];
  return {
    host,
    artifact: {
      name: `topology ${seed}`,
      file: 'none',
      hosts: [host],
      balancers,
      groups: GROUPS.map((id) => randomGroup(id, { next, pick, range })),
      unreadable: [],
      networkCidrs: [VPC, '2600:9::/64'],
      network: {
        subnets,
        routeTables: ['t0', 't1'].map((id) => randomTable(id, { next, pick })),
        acls: ['l0', 'l1'].map((id) => ({ id, entries: randomEntries(id, { next, pick, range }) })),
        interfaces,
        targetGroups: ['g0', 'g1'].map((id) => ({ id, targetType: 'ip', preservesClientAddress: next(2) === 0 })),
        publicAddresses: [],
      },
    },
  };
}

interface Random {
  readonly next: Next;
  readonly pick: <T>(of: readonly T[]) => T;
  readonly some: <T>(of: readonly T[], most: number) => T[];
  readonly range: () => readonly [number, number];
}

function randomBalancer(index: number, { next, pick, some }: Pick<Random, 'next' | 'pick' | 'some'>): Balancer {
  const groups = some(GROUPS, 2);
  return {
    id: `lb${index}`,
    type: pick(['network', 'network', 'application']),
    scheme: pick(['internal', 'internet-facing']),
    ...((groups.length > 0 || next(2) === 0) && { groups }),
    listeners: Array.from({ length: 1 + next(2) }, (_, at) => ({
      id: `lb${index}/${at}`,
      port: pick([443, 8443]),
      protocol: pick(['TCP', 'TLS', 'TCP', 'TLS', 'UDP']),
      targets: [
        {
          group: pick(['g0', 'g1']),
          protocol: 'TCP',
          host: pick(['host', 'host', 'host', 'another']),
          port: pick([8443, 9070]),
          healthCheck: { protocol: 'TCP', port: 22 },
        },
      ],
    })),
  };
}

function randomGroup(id: string, { next, pick, range }: Omit<Random, 'some'>): SecurityGroup {
  const rules = Array.from({ length: 1 + next(7) }, (_, index): GroupRule => {
    const [fromPort, toPort] = range();
    const protocol = pick(['tcp', 'tcp', 'tcp', 'tcp', 'udp', 'icmp', 'all'] as const);
    return {
      id: `${id}${index}`,
      direction: pick(['in', 'in', 'out']),
      protocol,
      ...(protocol === 'all' ? { fromPort: 0, toPort: 65_535 } : { fromPort, toPort }),
      peer: next(3) === 0 ? { kind: 'group', id: pick(GROUPS) } : { kind: 'cidr', cidr: pick(BLOCKS) },
    };
  });
  return { id, rules };
}

function randomTable(id: string, { next, pick }: Pick<Random, 'next' | 'pick'>): RouteTable {
  return {
    id,
    routes: Array.from({ length: next(4) }, (_, index) => ({
      id: `${id}${index}`,
      destination: pick(['0.0.0.0/0', '0.0.0.0/0', '::/0', '203.0.113.0/24', '192.0.0.0/2', '2000::/3']),
      target: pick(['internet', 'internet', 'out', 'network'] as const),
      // Two routes of one table have two destinations.
    })).filter(({ destination }, index, all) => all.findIndex((other) => other.destination === destination) === index),
  };
}

function randomEntries(id: string, { next, pick, range }: Omit<Random, 'some'>): AclEntry[] {
  const entries = Array.from({ length: next(7) }, (_, index): AclEntry => {
    const [fromPort, toPort] = range();
    const protocol = pick(['tcp', 'tcp', 'all', 'udp'] as const);
    return {
      id: `${id}${index}`,
      direction: pick(['in', 'out']),
      // In the file they stand in no order.
      number: ((index * 37) % 11) * 10 + 1,
      action: pick(['allow', 'deny']),
      protocol,
      ...(protocol === 'all' ? { fromPort: 0, toPort: 65_535 } : { fromPort, toPort }),
      cidr: pick(BLOCKS),
    };
  });
  const last = (['in', 'out'] as const).flatMap((direction) =>
    ['0.0.0.0/0', '::/0'].map((cidr, index): AclEntry => ({
      id: `${id}${direction}${cidr}`,
      direction,
      number: 200 + index,
      action: 'allow',
      protocol: 'all',
      fromPort: 0,
      toPort: 65_535,
      cidr,
    })),
  );
  return next(4) === 0 ? entries : [...last, ...entries];
}
