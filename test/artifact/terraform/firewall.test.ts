import { configured } from './terraform-artifact';

const NETWORK = { google_compute_network: { n: { name: 'n', auto_create_subnetworks: false } } };
const RULE = {
  name: 'r',
  network: '${google_compute_network.n.id}',
  allow: [{ protocol: 'tcp', ports: ['443'] }],
  source_ranges: ['10.0.0.0/8'],
};

function read(rule: object, more: object = {}): ReturnType<typeof configured> {
  return configured({ ...NETWORK, google_compute_firewall: { r: { ...RULE, ...rule } }, ...more });
}

test.each([
  [
    'Google’s defaults',
    {},
    {
      direction: 'in',
      priority: 1000,
      action: 'allow',
      network: [{ logicalId: 'google_compute_network.n', attribute: 'id' }],
    },
  ],
  [
    'one block in place of a list',
    { allow: { protocol: 'tcp', ports: ['443'] } },
    { flows: [{ protocol: 'tcp', ports: [{ from: 443, to: 443 }] }] },
  ],
  [
    'ranges of ports, and numbers',
    { allow: [{ protocol: 'TCP', ports: ['1-2', 3] }] },
    {
      flows: [
        {
          protocol: 'tcp',
          ports: [
            { from: 1, to: 2 },
            { from: 3, to: 3 },
          ],
        },
      ],
    },
  ],
  [
    'protocols by number',
    { allow: [{ protocol: '17' }, { protocol: '58' }, { protocol: 'all' }] },
    {
      flows: [
        { protocol: 'udp', ports: [] },
        { protocol: 'other', ports: [] },
        { protocol: 'all', ports: [] },
      ],
    },
  ],
  [
    'a way out without ranges, which is everywhere',
    { direction: 'EGRESS', source_ranges: undefined },
    { direction: 'out', ranges: ['0.0.0.0/0'] },
  ],
  ['a way in without sources, which is everybody', { source_ranges: [] }, { ranges: ['0.0.0.0/0'] }],
  [
    'a way in from a tag alone',
    { source_ranges: undefined, source_tags: ['bastion'] },
    { ranges: [], sourceTags: ['bastion'] },
  ],
  ['one address', { source_ranges: ['10.1.2.3', 'fd00::1'] }, { ranges: ['10.1.2.3/32', 'fd00::1/128'] }],
  ['a denial', { allow: undefined, deny: [{ protocol: 'all' }], priority: 65534 }, { action: 'deny', priority: 65534 }],
  [
    'a range that another resource says',
    { source_ranges: ['${google_compute_subnetwork.s.ip_cidr_range}'] },
    { ranges: ['10.7.0.0/24'] },
  ],
  [
    'an account by its literal address',
    { target_service_accounts: ['engine@p.iam.gserviceaccount.com'] },
    { targetAccounts: [[{ logicalId: 'google_service_account.a', attribute: 'email' }]] },
  ],
])('a rule is read with %s', (_what, rule, expected) => {
  const { firewall, unreadable } = read(rule, {
    google_compute_subnetwork: {
      s: { name: 's', network: '${google_compute_network.n.id}', ip_cidr_range: '10.7.0.0/24' },
    },
    google_service_account: { a: { account_id: 'engine', project: 'p' } },
  });
  expect(unreadable).toEqual([]);
  expect(firewall).toMatchObject([{ id: 'google_compute_firewall.r', ...expected }]);
});

test('a rule that is switched off is none, and one whose switch is not known is no rule either, but reported', () => {
  expect(read({ disabled: true })).toMatchObject({ firewall: [], unreadable: [] });
  const { firewall, unreadable } = read({ disabled: '${timestamp() == ""}' });
  expect(firewall).toEqual([]);
  expect(unreadable).toContainEqual(expect.objectContaining({ concerns: 'ways-in' }));
});

test.each([
  ['sources known to the cloud alone', { source_ranges: ['${google_compute_address.x.address}'] }, 'ways-in'],
  ['sources of an unknown list', { source_ranges: '${var.ranges}' }, 'ways-in'],
  ['ports that are none', { allow: [{ protocol: 'tcp', ports: ['https'] }] }, 'ways-in'],
  ['ports out of range', { allow: [{ protocol: 'tcp', ports: ['99999'] }] }, 'ways-in'],
  ['a range that is none', { source_ranges: ['10.10.0.0/99'] }, 'ways-in'],
  ['allow and deny', { deny: [{ protocol: 'all' }] }, 'ways-in'],
  ['neither', { allow: [] }, 'ways-in'],
  ['dynamic blocks', { allow: undefined, dynamic: { allow: { for_each: ['1'], content: {} } } }, 'ways-in'],
  ['dynamic blocks beside others', { dynamic: { allow: { for_each: ['1'], content: {} } } }, 'ways-in'],
  ['ranges of both sides', { destination_ranges: ['10.0.0.0/8'] }, 'ways-in'],
  ['an unknown direction', { direction: '${var.direction}' }, 'ways-in'],
  [
    'an unknown destination',
    { direction: 'EGRESS', source_ranges: undefined, destination_ranges: ['${var.x}'] },
    'template',
  ],
  ['copies by for_each', { for_each: { a: 1 } }, 'template'],
  ['copies by count', { count: 2 }, 'template'],
])('a rule with %s is left out and reported', (_what, rule, concerns) => {
  const { firewall, unreadable } = read(rule, { google_compute_address: { x: { name: 'x' } } });
  expect(firewall).toEqual([]);
  expect(unreadable).toContainEqual(expect.objectContaining({ subject: 'google_compute_firewall.r', concerns }));
});

test('no copies are no rule', () => {
  expect(read({ count: 0 })).toMatchObject({ firewall: [], unreadable: [] });
});

test('a tag that Cloud Run alone carries is no source, and said', () => {
  const service = {
    google_cloud_run_v2_service: {
      s: {
        name: 's',
        template: { vpc_access: { network_interfaces: [{ tags: ['caller'] }] }, containers: { image: 'i' } },
      },
    },
  };
  const alone = read({ source_ranges: undefined, source_tags: ['caller'] }, service);
  expect(alone.firewall).toEqual([]);
  expect(alone.unreadable).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('Google ignores it as a source'), concerns: 'ways-in' }),
  ]);
  const beside = read({ source_ranges: undefined, source_tags: ['caller', 'bastion'] }, service);
  expect(beside.firewall).toMatchObject([{ sourceTags: ['bastion'], ranges: [] }]);
});

test('a policy beside the rules leaves everything open', () => {
  const { unreadable } = read({}, { google_compute_network_firewall_policy_rule: { p: {} } });
  expect(unreadable).toMatchObject([
    { subject: 'google_compute_network_firewall_policy_rule.p', concerns: 'template' },
  ]);
});

test.each([
  ['p', [{ logicalId: 'google_compute_network.n', attribute: 'id' }]],
  ['q', ['projects/q/global/networks/n']],
])('a rule for a network of project %s is one for ours only in its project', (project, network) => {
  const ours = { google_compute_network: { n: { name: 'n', project: 'p' } } };
  const { firewall } = read({ network: `projects/${project}/global/networks/n` }, ours);
  expect(firewall?.[0]?.network).toEqual(network);
});
