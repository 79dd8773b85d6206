import type { Artifact } from '../../../../../lib/artifact/artifact';
import type { FirewallRule } from '../../../../../lib/artifact/firewall-rule';
import { compare } from './disagreements';
import type { RandomNetwork } from './random-network';

type Whole = RandomNetwork['artifact'];

/** The whole ten thousand are tried with the mutants. */
const SEEDS = { from: 0, to: 1_500 };

test('engine and packets agree about random firewalls of Google', () => {
  const { asked, passed, disagreements } = compare(SEEDS);
  expect(disagreements).toEqual([]);
  expect(asked).toBeGreaterThan(SEEDS.to * 80);
  // Both answers are common, or agreement would say little.
  expect(passed / asked).toBeGreaterThan(0.1);
  expect(passed / asked).toBeLessThan(0.9);
});

const withRules =
  (change: (rule: FirewallRule) => FirewallRule) =>
  (artifact: Whole): Artifact => ({ ...artifact, firewall: artifact.firewall.map(change) });

const withInstance =
  (instance: Partial<RandomNetwork['host']['instance']>) =>
  (artifact: Whole): Artifact => ({
    ...artifact,
    hosts: artifact.hosts.map((host) => ({
      ...host,
      instance: { ...(host.instance as RandomNetwork['host']['instance']), ...instance },
    })),
  });

test.each<[string, (artifact: Whole) => Artifact]>([
  ['priorities', withRules((rule) => ({ ...rule, priority: 1000 }))],
  ['that the lowest number comes first', withRules((rule) => ({ ...rule, priority: 65_535 - rule.priority }))],
  [
    'that deny comes before allow',
    withRules((rule) => ({ ...rule, priority: rule.priority * 2 + (rule.action === 'deny' ? 1 : 0) })),
  ],
  ['denials', (artifact) => ({ ...artifact, firewall: artifact.firewall.filter(({ action }) => action === 'allow') })],
  ['tags of sources', withRules((rule) => ({ ...rule, sourceTags: [] }))],
  ['accounts of sources', withRules((rule) => ({ ...rule, sourceAccounts: [] }))],
  ['tags of targets', withRules((rule) => ({ ...rule, targetTags: [] }))],
  ['accounts of targets', withRules((rule) => ({ ...rule, targetAccounts: [] }))],
  ['tags of the machine', withInstance({ tags: [] })],
  [
    'networks',
    withRules((rule) => ({ ...rule, network: [{ logicalId: 'google_compute_network.own', attribute: 'id' }] })),
  ],
  [
    'that a rule may be about the machine',
    (artifact) => ({
      ...artifact,
      firewall: artifact.firewall.filter(({ network }) => typeof network[0] !== 'string'),
    }),
  ],
  ['that the machine has no IPv6', withInstance({ ipv6: true })],
  ['IPv6', withInstance({ ipv6: false })],
  [
    'protocols',
    withRules((rule) => ({ ...rule, flows: rule.flows.map((flow) => ({ ...flow, protocol: 'tcp' as const })) })),
  ],
  [
    'every protocol at once',
    withRules((rule) => ({ ...rule, flows: rule.flows.filter(({ protocol }) => protocol !== 'all') })),
  ],
  ['ports', withRules((rule) => ({ ...rule, flows: rule.flows.map((flow) => ({ ...flow, ports: [] })) }))],
  ['all but one range of a rule', withRules((rule) => ({ ...rule, ranges: rule.ranges.slice(0, 1) }))],
  [
    'rules for the way out',
    (artifact) => ({ ...artifact, firewall: artifact.firewall.filter(({ direction }) => direction === 'in') }),
  ],
  ['balancers', (artifact) => ({ ...artifact, balancers: [] })],
  [
    'the subnet of proxies',
    (artifact) => ({
      ...artifact,
      vpc: { ...artifact.vpc, subnets: artifact.vpc.subnets.filter(({ isOfProxies }) => isOfProxies !== true) },
    }),
  ],
  [
    'the subnets, outside of which nobody wears a name',
    (artifact) => ({ ...artifact, vpc: { ...artifact.vpc, subnets: [] } }),
  ],
])('an engine that does not see %s is noticed', (_what, blind) => {
  expect(compare({ ...SEEDS, to: 3_000 }, blind).disagreements).not.toEqual([]);
});
