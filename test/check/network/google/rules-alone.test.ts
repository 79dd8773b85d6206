import { readTerraform } from '../../../../lib/artifact/terraform/read-terraform';
import { type Json, parseTemplateText } from '../../../../lib/artifact/template-text';
import { checkDeployment, FAULT } from '../../../../lib/check/check-artifact';
import { findDeployments } from '../../../../lib/check/find-deployments';
import { NETWORK_CLAIMS } from '../../../../lib/check/network/network-claims';

type Rule = Readonly<Record<string, unknown>>;

const admin = { allow: [{ protocol: 'tcp', ports: ['9070'] }] };
const both = { allow: [{ protocol: 'tcp', ports: ['9070', '5122'] }] };

/** What is said of a file that has nothing but rules. */
function broken(...rules: readonly Rule[]): readonly string[] {
  const bodies = rules.map((rule, index) => [`r${index}`, { name: `r${index}`, network: 'default', ...rule }]);
  const content = parseTemplateText(
    JSON.stringify({ resource: { google_compute_firewall: Object.fromEntries(bodies) } }),
    'rules.tf.json',
  ) as ReadonlyMap<string, Json>;
  const artifact = readTerraform({ name: 'rules', file: 'rules.tf.json', format: 'terraform', content });
  const [found] = findDeployments([{ path: 'rules.tf.json', artifacts: [artifact] }]);
  const rows = found === undefined ? [] : checkDeployment(found, NETWORK_CLAIMS);
  expect(rows.filter(({ evidence }) => evidence.startsWith(FAULT))).toEqual([]);
  return [...new Set(rows.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id))].toSorted();
}

const ADMIN = ['admin-closed', 'registration-by-deployers-only'];
const BOTH = ['admin-closed', 'fabric-cluster-only', 'metrics-closed', 'registration-by-deployers-only'];

test.each<[string, readonly Rule[], readonly string[]]>([
  ['the admin port from the world', [{ ...admin, source_ranges: ['0.0.0.0/0'] }], ADMIN],
  ['the admin port from everybody, without a word', [admin], ADMIN],
  ['both ports from halves of the world', [{ ...both, source_ranges: ['0.0.0.0/1', '128.0.0.0/1'] }], BOTH],
  [
    'halves of the world in two rules',
    [
      { ...admin, source_ranges: ['0.0.0.0/1'] },
      { ...admin, source_ranges: ['128.0.0.0/1'] },
    ],
    ADMIN,
  ],
  ['a wide private range', [{ ...admin, source_ranges: ['10.0.0.0/8'] }], ADMIN],
  ['another wide private range', [{ ...admin, source_ranges: ['172.16.0.0/12'] }], ADMIN],
  ['the world of IPv6', [{ ...admin, source_ranges: ['2000::/3'] }], ADMIN],
  ['a rule for a tag', [{ ...admin, source_ranges: ['0.0.0.0/0'], target_tags: ['restate'] }], ADMIN],
  [
    'the fabric from a network',
    [{ allow: [{ protocol: 'tcp', ports: ['5122'] }], source_ranges: ['10.3.0.0/24'] }],
    ['fabric-cluster-only', 'metrics-closed'],
  ],
])('a file of rules alone does not pass with %s', (_what, rules, expected) => {
  expect(broken(...rules)).toEqual(expected);
});

test.each<[string, readonly Rule[]]>([
  ['a network of operators', [{ ...admin, source_ranges: ['10.3.0.0/24'] }]],
  ['machines of an account', [{ ...admin, source_service_accounts: ['ops@p.iam.gserviceaccount.com'] }]],
  [
    'the world, which a rule denies before',
    [
      { ...admin, source_ranges: ['0.0.0.0/0'] },
      { deny: [{ protocol: 'all' }], source_ranges: ['0.0.0.0/0'], priority: 10 },
    ],
  ],
])('a file of rules alone passes with %s', (_what, rules) => {
  expect(broken(...rules)).toEqual([]);
});
