import type { FirewallFlow, FirewallRule } from '../../../lib/artifact/firewall-rule';
import { renderFirewall } from '../../../lib/prove/network/firewall';
import type { Seat } from '../../../lib/prove/network/seat';
import { dice, judgePackets } from './judged-packets';
import { report } from './report';
import { vpcOracle } from './vpc-firewall-oracle';

const PORTS = [100, 200, 300];
const TAGS = ['a', 'b', 'c'];
const ACCOUNTS = ['one@p.iam.gserviceaccount.com', 'two@p.iam.gserviceaccount.com'];
const NETWORK = ['projects/p/global/networks/net'];
const ROUNDS = 8;

function seatOf(name: string, index: number, overrides: Partial<Seat>): Seat {
  const outside = overrides.outside === true;
  return {
    name,
    link: `v-${name}`,
    addresses: [outside ? `198.51.100.${index}` : `10.77.0.${index}`],
    addresses6: [outside ? `2001:db8:ffff::${index}` : `fd77::${index}`],
    memberOf: [],
    outside,
    reachableFromOutside: outside,
    reachesOutside: true,
    ...overrides,
  };
}

const SEATS = [
  seatOf('one', 11, { inNetwork: NETWORK, identity: { tags: ['a'], account: [ACCOUNTS[0]!] } }),
  seatOf('two', 12, {
    inNetwork: NETWORK,
    identity: { tags: ['b', 'c'] },
    publicAddresses: ['10.77.0.12'],
    published: [
      { port: 100, containerPort: 100 },
      { port: 200, containerPort: 200 },
    ],
  }),
  seatOf('three', 13, {
    inNetwork: NETWORK,
    identity: { tags: [], account: [ACCOUNTS[1]!] },
    ipv4Only: true,
    reachesOutside: false,
  }),
  seatOf('tagged', 14, { identity: { tags: ['b'] } }),
  seatOf('stranger', 15, {}),
  seatOf('internet', 16, { outside: true }),
];

/** Most rules are for the network of the hosts, and a few for another one, or for an account that shows at deployment. */
function randomRules(roll: ReturnType<typeof dice>): readonly FirewallRule[] {
  const ranges = ['0.0.0.0/0', '::/0', '10.77.0.0/16', 'fd77::/64', '10.77.0.12/30', '198.51.100.0/24', 'fd77::12/128'];
  const some = <Side>(sides: readonly Side[], most: number): readonly Side[] =>
    Array.from({ length: roll([0, 1, most]) }, () => roll(sides));
  const flow = (): FirewallFlow => {
    const from = roll([50, 100, 150, 200]);
    const ports = roll([0, 1, 1, 2]);
    return {
      protocol: roll(['tcp', 'tcp', 'tcp', 'all', 'udp', 'icmp', 'other']),
      ports: [
        { from, to: from + roll([0, 50, 100]) },
        { from: 300, to: 300 },
      ].slice(0, ports),
    };
  };
  return Array.from({ length: roll([8, 12, 16]) }, (_, index): FirewallRule => {
    const direction = roll(['in', 'in', 'out'] as const);
    const targets = roll(['none', 'none', 'tags', 'accounts', 'reference']);
    return {
      id: `rule-${index}`,
      network: roll([NETWORK, NETWORK, NETWORK, NETWORK, NETWORK, ['other']]),
      direction,
      priority: roll([100, 200, 300, 400]),
      action: roll(['allow', 'allow', 'deny']),
      flows: [flow(), ...some([flow()], 1)],
      ranges: some(ranges, 2),
      sourceTags: direction === 'in' ? some(TAGS, 1) : [],
      sourceAccounts: direction === 'in' ? some(ACCOUNTS, 1).map((account) => [account]) : [],
      targetTags: targets === 'tags' ? [roll(TAGS)] : [],
      targetAccounts:
        targets === 'accounts'
          ? [[roll(ACCOUNTS)]]
          : targets === 'reference' && index % 5 === 0
            ? [[{ logicalId: 'google_service_account.x', attribute: 'email' }]]
            : [],
    };
  });
}

report(() =>
  judgePackets(
    SEATS,
    PORTS,
    Array.from({ length: ROUNDS }, (_, index) => {
      const firewall = randomRules(dice((index + 1) * 7919));
      const range = { cidr: '10.77.0.0/16', cidr6: 'fd77::/48' };
      return {
        firewall: renderFirewall(SEATS, { groups: [], unreadable: [], firewall }, range),
        oracle: (attempt) => vpcOracle(attempt, firewall),
      };
    }),
  ),
);
