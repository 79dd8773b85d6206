import type { IamGrant } from '../../../lib/artifact/iam-grant';
import { configured } from './terraform-artifact';

const SERVICE = { google_cloud_run_v2_service: { s: { name: 'greeter', template: { containers: { image: 'i' } } } } };
const ACCOUNT = { google_service_account: { a: { account_id: 'engine', project: 'p' } } };
const ON_SERVICE = [{ logicalId: 'google_cloud_run_v2_service.s', attribute: 'id' }];
const MEMBER = ['serviceAccount:', { logicalId: 'google_service_account.a', attribute: 'email' }];
const INVOKER = { role: 'roles/run.invoker', member: '${google_service_account.a.member}' };

function grants(more: object, sections: object = {}): readonly IamGrant[] {
  return configured({ ...SERVICE, ...ACCOUNT, ...more }, sections).grants ?? [];
}

test.each([
  ['by reference', '${google_cloud_run_v2_service.s.name}', INVOKER.member],
  ['by its id', '${google_cloud_run_v2_service.s.id}', 'serviceAccount:${google_service_account.a.email}'],
  ['by its name', 'greeter', 'serviceAccount:engine@p.iam.gserviceaccount.com'],
  [
    'by its path',
    'projects/p/locations/l/services/greeter',
    'serviceAccount:${google_service_account.a.account_id}@p.iam.gserviceaccount.com',
  ],
])('a grant on a service %s is spelt the same', (_how, name, member) => {
  expect(grants({ google_cloud_run_v2_service_iam_member: { m: { ...INVOKER, name, member } } })).toEqual([
    {
      id: 'google_cloud_run_v2_service_iam_member.m',
      level: 'cloud-run-service',
      on: ON_SERVICE,
      role: ['roles/run.invoker'],
      members: [MEMBER],
      conditional: false,
    },
  ]);
});

test.each([
  ['google_cloud_run_service_iam_member', { service: 'greeter' }, 'cloud-run-service'],
  ['google_service_account_iam_member', { service_account_id: '${google_service_account.a.name}' }, 'service-account'],
  ['google_secret_manager_secret_iam_member', { secret_id: 's' }, 'secret'],
  ['google_kms_crypto_key_iam_member', { crypto_key_id: 'k' }, 'crypto-key'],
  ['google_storage_bucket_iam_member', { bucket: 'b' }, 'bucket'],
  ['google_artifact_registry_repository_iam_member', { repository: 'r' }, 'repository'],
  ['google_compute_instance_iam_member', { instance_name: 'i' }, 'instance'],
  ['google_iap_tunnel_instance_iam_member', { instance: 'i' }, 'instance'],
  ['google_project_iam_member', { project: 'p' }, 'project'],
  ['google_folder_iam_member', { folder: 'f' }, 'folder'],
  ['google_organization_iam_member', { org_id: '1' }, 'organization'],
  ['google_iap_tunnel_iam_member', { project: 'p' }, 'project'],
  ['google_compute_disk_iam_member', { name: 'd' }, 'disk'],
  ['google_pubsub_topic_iam_member', { topic: 't' }, 'elsewhere'],
  ['google_spanner_instance_iam_member', { instance: 's' }, 'unknown'],
])('%s is a grant', (type, where, level) => {
  expect(grants({ [type]: { m: { ...INVOKER, ...where } } })).toMatchObject([{ level, members: [MEMBER] }]);
});

const EMAIL = 'engine@p.iam.gserviceaccount.com';
const UNDECIDED = ['serviceAccount:', { logicalId: EMAIL, attribute: 'unknown' }];
const IN_P = { provider: { google: { project: 'p' } } };

test.each([
  ['in its project', { account_id: 'engine', project: 'p' }, {}, MEMBER],
  ["in the provider's project", { account_id: 'engine' }, IN_P, MEMBER],
  ['in another project', { account_id: 'engine', project: 'q' }, {}, [`serviceAccount:${EMAIL}`]],
  ['of another name, who knows where', { account_id: 'gate' }, {}, [`serviceAccount:${EMAIL}`]],
  ['who knows where', { account_id: 'engine' }, {}, UNDECIDED],
  ['in a project that the file does not say', { account_id: 'engine', project: '${file("p")}' }, IN_P, UNDECIDED],
  ['of a name that the file does not say', { account_id: '${file("n")}', project: 'p' }, {}, UNDECIDED],
])(
  'an address is that of an account %s only where it is, and nobody else’s where it may be',
  (_, a, more, expected) => {
    const member = { google_project_iam_member: { m: { project: 'p', role: 'r', member: `serviceAccount:${EMAIL}` } } };
    const [grant] = configured({ google_service_account: { a }, ...member }, more).grants ?? [];
    expect(grant?.members).toEqual([expected]);
  },
);

test('a project of an organization stands in an address with its domain behind it', () => {
  const a = { account_id: 'engine', project: 'example.com:p' };
  const member = 'serviceAccount:engine@p.example.com.iam.gserviceaccount.com';
  const given = { google_project_iam_member: { m: { project: 'p', role: 'r', member } } };
  expect(configured({ google_service_account: { a }, ...given }).grants?.[0]?.members).toEqual([MEMBER]);
});

test.each([
  ['whole', 'projects/p/serviceAccounts/', ['projects/p/serviceAccounts/', MEMBER[1]]],
  ['without the project', 'projects/-/serviceAccounts/', ['projects/-/serviceAccounts/', MEMBER[1]]],
])('a grant on an account by its path, %s, is one on the account of the file', (_, path, on) => {
  const member = { m: { ...INVOKER, service_account_id: `${path}${EMAIL}` } };
  expect(grants({ google_service_account_iam_member: member })[0]?.on).toEqual(on);
});

test('a binding has all its members, and a condition makes it conditional', () => {
  const binding = {
    role: 'roles/run.invoker',
    members: ['allUsers', INVOKER.member],
    condition: [{ expression: 'x' }],
  };
  expect(grants({ google_project_iam_binding: { b: { project: 'p', ...binding } } })).toMatchObject([
    { members: [['allUsers'], MEMBER], conditional: true },
  ]);
});

const BINDING = { role: 'roles/run.invoker', members: ['allUsers'] };

test.each([
  ['its data source', '${data.google_iam_policy.d.policy_data}'],
  ['JSON, as plans have it', JSON.stringify({ bindings: [BINDING] })],
])('a policy is its bindings, from %s', (_where, policy_data) => {
  const policy = { google_cloud_run_v2_service_iam_policy: { p: { name: 'greeter', policy_data } } };
  expect(grants(policy, { data: { google_iam_policy: { d: { binding: BINDING } } } })).toMatchObject([
    {
      id: 'google_cloud_run_v2_service_iam_policy.p',
      on: ON_SERVICE,
      role: ['roles/run.invoker'],
      members: [['allUsers']],
    },
  ]);
});

test.each([
  [
    'members of an unknown list',
    { google_project_iam_binding: { x: { project: 'p', role: 'roles/run.invoker', members: '${var.who}' } } },
  ],
  [
    'an unknown member',
    { google_project_iam_member: { x: { project: 'p', role: 'roles/run.invoker', member: '${file("x")}' } } },
  ],
  ['an unknown policy', { google_project_iam_policy: { x: { project: 'p', policy_data: '${file("x")}' } } }],
  ['a policy that is none', { google_project_iam_policy: { x: { project: 'p', policy_data: 'x' } } }],
  [
    'a policy of dynamic bindings',
    { google_project_iam_policy: { x: { project: 'p', policy_data: '${data.google_iam_policy.d.policy_data}' } } },
  ],
])('a grant with %s names somebody unknown, never nobody', (_what, more) => {
  const data = { google_iam_policy: { d: { dynamic: { binding: { for_each: ['1'], content: {} } } } } };
  const artifact = configured({ ...SERVICE, ...more }, { data });
  expect(artifact.grants?.[0]?.members).toEqual([[{ logicalId: 'member', attribute: 'unknown' }]]);
  expect(artifact.unreadable).not.toEqual([]);
});

test('a role that is not known stands as a reference, not as no role', () => {
  const member = { google_project_iam_member: { x: { project: 'p', role: '${file("x")}', member: 'allUsers' } } };
  expect(grants(member)).toMatchObject([{ role: [{ logicalId: 'google_project_iam_member.x', attribute: 'role' }] }]);
});

test('a custom role brings its permissions, which a role of Google’s of the same name does not', () => {
  const role = {
    google_project_iam_custom_role: { c: { role_id: 'run.invoker', permissions: ['run.routes.invoke'] } },
  };
  const by = (name: string): readonly IamGrant[] =>
    grants({ ...role, google_project_iam_member: { m: { ...INVOKER, project: 'p', role: name } } });
  expect(by('${google_project_iam_custom_role.c.id}')).toMatchObject([{ permissions: ['run.routes.invoke'] }]);
  expect(by('projects/p/roles/run.invoker')).toMatchObject([{ permissions: ['run.routes.invoke'] }]);
  expect(by('roles/run.invoker')[0]).not.toHaveProperty('permissions');
});

test('permissions that are not all known are not told as if they were', () => {
  const role = { google_project_iam_custom_role: { c: { role_id: 'c', permissions: ['a.b.c', '${file("x")}'] } } };
  const member = {
    google_project_iam_member: { m: { ...INVOKER, project: 'p', role: '${google_project_iam_custom_role.c.id}' } },
  };
  expect(grants({ ...role, ...member })[0]).not.toHaveProperty('permissions');
});
