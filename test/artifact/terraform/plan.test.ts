import { configured, planned } from './terraform-artifact';

interface Change {
  readonly address: string;
  readonly type: string;
  readonly after?: object;
  readonly unknown?: object;
  readonly sensitive?: object | boolean;
  readonly actions?: readonly string[];
  readonly module?: string;
  readonly mode?: string;
}

function changes(...list: readonly Change[]): readonly object[] {
  return list.map(({ address, type, after, unknown, sensitive, actions, module, mode }) => ({
    address,
    type,
    mode: mode ?? 'managed',
    ...(module !== undefined && { module_address: module }),
    change: {
      actions: actions ?? ['create'],
      after: after ?? {},
      after_unknown: unknown ?? {},
      after_sensitive: sensitive ?? {},
    },
  }));
}

function configuration(expressions: Readonly<Record<string, object>>): object {
  return {
    root_module: { resources: Object.entries(expressions).map(([address, each]) => ({ address, expressions: each })) },
  };
}

const NETWORK: Change = {
  address: 'google_compute_network.n',
  type: 'google_compute_network',
  after: { name: 'n', auto_create_subnetworks: false },
  unknown: { id: true },
};
const ACCOUNT: Change = {
  address: 'google_service_account.a',
  type: 'google_service_account',
  after: { account_id: 'engine' },
  unknown: { email: true, member: true },
};
const RULE: Change = {
  address: 'google_compute_firewall.r',
  type: 'google_compute_firewall',
  after: {
    name: 'r',
    allow: [{ protocol: 'tcp', ports: ['443'] }],
    source_ranges: ['10.0.0.0/8'],
    direction: 'INGRESS',
    priority: 1000,
    disabled: null,
  },
  unknown: { network: true, allow: [{ ports: [false] }], source_ranges: [false] },
};
const OF_RULE = { network: { references: ['google_compute_network.n.id', 'google_compute_network.n'] } };
const NAMED = [{ logicalId: 'google_compute_network.n', attribute: 'id' }];

test('a plan is read with what it knows, and with references where the configuration names one attribute', () => {
  const { firewall, unreadable } = planned({
    resource_changes: changes(NETWORK, RULE),
    configuration: configuration({ [RULE.address]: OF_RULE }),
  });
  expect(unreadable).toEqual([]);
  expect(firewall).toMatchObject([{ id: RULE.address, network: NAMED, ranges: ['10.0.0.0/8'], priority: 1000 }]);
});

test.each([
  ['no expression at all', {}],
  [
    'two resources',
    {
      network: {
        references: ['google_compute_network.n.id', 'google_compute_network.n', 'google_compute_network.m.id'],
      },
    },
  ],
  ['a local value', { network: { references: ['local.network'] } }],
  ['a variable', { network: { references: ['var.network'] } }],
  ['a constant', { network: { constant_value: 'n' } }],
  ['a resource as a whole', { network: { references: ['google_compute_network.n'] } }],
  [
    'a resource that is not in the plan',
    { network: { references: ['google_compute_network.m.id', 'google_compute_network.m'] } },
  ],
  ['nonsense', { network: { references: ['${', 3] } }],
])('what the plan does not know stays unknown where its expression names %s', (_what, expressions) => {
  const { firewall, unreadable } = planned({
    resource_changes: changes(NETWORK, RULE),
    configuration: configuration({ [RULE.address]: expressions }),
  });
  expect(firewall).toEqual([]);
  expect(unreadable).toContainEqual(expect.objectContaining({ subject: RULE.address, concerns: 'ways-in' }));
});

test('a list that is not known is no list of one: the expression does not say what else is in it', () => {
  const rule = { ...RULE, unknown: { ...RULE.unknown, target_service_accounts: true } };
  const expressions = {
    ...OF_RULE,
    target_service_accounts: { references: ['google_service_account.a.email', 'google_service_account.a'] },
  };
  const read = {
    resource_changes: changes(NETWORK, ACCOUNT, rule),
    configuration: configuration({ [RULE.address]: expressions }),
  };
  expect(planned(read)).toMatchObject({
    firewall: [],
    unreadable: expect.arrayContaining([expect.objectContaining({ concerns: 'ways-in' })]),
  });
});

test('what was written in JSON stands in the plan as it was written, and is read from there', () => {
  const rule = { ...RULE, unknown: { ...RULE.unknown, target_service_accounts: true } };
  const expressions = {
    ...OF_RULE,
    target_service_accounts: {
      constant_value: ['${google_service_account.a.email}'],
      references: ['google_service_account.a.email', 'google_service_account.a'],
    },
  };
  const { firewall } = planned({
    resource_changes: changes(NETWORK, ACCOUNT, rule),
    configuration: configuration({ [RULE.address]: expressions }),
  });
  expect(firewall).toMatchObject([
    { targetAccounts: [[{ logicalId: 'google_service_account.a', attribute: 'email' }]] },
  ]);
});

test.each([
  ['what nobody configured and Google fills in is as if nobody said it', {}, 1],
  ['what somebody configured is not', { direction: { references: ['local.direction'] } }, 0],
])('%s', (_what, more, read) => {
  const rule = { ...RULE, unknown: { ...RULE.unknown, direction: true, destination_ranges: true } };
  const { firewall } = planned({
    resource_changes: changes(NETWORK, { ...rule, after: { ...RULE.after, direction: undefined } }),
    configuration: configuration({ [RULE.address]: { ...OF_RULE, ...more } }),
  });
  expect(firewall).toHaveLength(read);
});

test('a block that the configuration does not show may be a dynamic one, and is not taken for none', () => {
  const machine: Change = {
    address: 'google_compute_instance.m',
    type: 'google_compute_instance',
    after: { network_interface: [{ network: 'n' }] },
    unknown: { network_interface: [{ access_config: true }] },
  };
  const { hosts } = planned({
    resource_changes: changes(NETWORK, machine),
    configuration: configuration({ [machine.address]: { network_interface: [{ network: { constant_value: 'n' } }] } }),
  });
  expect(hosts).toMatchObject([{ publicAddress: true }]);
});

test('a member that the plan does not know is never no member', () => {
  const member: Change = {
    address: 'google_project_iam_member.m',
    type: 'google_project_iam_member',
    after: { project: 'p', role: 'roles/run.invoker' },
    unknown: { member: true },
  };
  const { grants, unreadable } = planned({ resource_changes: changes(member) });
  expect(grants).toMatchObject([{ members: [[{ logicalId: 'member', attribute: 'unknown' }]] }]);
  expect(unreadable).toMatchObject([{ subject: member.address }]);
});

test('a sensitive value is not read', () => {
  const member: Change = {
    address: 'google_project_iam_member.m',
    type: 'google_project_iam_member',
    after: { project: 'p', role: 'roles/run.invoker', member: 'allUsers' },
    sensitive: { member: true },
  };
  expect(planned({ resource_changes: changes(member) }).grants).toMatchObject([
    { members: [[{ logicalId: 'member', attribute: 'unknown' }]] },
  ]);
});

test.each([
  [['delete'], 0],
  [['create'], 1],
  [['no-op'], 1],
  [['update'], 1],
  [['delete', 'create'], 1],
  [['create', 'delete'], 1],
])('a change that is to %j leaves %i of it', (actions, left) => {
  const { firewall } = planned({
    resource_changes: changes(NETWORK, { ...RULE, actions }),
    configuration: configuration({ [RULE.address]: OF_RULE }),
  });
  expect(firewall).toHaveLength(left);
});

test('what is forgotten stays in the cloud, and changes that are put off come later: neither is silence', () => {
  expect(planned({ resource_changes: changes({ ...RULE, actions: ['forget'] }) }).unreadable).toContainEqual(
    expect.objectContaining({ concerns: 'template', subject: RULE.address }),
  );
  expect(planned({ complete: false }).unreadable).toMatchObject([{ concerns: 'template' }]);
  expect(planned({ deferred_changes: [{}] }).unreadable).toMatchObject([{ concerns: 'template' }]);
});

/** A change of a module. */
function within(change: Change): Change {
  return { ...change, module: 'module.m["a"]', address: `module.m["a"].${change.address}` };
}

test('modules and copies are read with their addresses, references within their own module', () => {
  const { firewall, unreadable } = planned({
    resource_changes: changes(
      within({ ...NETWORK, address: 'google_compute_network.n' }),
      within({ ...RULE, address: 'google_compute_firewall.r[1]' }),
    ),
    configuration: {
      root_module: {
        module_calls: {
          m: { module: { resources: [{ address: 'google_compute_firewall.r', expressions: OF_RULE }] } },
        },
      },
    },
  });
  expect(unreadable).toEqual([]);
  expect(firewall).toMatchObject([
    {
      id: 'module.m["a"].google_compute_firewall.r[1]',
      network: [{ logicalId: 'module.m["a"].google_compute_network.n', attribute: 'id' }],
    },
  ]);
});

test('what the plan knows of an account is one with its references', () => {
  const account = {
    ...ACCOUNT,
    after: { account_id: 'engine', email: 'engine@p.iam.gserviceaccount.com' },
    unknown: {},
  };
  const rule = {
    ...RULE,
    after: {
      ...RULE.after,
      network: 'projects/p/global/networks/n',
      target_service_accounts: ['engine@p.iam.gserviceaccount.com'],
    },
    unknown: {},
  };
  const network = { ...NETWORK, after: { ...NETWORK.after, project: 'p' } };
  const { firewall } = planned({ resource_changes: changes(network, account, rule) });
  expect(firewall).toMatchObject([
    { network: NAMED, targetAccounts: [[{ logicalId: 'google_service_account.a', attribute: 'email' }]] },
  ]);
});

test('a plan says that it has no place for accepted risks, which a configuration has', () => {
  expect(planned({}).acceptedElsewhere).toBe(true);
  expect(configured({})).not.toHaveProperty('acceptedElsewhere');
});

test('a plan of nonsense is read without an error', () => {
  expect(() =>
    planned({
      resource_changes: [1, null, {}, { address: 'a', type: 'google_compute_firewall', change: 3 }],
      configuration: 'x',
      variables: [],
    }),
  ).not.toThrow();
});

test('of a URL map, what Google says once it is made is not asked for', () => {
  const unknown = { id: true, fingerprint: true, map_id: true, self_link: true, creation_timestamp: true };
  const list = changes(
    {
      address: 'google_compute_global_forwarding_rule.f',
      type: 'google_compute_global_forwarding_rule',
      after: { port_range: '443' },
      unknown: { target: true },
    },
    {
      address: 'google_compute_target_http_proxy.h',
      type: 'google_compute_target_http_proxy',
      unknown: { url_map: true },
    },
    { address: 'google_compute_url_map.u', type: 'google_compute_url_map', after: { name: 'u' }, unknown },
  );
  const expressions = configuration({
    'google_compute_global_forwarding_rule.f': { target: { references: ['google_compute_target_http_proxy.h.id'] } },
    'google_compute_target_http_proxy.h': { url_map: { references: ['google_compute_url_map.u.id'] } },
  });
  const { balancers, unreadable } = planned({ resource_changes: list, configuration: expressions });
  expect(unreadable.filter(({ subject }) => subject.includes('url_map'))).toEqual([]);
  expect(balancers).toMatchObject([{ id: 'google_compute_global_forwarding_rule.f' }]);
});
