import { CLOUD_RUN_CLAIMS } from '../../../lib/check/cloud-run/cloud-run-claims';
import { type Fault, complained, complaints, decided } from '../decided';
import { both, exchange, set } from '../edits';
import type { Example } from '../examples';
import { accountOf, change, drop, ofType, onAccount, one, onProject, put, STRANGER, toAccount } from '../google-edits';

const SERVICE = one('cloud_run_v2_service');
const BINDING = 'cloud_run_v2_service_iam_binding';
const port = (by: (ports: Record<string, unknown>) => void): Fault[1] =>
  change('cloud_run_v2_service', '', ({ template }) => by(template.containers[0].ports));
const members = (...list: readonly string[]): Fault[1] => set(one(BINDING), { members: list });
const also = (member: string): Fault[1] => change(BINDING, '', (body) => body['members'].push(member));
const custom = (...permissions: readonly string[]): Fault[1] =>
  both(
    put('project_iam_custom_role', { role_id: 'caller', permissions }, 'caller'),
    onProject('${google_project_iam_custom_role.caller.id}'),
  );

const PRIVATE = 'cloud-run-private broken';
const EXACT = 'cloud-run-invoker-exact broken';
const OPEN = 'cloud-run-invoker-exact unproven';
const FITS = 'credential-source-fits broken';

/** What is not known of a service leaves open all that is about it. */
const EVERY_OPEN = [
  'cloud-run-private unproven',
  'cloud-run-http2 unproven',
  OPEN,
  'cloud-run-token-audience unproven',
  'credential-source-fits unproven',
  'service-verifies-identity unproven',
  'images-by-digest unproven',
];

const env = (by: (variables: Record<string, unknown>[]) => unknown): Fault[1] =>
  change('cloud_run_v2_service', '', ({ template }) => by(template.containers[0].env));
const asks = (host: string): Fault[1] => exchange('GCE_METADATA_HOST=127.0.0.1:8079', host);
const SERVER = '${google_service_account.Restate_Account_D51C4278.email}';
const VERIFIES = 'service-verifies-identity broken';
const IMAGES = 'images-by-digest broken';

const FAULTS: readonly Fault[] = [
  ...(
    [
      ['cloud_run_v2_job', { template: { template: { service_account: SERVER } } }],
      ['cloudfunctions2_function', { service_config: { service_account_email: SERVER } }],
      ['cloud_scheduler_job', { http_target: { oidc_token: { service_account_email: SERVER } } }],
      ['pubsub_subscription', { push_config: { oidc_token: { service_account_email: SERVER } } }],
    ] as const
  ).map(([type, body]): Fault => [`is called by another as the server (${type})`, put(type, body), [EXACT]]),
  ['is told no key to demand a signature by', env((all) => all.splice(0)), ['service-verifies-identity unproven']],
  ['is told nothing as a key', env((all) => (all[0]!['value'] = '')), [VERIFIES]],
  ['is told a key of another kind', env((all) => (all[0]!['value'] = 'publickeyv1_short')), [VERIFIES]],
  [
    'is told a key by a variable',
    env((all) => (all[0]!['value'] = '${var.key}')),
    ['service-verifies-identity unproven'],
  ],
  [
    'has no policy asked about its images',
    set(SERVICE, { binary_authorization: undefined }),
    ['images-by-digest unproven'],
  ],
  ['asks no policy about its images', set(SERVICE, { binary_authorization: { use_default: false } }), [IMAGES]],
  [
    'overrules the policy about its images',
    set(SERVICE, { binary_authorization: { use_default: true, breakglass_justification: 'now' } }),
    [IMAGES],
  ],
  ['is called with what the guard keeps from the server', asks('GCE_METADATA_HOST=169.254.169.254'), [FITS]],
  ['is called with what the server asks of nobody', asks('GCE_METADATA_HOST=127.0.0.1:8078'), [FITS]],
  ['is called with what the server asks where it always does', asks('OTHER=1'), [FITS]],
  ['is changed by whom a role of the file lets', custom('run.services.update'), [EXACT]],
  ['takes requests from everywhere', set(SERVICE, { ingress: 'INGRESS_TRAFFIC_ALL' }), [PRIVATE]],
  ['takes requests from balancers', set(SERVICE, { ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' }), [PRIVATE]],
  ['does not say from where', set(SERVICE, { ingress: undefined }), [PRIVATE]],
  ['says from where by a variable', set(SERVICE, { ingress: '${var.ingress}' }), EVERY_OPEN],
  [
    'asks nobody for a token',
    set(SERVICE, { invoker_iam_disabled: true }),
    [PRIVATE, 'cloud-run-token-audience broken'],
  ],
  ['is spoken to in HTTP/1', port((ports) => (ports['name'] = 'http1')), ['cloud-run-http2 broken']],
  ['does not name its port', port((ports) => delete ports['name']), ['cloud-run-http2 broken']],
  ['names its port strangely', port((ports) => (ports['name'] = 'http9')), ['cloud-run-http2 unproven']],
  ['is called by everybody', members('allUsers'), [EXACT, PRIVATE, FITS]],
  ['is called by every account', members('allAuthenticatedUsers'), [EXACT, PRIVATE, FITS]],
  ['is called by everybody, too', also('allUsers'), [EXACT, PRIVATE]],
  ['is called by a stranger, too', also(STRANGER), [EXACT]],
  ['is called by a person, too', also('user:somebody@example.com'), [EXACT]],
  ['is called by a group, too', also('group:everybody@example.com'), [EXACT]],
  ['is called by a domain, too', also('domain:example.com'), [EXACT]],
  ['is called by workloads elsewhere, too', also('principalSet://iam.googleapis.com/pools/x/*'), [EXACT]],
  ['is called by somebody whom only a variable names', also('${var.member}'), [OPEN]],
  ['is called by a stranger alone', members(STRANGER), [EXACT, FITS]],
  ['is called by nobody', drop(BINDING), [EXACT, FITS]],
  ['gives another role', set(one(BINDING), { role: 'roles/run.viewer' }), [EXACT, FITS]],
  ['gives a stranger the role on the project', onProject('roles/run.invoker'), [EXACT]],
  ['gives everybody the role on the project', onProject('roles/run.invoker', 'allUsers'), [EXACT, PRIVATE]],
  ['gives a stranger all of Cloud Run', onProject('roles/run.admin'), [EXACT]],
  ['has a stranger as its owner', onProject('roles/owner'), [EXACT]],
  ['has a stranger as its editor', onProject('roles/editor'), [EXACT]],
  ['lets a stranger say who may do what', onProject('roles/resourcemanager.projectIamAdmin'), [EXACT]],
  ['lets a stranger rule over security', onProject('roles/iam.securityAdmin'), [EXACT]],
  ['lets a stranger make keys', onProject('roles/iam.serviceAccountKeyAdmin'), [EXACT]],
  ['lets a stranger make tokens of every account', onProject('roles/iam.serviceAccountTokenCreator'), [EXACT]],
  ['lets a stranger run as every account', onProject('roles/iam.serviceAccountUser'), [EXACT]],
  ['gives a stranger a role that is not known', onProject('roles/strange.role'), [OPEN]],
  ['lets a stranger in by a custom role', custom('run.routes.invoke'), [EXACT]],
  ['lets a stranger change who may call', custom('run.services.setIamPolicy'), [EXACT]],
  ['lets a stranger sign as anybody', custom('iam.serviceAccounts.signJwt'), [EXACT]],
  [
    'gives a stranger the role on the folder',
    put('folder_iam_member', { folder: 'folders/1', role: 'roles/run.invoker', member: STRANGER }),
    [EXACT],
  ],
  [
    'gives a stranger the role on the organization',
    put('organization_iam_binding', { org_id: '1', role: 'roles/run.invoker', members: [STRANGER] }),
    [EXACT],
  ],
  [
    'gives a stranger the role under a condition',
    put('project_iam_member', {
      project: 'example-project',
      role: 'roles/run.invoker',
      member: STRANGER,
      condition: { title: 'x', expression: 'true' },
    }),
    [OPEN],
  ],
  [
    'gives roles on the service by a policy that another file makes',
    (file) =>
      put('cloud_run_v2_service_iam_policy', {
        name: `\${google_cloud_run_v2_service.${Object.keys(ofType(file, 'cloud_run_v2_service'))[0] ?? ''}.name}`,
        policy_data: '${var.policy}',
      })(file),
    [OPEN],
  ],
  ['lets a stranger make tokens of the server', onAccount('Restate', 'roles/iam.serviceAccountTokenCreator'), [EXACT]],
  [
    'lets every account make tokens of the server',
    onAccount('Restate', 'roles/iam.serviceAccountTokenCreator', 'allAuthenticatedUsers'),
    [EXACT],
  ],
  ['lets a stranger run as the server', onAccount('Restate', 'roles/iam.serviceAccountUser'), [EXACT]],
  ['lets a pod be the server', onAccount('Restate', 'roles/iam.workloadIdentityUser'), [EXACT]],
  ['lets a stranger rule over the account', onAccount('Restate', 'roles/iam.serviceAccountAdmin'), [EXACT]],
  ['lets the service call itself', toAccount('Greeter', 'roles/run.invoker'), [EXACT]],
  [
    'makes a key of the account of the server',
    (file) =>
      put('service_account_key', { service_account_id: accountOf(file, 'Restate').replace('email', 'name') })(file),
    [EXACT, 'federation-keyless broken'],
  ],
  [
    'makes a key of an account that nobody names',
    put('service_account_key', { service_account_id: '${var.account}' }),
    ['federation-keyless unproven'],
  ],
  [
    'has a service that runs as the server',
    (file) =>
      change(
        'cloud_run_v2_service',
        '',
        ({ template }) => (template.service_account = accountOf(file, 'Restate')),
      )(file),
    [EXACT],
  ],
  [
    'has a machine without an account',
    set(one('compute_instance_template'), { service_account: undefined }),
    [FITS, EXACT],
  ],
  ['has an account that is off', set(one('service_account', 'Restate'), { disabled: true }), [FITS]],
  [
    'takes tokens for another service',
    set(SERVICE, { custom_audiences: ['https://other-ew.a.run.app'] }),
    ['cloud-run-token-audience broken'],
  ],
  [
    'takes tokens for Google itself',
    set(SERVICE, { custom_audiences: ['https://www.googleapis.com/'] }),
    ['cloud-run-token-audience broken'],
  ],
  [
    'takes tokens of a web client',
    set(SERVICE, { custom_audiences: ['1.apps.googleusercontent.com'] }),
    ['cloud-run-token-audience broken'],
  ],
  [
    'takes tokens for what a variable says',
    set(SERVICE, { custom_audiences: ['${var.audience}'] }),
    ['cloud-run-token-audience unproven'],
  ],
  [
    'takes the tokens of another service, which has the same name beside its own',
    both(set(SERVICE, { custom_audiences: ['https://a.example.com'] }), (file) =>
      put('cloud_run_v2_service', { ...structuredClone(SERVICE(file)), name: 'second' }, 'second')(file),
    ),
    ['cloud-run-token-audience broken', EXACT, FITS],
  ],
];

const ON_STOREFRONT: readonly Fault[] = [
  [
    'lets a stranger make ID tokens of the caller',
    onAccount('Caller', 'roles/iam.serviceAccountOpenIdTokenCreator'),
    [EXACT],
  ],
  ['lets nobody make ID tokens of the caller', drop('service_account_iam_member'), [EXACT, FITS]],
  [
    'lets a stranger make them in the place of the server',
    set(one('service_account_iam_member'), { member: STRANGER }),
    [EXACT, FITS],
  ],
  [
    'lets the server look at the caller alone',
    set(one('service_account_iam_member'), { role: 'roles/iam.serviceAccountViewer' }),
    [EXACT, FITS],
  ],
  ['has a caller that is off', set(one('service_account', 'Caller'), { disabled: true }), [FITS]],
  [
    'lets a stranger make tokens of somebody who makes those of the caller',
    both(put('service_account', { account_id: 'between', project: 'example-project' }, 'Between'), (file) =>
      onAccount('Caller', 'roles/iam.serviceAccountTokenCreator', `serviceAccount:${accountOf(file, 'Between')}`)(file),
    ),
    [EXACT],
  ],
];

const TABLE = [
  ...FAULTS.map(([what, edit, expected]) => ['Invoices', what, edit, expected] as const),
  ...ON_STOREFRONT.map(([what, edit, expected]) => ['Storefront', what, edit, expected] as const),
];

test.each(['Invoices', 'Storefront'] as const)('all of it holds for %s', (example) => {
  expect(complaints(decided(example, CLOUD_RUN_CLAIMS))).toEqual([]);
});

test.each(TABLE)('%s: a deployment that %s does not pass', (example, _, edit, expected) => {
  expect(complained(example as Example, CLOUD_RUN_CLAIMS, edit)).toEqual([...expected].toSorted());
});
