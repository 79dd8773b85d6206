import type { GroupRule } from '../../../lib/artifact/artifact';
import { renderFirewall } from '../../../lib/prove/network/firewall';
import { renderRule } from '../../../lib/prove/network/firewall-rule';
import { planSeats } from '../../../lib/prove/network/seat-plan';
import { aHost, anArtifact, group, tcp } from './a-deployment';

const host = aHost();
const { seats, range } = planSeats(anArtifact({}, host), host);

function rendered(overrides: Partial<GroupRule>): { readonly matches: readonly string[]; readonly unproven?: string } {
  return renderRule({ ...tcp('in', 443, '0.0.0.0/0'), ...overrides }, seats, range);
}

test.each<[string, Partial<GroupRule>, readonly string[]]>([
  ['everybody of one family', {}, ['meta nfproto ipv4 tcp dport 443-443']],
  ['everybody of the other', { peer: { kind: 'cidr', cidr: '::/0' } }, ['meta nfproto ipv6 tcp dport 443-443']],
  ['half of everybody', { peer: { kind: 'cidr', cidr: '128.0.0.0/1' } }, ['ip saddr 128.0.0.0/1 tcp dport 443-443']],
  [
    'a range with host bits',
    { peer: { kind: 'cidr', cidr: '10.1.2.3/16' } },
    ['ip saddr 10.1.0.0/16 tcp dport 443-443'],
  ],
  ['a range of ports', { protocol: 'udp', fromPort: 5, toPort: 9 }, ['meta nfproto ipv4 udp dport 5-9']],
  ['any port', { fromPort: -1, toPort: -1 }, ['meta nfproto ipv4 tcp dport 0-65535']],
  ['any protocol', { protocol: 'all' }, ['meta nfproto ipv4']],
  ['any ICMP', { protocol: 'icmp', fromPort: -1, toPort: -1 }, ['meta nfproto ipv4 meta l4proto icmp']],
  ['one type of ICMP', { protocol: 'icmp', fromPort: 8, toPort: -1 }, ['meta nfproto ipv4 icmp type 8']],
  [
    'ICMP of the other family',
    { protocol: 'icmp', fromPort: -1, toPort: -1, peer: { kind: 'cidr', cidr: '::/0' } },
    ['meta nfproto ipv6 meta l4proto icmpv6'],
  ],
  [
    'the members of a group',
    { peer: { kind: 'group', id: 'BalancerGroup' } },
    ['ip saddr { 10.77.0.6 } tcp dport 443-443', 'ip6 saddr { fd77::6 } tcp dport 443-443'],
  ],
  ['a group of nobody', { peer: { kind: 'group', id: 'Nobody' } }, []],
  [
    'the VPC by reference',
    { peer: { kind: 'unknown', text: [{ logicalId: 'Vpc', attribute: 'CidrBlock' }] } },
    ['ip saddr 10.77.0.0/16 tcp dport 443-443'],
  ],
  [
    'destinations, on the way out',
    { direction: 'out', peer: { kind: 'cidr', cidr: '10.0.0.0/8' } },
    ['ip daddr 10.0.0.0/8 tcp dport 443-443'],
  ],
])('a rule for %s is rendered exactly', (_name, overrides, matches) => {
  expect(rendered(overrides)).toEqual({ matches });
});

test.each<[string, GroupRule['peer'], RegExp]>([
  ['a prefix list', { kind: 'prefix-list', id: 'pl-123' }, /pl-123/],
  ['a parameter', { kind: 'unknown', text: [{ logicalId: 'OfficeRange' }] }, /OfficeRange/],
  ['no range at all', { kind: 'cidr', cidr: '10.0.0.0/99' }, /10\.0\.0\.0\/99/],
])(
  '%s admits nobody, is said to be unproven, and takes the name from refusals of what it could admit',
  (_name, peer, said) => {
    const rule = tcp('in', 443, peer);
    expect(renderRule(rule, seats, range).unproven).toMatch(said);
    const { ruleset, unproven } = renderFirewall(seats, { groups: [group('TaskGroup', rule)], unreadable: [] }, range);
    const [, chain = ''] = /chain in_task \{\n(.*?)\n {2}\}/s.exec(ruleset) ?? [];
    expect(chain.split('\n').map((line) => line.trim())).toEqual([
      'meta nfproto ipv4 tcp dport 443-443 meta mark set 0 goto refuse',
      'meta nfproto ipv6 tcp dport 443-443 meta mark set 0 goto refuse',
      expect.stringMatching(/^meta mark set [1-9]\d* goto refuse$/),
    ]);
    expect(unproven.join('\n')).toMatch(said);
  },
);

test.each([
  ['is not in the file', { groups: [group('BalancerGroup')], unreadable: [] }],
  [
    'could not be read whole',
    { groups: [group('TaskGroup')], unreadable: [{ subject: 'TaskGroup', reason: 'a rule' }] },
  ],
])('no refusal bears the name of a group that %s', (_name, artifact) => {
  const { ruleset, unproven } = renderFirewall(seats, artifact, range);
  expect(ruleset).toMatch(/chain in_task \{\n +meta mark set 0 goto refuse\n/);
  expect(unproven.join('\n')).toMatch(/the rules of group TaskGroup are not all known/);
});

test('a host without a group has the default one of the VPC, which strangers have too', () => {
  const bare = aHost({ groups: [] });
  const plan = planSeats(anArtifact({}, bare), bare);
  const { ruleset, refusers } = renderFirewall(plan.seats, anArtifact(), plan.range);
  expect(ruleset).toMatch(/chain in_task \{\n.*iifname "v-stranger" return/s);
  expect(refusers).toContain('default group of the VPC (in)');
});

test('every chain ends in a refusal, and nothing is accepted before addresses are checked', () => {
  const { ruleset } = renderFirewall(seats, anArtifact(), range);
  const chains = [...ruleset.matchAll(/chain (?:in|out)_\w+ \{\n(.*?)\n {2}\}/gs)].map(([, body = '']) =>
    body.split('\n').at(-1),
  );
  expect(chains).toHaveLength(8);
  for (const last of chains) expect(last).toMatch(/^ +meta mark set \d+ goto refuse$/);
  const forward = ruleset.slice(ruleset.indexOf('chain forward'));
  expect(forward.indexOf('saddr !=')).toBeLessThan(forward.indexOf('accept'));
  expect(forward).toContain('policy drop');
});
