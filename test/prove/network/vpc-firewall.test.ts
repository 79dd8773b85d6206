import type { Unreadable } from '../../../lib/artifact/artifact';
import type { FirewallRule } from '../../../lib/artifact/firewall-rule';
import { type Firewall, renderFirewall } from '../../../lib/prove/network/firewall';
import { containerPort, machinePort } from '../../../lib/prove/network/published-ports';
import { planSeats } from '../../../lib/prove/network/seat-plan';
import { aHost } from './a-deployment';
import { allow, aMachine, denyAll, onGoogle } from './a-machine';

const host = aMachine({ tags: ['restate'] });

function rendered(rules: readonly FirewallRule[], unreadable: readonly Unreadable[] = []): Firewall {
  const artifact = onGoogle(host, { firewall: rules, unreadable });
  const { seats, range } = planSeats(artifact, host);
  return renderFirewall(seats, artifact, range);
}

/** The lines of a chain, marks spelled as the names of who refuses. */
function chainOf({ ruleset, refusers }: Firewall, direction: 'in' | 'out'): readonly string[] {
  const [, body = ''] = new RegExp(`chain ${direction}_task \\{\\n(.*?)\\n {2}\\}`, 's').exec(ruleset) ?? [];
  return body
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/meta mark set (\d+) goto refuse/, (_, mark) => `refuse: ${refusers[Number(mark) - 1] ?? 'nobody'}`),
    );
}

const said = (...rules: readonly FirewallRule[]): readonly string[] => chainOf(rendered(rules), 'in');

test.each<[string, Partial<FirewallRule>, readonly string[]]>([
  ['a range', { ranges: ['10.1.2.3/16'] }, ['ip saddr 10.1.0.0/16 tcp dport { 443 } return']],
  [
    'both families',
    { ranges: ['0.0.0.0/0', '::/0'] },
    ['meta nfproto ipv4 tcp dport { 443 } return', 'meta nfproto ipv6 tcp dport { 443 } return'],
  ],
  ['whoever comes', {}, ['meta nfproto ipv4 tcp dport { 443 } return']],
  [
    'several ports',
    {
      ranges: ['10.0.0.0/8'],
      flows: [
        {
          protocol: 'tcp',
          ports: [
            { from: 80, to: 80 },
            { from: 8000, to: 8080 },
          ],
        },
      ],
    },
    ['ip saddr 10.0.0.0/8 tcp dport { 80, 8000-8080 } return'],
  ],
  [
    'every port of TCP',
    { ranges: ['10.0.0.0/8'], flows: [{ protocol: 'tcp', ports: [] }] },
    ['ip saddr 10.0.0.0/8 meta l4proto tcp return'],
  ],
  ['everything', { ranges: ['::/0'], flows: [{ protocol: 'all', ports: [] }] }, ['meta nfproto ipv6 return']],
  [
    'ICMP, which is that of IPv4',
    { ranges: ['10.0.0.0/8', 'fd00::/8'], flows: [{ protocol: 'icmp', ports: [] }] },
    ['ip saddr 10.0.0.0/8 meta l4proto icmp return'],
  ],
  ['a protocol of nobody', { ranges: ['10.0.0.0/8'], flows: [{ protocol: 'other', ports: [] }] }, []],
])('a rule for %s is rendered exactly, and the rest is denied', (_, overrides, lines) => {
  expect(said(allow('in', 443, overrides))).toEqual([...lines, 'refuse: implied deny (in)']);
});

test('members that a tag or an account names are admitted by their first addresses', () => {
  const lines = said(allow('in', 443, { sourceTags: ['shop'] }));
  expect(lines).toEqual([
    expect.stringMatching(/^ip saddr 10\.8\.\d+\.\d+ tcp dport \{ 443 \} return$/),
    expect.stringMatching(/^ip6 saddr \S+ tcp dport \{ 443 \} return$/),
    'refuse: implied deny (in)',
  ]);
});

test('a tag and an account of nobody in the run admit nobody', () => {
  const nobody = { sourceTags: ['nobody'], sourceAccounts: [['nobody@p.iam.gserviceaccount.com']] };
  expect(said(allow('in', 8081, nobody))).toEqual(['refuse: implied deny (in)']);
});

test('the lowest number of priority is asked first, and a denial before what allows', () => {
  const ranges = ['10.0.0.0/8'];
  const first = allow('in', 443, { id: 'first', ranges, priority: 1 });
  const second = allow('in', 443, { id: 'second', ranges, priority: 900 });
  const denied = allow('in', 443, { id: 'denied', ranges, priority: 900, action: 'deny' });
  const match = 'ip saddr 10.0.0.0/8 tcp dport { 443 }';
  expect(said(second, denied, first)).toEqual([
    `${match} return`,
    `${match} refuse: denied (in)`,
    `${match} return`,
    'refuse: implied deny (in)',
  ]);
});

test('whatever no rule of the way out fits is let out', () => {
  expect(chainOf(rendered([allow('in', 443)]), 'out')).toEqual(['return']);
  expect(chainOf(rendered([denyAll('out')]), 'out')).toEqual([
    'meta nfproto ipv4 refuse: google_compute_firewall.deny_out (out)',
    'return',
  ]);
});

test.each<[string, Partial<FirewallRule>]>([
  ['another network', { network: [{ logicalId: 'google_compute_network.other', attribute: 'id' }] }],
  ['another tag', { targetAccounts: [], targetTags: ['other'] }],
  ['another account', { targetAccounts: [[{ logicalId: 'google_service_account.other', attribute: 'email' }]] }],
])('a rule for %s is none for the machine', (_, overrides) => {
  expect(said(allow('in', 443, overrides))).toEqual(['refuse: implied deny (in)']);
});

test.each<[string, Partial<FirewallRule>]>([
  ['its tag', { targetAccounts: [], targetTags: ['restate', 'other'] }],
  ['its network alone', { targetAccounts: [] }],
  [
    'its network by another attribute',
    { network: [{ logicalId: 'google_compute_network.net', attribute: 'self_link' }] },
  ],
])('a rule for %s is one for the machine', (_, overrides) => {
  expect(said(allow('in', 443, overrides))).toHaveLength(2);
});

describe('what the file does not say exactly', () => {
  test.each<[string, Partial<FirewallRule>, RegExp]>([
    ['a network by its name', { network: ['production'] }, /whether google_compute_firewall\.in_443 is about the task/],
    ['an account by its name', { targetAccounts: [['a@p.iam.gserviceaccount.com']] }, /whether .* is about the task/],
    ['no range', { ranges: ['${var.office}'] }, /"\$\{var\.office\}", which is no address range/],
  ])('as a rule for %s, admits nobody and refuses in nobody’s name', (_, overrides, note) => {
    const firewall = rendered([allow('in', 443, overrides)]);
    const [line, ...rest] = chainOf(firewall, 'in');
    expect(line).toBe('meta nfproto ipv4 tcp dport { 443 } refuse: nobody');
    expect(rest.at(-1)).toBe('refuse: implied deny (in)');
    expect(firewall.unproven.join('\n')).toMatch(note);
  });

  test.each(['google_compute_firewall.in_443', 'module.net.google_compute_network_firewall_policy_rule.x'])(
    'as %s, which could not be read, takes the name from every refusal',
    (subject) => {
      const firewall = rendered([allow('in', 443), denyAll('in')], [{ subject, reason: 'a rule' }]);
      expect(chainOf(firewall, 'in').filter((line) => line.includes('refuse'))).toEqual([
        'meta nfproto ipv4 refuse: nobody',
        'refuse: nobody',
      ]);
      expect(firewall.unproven.join('\n')).toContain(`${subject} could not be read whole`);
    },
  );

  test('of anything else, takes no name', () => {
    const firewall = rendered([denyAll('in')], [{ subject: 'google_compute_disk.data', reason: 'a size' }]);
    expect(chainOf(firewall, 'in')).toContain('refuse: implied deny (in)');
    expect(firewall.unproven).toEqual([]);
  });
});

test('a published port leads to one of the containers, and a task has no others', () => {
  expect([443, 9070, 8443].map((port) => containerPort(host, port))).toEqual([8443, 8444, undefined]);
  expect([8443, 8444, 443].map((port) => machinePort(host, port))).toEqual([443, 9070, undefined]);
  expect([containerPort(aHost(), 8443), machinePort(aHost(), 8443)]).toEqual([8443, 8443]);
});
