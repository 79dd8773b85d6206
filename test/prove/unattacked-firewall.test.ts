import type { Artifact, Host } from '../../lib/artifact/artifact';
import type { FirewallRule } from '../../lib/artifact/firewall-rule';
import { unattackedDoubt } from '../../lib/prove/unattacked-doubt';
import { aForwardingRule, allow, aMachine, denyAll, GOOGLE, IAP, onGoogle } from './network/a-machine';

function doubtOf(claim: string, artifact: Artifact): string | undefined {
  const [host] = artifact.hosts;
  return unattackedDoubt(claim, { artifact, host: host! });
}

function withRules(
  rules: readonly FirewallRule[],
  host: Host = aMachine(),
  overrides: Partial<Artifact> = {},
): Artifact {
  const { firewall = [] } = onGoogle(host);
  return onGoogle(host, { firewall: [...firewall, ...rules], ...overrides });
}

const OF_SERVER = ['admin-closed', 'fabric-cluster-only', 'metrics-closed', 'registration-by-deployers-only'];
const ALL = [
  'ingress-authenticated',
  'ingress-no-bypass',
  'egress-closed',
  'internal-endpoints-unreachable',
  'metadata-unreachable',
  'tls-outside',
  ...OF_SERVER,
];
/** A machine that publishes the server's own admin port besides. */
const CARELESS = aMachine({
  published: [
    { port: 443, containerPort: 8443 },
    { port: 8081, containerPort: 8081 },
    { port: 9999, containerPort: 9070 },
  ],
});

test('what was attacked everywhere is in no doubt', () => {
  expect(ALL.map((claim) => [claim, doubtOf(claim, withRules([]))])).toEqual(ALL.map((claim) => [claim, undefined]));
});

test('callers and operators of whatever range, tag or account come to doors that are attacked', () => {
  const peers = [
    allow('in', 443, { sourceTags: ['shop'] }),
    allow('in', 443, { ranges: ['10.77.0.0/16', '203.0.113.0/24'] }),
    allow('in', 9070, { sourceAccounts: [['ops@p.iam.gserviceaccount.com']] }),
  ];
  for (const claim of ALL) expect([claim, doubtOf(claim, withRules(peers))]).toEqual([claim, undefined]);
});

test.each<[string, Partial<FirewallRule>, string]>([
  ['a tag', { sourceTags: ['shop'] }, 'the tag shop'],
  [
    'an account',
    { sourceAccounts: [[{ logicalId: 'google_service_account.shop', attribute: 'email' }]] },
    'the account google_service_account.shop',
  ],
  ['another private network', { ranges: ['192.168.0.0/20'] }, '192.168.0.0/20'],
  ['an address of a partner', { ranges: ['203.0.113.7/32'] }, '203.0.113.7/32'],
])('a rule that lets %s in to the port of a listener of the server leaves it unproven', (_, sources, who) => {
  const rule = allow('in', 9999, sources);
  for (const claim of ['ingress-no-bypass', ...OF_SERVER]) {
    expect(doubtOf(claim, withRules([rule], CARELESS))).toContain(
      `google_compute_firewall.in_9999 admits tcp 9999 from ${who}, from where nobody attacked`,
    );
  }
  expect(doubtOf('egress-closed', withRules([rule], CARELESS))).toBeUndefined();
});

test.each<[string, FirewallRule]>([
  ['a host of the network, for which the stranger stands', allow('in', 9999, { ranges: ['10.8.0.0/20'] })],
  ['everybody, for whom internet and stranger stand', allow('in', 9999, { ranges: ['0.0.0.0/0'] })],
  ['everybody, by saying nobody', allow('in', 9999)],
  ['the probers of health', allow('in', 9999, { ranges: ['35.191.0.0/16', '130.211.0.0/22'] })],
  ['a port that is not published', allow('in', 5122, { sourceTags: ['shop'] })],
  ['another machine', allow('in', 9999, { sourceTags: ['shop'], targetAccounts: [], targetTags: ['else'] })],
  ['a machine of another network', allow('in', 9999, { sourceTags: ['shop'], network: [{ logicalId: 'other' }] })],
  ['addresses that the machine has none of', allow('in', 9999, { ranges: ['2001:db8::/32'] })],
])('a rule for %s is left to the attacks', (_, rule) => {
  for (const claim of ['ingress-no-bypass', ...OF_SERVER]) {
    expect(doubtOf(claim, withRules([rule], CARELESS))).toBeUndefined();
  }
});

test("the machine's own shell is a way in that the run does not have, but for Google's tunnel to it", () => {
  const open = withRules([allow('in', 22, { ranges: ['0.0.0.0/0'] })]);
  expect(doubtOf('ingress-no-bypass', open)).toContain('tcp 22 from 0.0.0.0/0, where the machine has a shell');
  expect(doubtOf('admin-closed', open)).toBeUndefined();
  expect(doubtOf('ingress-no-bypass', withRules([allow('in', 22, { ranges: [IAP] })]))).toBeUndefined();
});

test('callers who need not pass a balancer that ends TLS leave unproven that they must', () => {
  const balancers = [aForwardingRule(443, { type: 'application', scheme: 'internet-facing' })];
  const given = (rule: FirewallRule): string | undefined =>
    doubtOf('ingress-no-bypass', withRules([rule], aMachine(), { balancers }));
  expect(given(allow('in', 443, { sourceTags: ['shop'] }))).toContain('tcp 443 from the tag shop');
  expect(given(allow('in', 443, { ranges: ['35.191.0.0/16', '130.211.0.0/22'] }))).toBeUndefined();
});

test.each<[string, string, FirewallRule]>([
  ['egress-closed', 'a few ports of everybody', allow('out', 25, { ranges: ['0.0.0.0/0'] })],
  ['egress-closed', 'a part of the internet', allow('out', 443, { ranges: ['0.0.0.0/1'] })],
  ['egress-closed', 'UDP', allow('out', 0, { flows: [{ protocol: 'udp', ports: [] }], ranges: ['0.0.0.0/0'] })],
  ['egress-closed', "Google's services past https", allow('out', 80, { ranges: [GOOGLE] })],
  ['internal-endpoints-unreachable', 'a database', allow('out', 5432, { ranges: ['10.8.0.0/20'] })],
  [
    'internal-endpoints-unreachable',
    'all of another network',
    allow('out', 0, { flows: [{ protocol: 'all', ports: [] }], ranges: ['192.168.0.0/16'] }),
  ],
])('%s is unproven where a rule lets the machine out to %s', (claim, _, rule) => {
  // another service has been found before it
  const service = allow('out', 9080, { ranges: ['10.60.0.0/24'], priority: 1 });
  expect(doubtOf(claim, withRules([service, rule]))).toMatch(
    /google_compute_firewall\.out_\d+ admits .*, where no attack went/,
  );
});

test.each<[string, FirewallRule]>([
  ['https everywhere, which was attacked', allow('out', 443, { ranges: ['0.0.0.0/0'] })],
  ["Google's services", allow('out', 443, { ranges: ['199.36.153.8/30'] })],
  ['a service of the network', allow('out', 9080, { ranges: ['10.60.0.0/24'] })],
])('a rule that lets the machine out to %s is left to the attacks', (_, rule) => {
  for (const claim of ['egress-closed', 'internal-endpoints-unreachable']) {
    expect(doubtOf(claim, withRules([rule], aMachine({}, { internetRoute: 'nat' })))).toBeUndefined();
  }
});

test('a rule that lets the machine out everywhere is in doubt where only a route was missing in the run', () => {
  const everywhere = allow('out', 443, { ranges: ['0.0.0.0/0'] });
  expect(doubtOf('egress-closed', withRules([everywhere]))).toMatch(/out_443 admits tcp 443 to 0\.0\.0\.0\/0/);
});

test('a way out that no rule denies is open, to more than was attacked', () => {
  const firewall = (onGoogle(aMachine()).firewall ?? []).filter(({ id }) => !id.endsWith('deny_out'));
  expect(doubtOf('egress-closed', onGoogle(aMachine(), { firewall }))).toContain('no rule denies all of 0.0.0.0/0');
  const some: FirewallRule = { ...denyAll('out'), flows: [{ protocol: 'tcp', ports: [] }] };
  expect(doubtOf('egress-closed', onGoogle(aMachine(), { firewall: [...firewall, some] }))).toContain('no rule denies');
  const six = aMachine({ ipv6: true });
  expect(doubtOf('egress-closed', onGoogle(six))).toContain('no rule denies all of ::/0');
});

test('a guest firewall that is not understood leaves unproven that it guards the metadata server', () => {
  const claims = ['metadata-unreachable', 'ingress-no-bypass'];
  const doubts = claims.map((claim) => doubtOf(claim, withRules([], aMachine({ metadata: 'unknown' }))));
  expect(doubts).toEqual([expect.stringContaining('is not understood'), undefined]);
});

test('balancers that lead in to several ports of the containers leave all but one unattacked', () => {
  const second = aForwardingRule(8081);
  const given = withRules([], aMachine(), { balancers: [aForwardingRule(443), second] });
  expect(doubtOf('ingress-authenticated', given)).toContain('to port 8443 and 8081 of the task');
  const operators = withRules([], aMachine(), { balancers: [aForwardingRule(443), aForwardingRule(9070)] });
  expect(doubtOf('ingress-authenticated', operators)).toBeUndefined();
});
