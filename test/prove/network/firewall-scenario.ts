import type { GroupRule, SecurityGroup } from '../../../lib/artifact/artifact';
import { renderFirewall } from '../../../lib/prove/network/firewall';
import type { Seat } from '../../../lib/prove/network/seat';
import { oracle } from './firewall-oracle';
import { dice, judgePackets } from './judged-packets';
import { report } from './report';

const PORTS = [100, 200, 300];
const GROUPS = ['A', 'B', 'C', 'D'];
const ROUNDS = 6;

function seatOf(name: string, index: number, groups: readonly string[] | undefined, outside = false): Seat {
  return {
    name,
    link: `v-${name}`,
    addresses: [outside ? `198.51.100.${index}` : `10.77.0.${index}`],
    addresses6: [outside ? `2001:db8:ffff::${index}` : `fd77::${index}`],
    memberOf: groups ?? [],
    ...(groups && { filteredBy: groups }),
    outside,
    reachableFromOutside: outside || name === 'two',
    reachesOutside: outside || name !== 'three',
  };
}

const SEATS = [
  seatOf('one', 11, ['A']),
  seatOf('two', 12, ['B', 'C']),
  seatOf('three', 13, ['C']),
  seatOf('four', 14, ['D']),
  seatOf('stranger', 15, undefined),
  seatOf('internet', 16, undefined, true),
];

function randomGroups(roll: ReturnType<typeof dice>): readonly SecurityGroup[] {
  const ranges = [
    '0.0.0.0/0',
    '::/0',
    '10.77.0.0/16',
    'fd77::/64',
    '10.77.0.15/32',
    'fd77::12/128',
    '10.77.0.12/30',
    '198.51.100.0/24',
  ];
  const peer = (): GroupRule['peer'] =>
    roll<() => GroupRule['peer']>([
      () => ({ kind: 'cidr', cidr: roll(ranges) }),
      () => ({ kind: 'cidr', cidr: roll(ranges) }),
      () => ({ kind: 'group', id: roll(GROUPS) }),
      () => ({ kind: 'group', id: roll(GROUPS) }),
      () => ({ kind: 'prefix-list', id: 'pl-1' }),
    ])();
  const rule = (direction: 'in' | 'out'): GroupRule => {
    const fromPort = roll([50, 100, 150, 200]);
    return {
      direction,
      protocol: roll(['tcp', 'tcp', 'tcp', 'tcp', 'all', 'all', 'udp', 'icmp']),
      fromPort,
      toPort: fromPort + roll([0, 50, 100]),
      peer: peer(),
    };
  };
  return GROUPS.map((id) => ({
    id,
    rules: [
      ...Array.from({ length: roll([2, 4, 6]) }, () => rule('in')),
      ...Array.from({ length: roll([0, 4, 8]) }, () => rule('out')),
    ],
  }));
}

report(() =>
  judgePackets(
    SEATS,
    PORTS,
    Array.from({ length: ROUNDS }, (_, index) => {
      const groups = randomGroups(dice((index + 1) * 7919));
      const range = { cidr: '10.77.0.0/16', cidr6: 'fd77::/48' };
      return {
        firewall: renderFirewall(SEATS, { groups, unreadable: [] }, range),
        oracle: (attempt) => oracle(attempt, groups, SEATS),
      };
    }),
  ),
);
