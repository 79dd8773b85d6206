import { decideByFirewall, type FirewallPacket, rulesFor } from '../../lib/artifact/firewall-decision';
import type { FirewallRule } from '../../lib/artifact/firewall-rule';
import type { Text } from '../../lib/artifact/text';

const NETWORK: Text = [{ logicalId: 'google_compute_network.n', attribute: 'id' }];
const ENGINE: Text = [{ logicalId: 'google_service_account.engine', attribute: 'email' }];
const OPERATOR: Text = ['operator@p.iam.gserviceaccount.com'];
const HOST = { network: NETWORK, tags: ['engine'], account: ENGINE };

const RULE: FirewallRule = {
  id: 'r',
  network: NETWORK,
  direction: 'in',
  priority: 1000,
  action: 'allow',
  flows: [{ protocol: 'tcp', ports: [{ from: 443, to: 443 }] }],
  ranges: ['10.0.0.0/8'],
  sourceTags: [],
  sourceAccounts: [],
  targetTags: [],
  targetAccounts: [],
};
const PACKET: FirewallPacket = { source: '10.1.2.3', destination: '10.9.9.9', protocol: 'tcp', port: 443 };

function decide(
  rules: readonly Partial<FirewallRule>[],
  packet: Partial<FirewallPacket> = {},
  direction = 'in',
): string {
  const side = direction === 'in' ? 'in' : 'out';
  const all: FirewallRule[] = rules.map((rule, index) => ({ ...RULE, id: `${index}`, direction: side, ...rule }));
  const { action, rule } = decideByFirewall({ ...PACKET, ...packet }, side, rulesFor(HOST, side, all));
  return `${action} ${rule?.id ?? 'implied'}`;
}

test.each<[string, readonly Partial<FirewallRule>[], Partial<FirewallPacket>, string]>([
  ['a packet that a rule allows comes in', [{}], {}, 'allow 0'],
  ['what no rule is about is denied on the way in', [], {}, 'deny implied'],
  ['another port is another packet', [{}], { port: 444 }, 'deny implied'],
  ['another protocol is another packet', [{}], { protocol: 'udp' }, 'deny implied'],
  ['the lower number decides', [{}, { priority: 999, action: 'deny' }], {}, 'deny 1'],
  ['the higher number does not', [{}, { priority: 1001, action: 'deny' }], {}, 'allow 0'],
  ['among equals deny comes first', [{}, { action: 'deny' }], {}, 'deny 1'],
  ['a rule of another network is not asked', [{ network: ['other'] }], {}, 'deny implied'],
  ['a rule for another tag is not asked', [{ targetTags: ['other'] }], {}, 'deny implied'],
  ['a rule for the own tag is', [{ targetTags: ['other', 'engine'] }], {}, 'allow 0'],
  ['a rule for another account is not asked', [{ targetAccounts: [OPERATOR] }], {}, 'deny implied'],
  ['a rule for the own account is', [{ targetAccounts: [ENGINE] }], {}, 'allow 0'],
  ['a tag is no address', [{ ranges: [], sourceTags: ['bastion'] }], {}, 'deny implied'],
  [
    'a tag is whoever carries it',
    [{ ranges: [], sourceTags: ['bastion'] }],
    { sender: { tags: ['bastion'] } },
    'allow 0',
  ],
  [
    'an account is whoever runs as it',
    [{ ranges: [], sourceAccounts: [OPERATOR] }],
    { sender: { tags: [], account: OPERATOR } },
    'allow 0',
  ],
  [
    'another account is not',
    [{ ranges: [], sourceAccounts: [OPERATOR] }],
    { sender: { tags: [], account: ENGINE } },
    'deny implied',
  ],
  ['of ranges and tags one is enough', [{ sourceTags: ['bastion'] }], {}, 'allow 0'],
  ['who names nobody means IPv4', [{ ranges: [] }], {}, 'allow 0'],
  [
    'who names nobody does not mean IPv6',
    [{ ranges: [] }],
    { source: 'fd00::1', destination: 'fd00::2' },
    'deny implied',
  ],
  [
    'all of IPv4 is nothing of IPv6',
    [{ ranges: ['0.0.0.0/0'] }],
    { source: 'fd00::1', destination: 'fd00::2' },
    'deny implied',
  ],
  ['IPv6 has ranges of its own', [{ ranges: ['fd00::/8'] }], { source: 'fd00::1', destination: 'fd00::2' }, 'allow 0'],
  [
    'icmp is that of IPv4',
    [{ ranges: ['fd00::/8'], flows: [{ protocol: 'icmp', ports: [] }] }],
    { source: 'fd00::1', destination: 'fd00::2', protocol: 'icmp' },
    'deny implied',
  ],
  [
    'all protocols are those of IPv6 too',
    [{ ranges: ['fd00::/8'], flows: [{ protocol: 'all', ports: [] }] }],
    { source: 'fd00::1', destination: 'fd00::2', protocol: 'icmp' },
    'allow 0',
  ],
  ['a protocol without ports is all of them', [{ flows: [{ protocol: 'tcp', ports: [] }] }], { port: 1 }, 'allow 0'],
])('%s', (_claim, rules, packet, expected) => {
  expect(decide(rules, packet)).toBe(expected);
});

test('what no rule is about is allowed on the way out, and ranges are then destinations', () => {
  expect(decide([], {}, 'out')).toBe('allow implied');
  expect(decide([{ action: 'deny', ranges: ['10.9.0.0/16'] }], {}, 'out')).toBe('deny 0');
  expect(decide([{ action: 'deny', ranges: ['10.1.0.0/16'] }], {}, 'out')).toBe('allow implied');
});

/** A generator that gives the same numbers for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * The same by another way, over a toy world: addresses are the numbers 0 to 255 of 10.0.0.0/24, and what is left after striking out is
 * judged by its best number.
 */
function oracle(rules: readonly FirewallRule[], packet: FirewallPacket): string {
  const source = Number(packet.source.split('.').at(-1));
  let best: FirewallRule | undefined;
  for (const rule of rules) {
    const [tag = ''] = rule.targetTags;
    if (rule.targetTags.length > 0 && tag !== 'engine') continue;
    const covers = rule.ranges.some((range) => {
      const [address = '', bits = '32'] = range.split('/');
      const size = 2 ** (32 - Number(bits));
      const start = Math.floor(Number(address.split('.').at(-1)) / size) * size;
      return source >= start && source < start + size;
    });
    const isSender = rule.sourceTags.some((each) => packet.sender?.tags.includes(each) === true);
    if (!covers && !isSender) continue;
    const speaks = rule.flows.some(({ protocol, ports }) => {
      const numbers = ports.flatMap(({ from, to }) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index),
      );
      return (
        protocol === 'all' ||
        (protocol === packet.protocol && (ports.length === 0 || numbers.includes(packet.port ?? -1)))
      );
    });
    if (!speaks) continue;
    const isBetter =
      best === undefined ||
      rule.priority < best.priority ||
      (rule.priority === best.priority && rule.action === 'deny');
    best = isBetter ? rule : best;
  }
  return best?.action ?? 'deny';
}

test('an independent reading of Google’s rules decides the same over many random ones', () => {
  const random = generator(20_261_122);
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const seen = new Set<string>();
  const differing: number[] = [];
  for (let round = 0; round < 2000; round += 1) {
    const rules = Array.from({ length: random(6) }, (_, index): FirewallRule => {
      const from = 440 + random(6);
      return {
        ...RULE,
        id: `${index}`,
        priority: pick([0, 10, 10, 20]),
        action: pick(['allow', 'deny']),
        flows: [{ protocol: pick(['tcp', 'udp', 'all']), ports: pick([[], [{ from, to: from + random(4) }]]) }],
        ranges: pick([['10.0.0.0/24'], [`10.0.0.${random(8) * 32}/27`], [`10.0.0.${random(256)}/32`, '10.0.0.128/25']]),
        sourceTags: pick([[], ['bastion']]),
        targetTags: pick([[], ['engine'], ['other']]),
      };
    });
    const packet: FirewallPacket = {
      source: `10.0.0.${random(256)}`,
      destination: '10.9.9.9',
      protocol: pick(['tcp', 'udp']),
      port: 440 + random(8),
      sender: { tags: pick([[], ['bastion']]) },
    };
    const { action } = decideByFirewall(packet, 'in', rulesFor(HOST, 'in', rules));
    if (action !== oracle(rules, packet)) differing.push(round);
    seen.add(`${action} ${rules.length}`);
  }
  expect(differing).toEqual([]);
  expect(seen.size).toBeGreaterThan(8);
});
