import { IDENTITY_CLAIMS } from '../../../lib/check/identity/identity-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { set } from '../edits';
import { accountOf, change, onAccount, one, onProject, put, STRANGER, toAccount } from '../google-edits';

const SECRETS = 'secret_manager_secret_iam_member';
const SECRET = 'projects/example-project/secrets/billing-identity-key';
const KEY = '${google_kms_crypto_key.Restate_Encryption_Key_AA79E715.id}';
const onSecret = (role: string, member: string, secret = SECRET): Fault[1] =>
  put(SECRETS, { secret_id: secret, role, member });
const secretTo =
  (word: string, secret: string): Fault[1] =>
  (file) =>
    onSecret('roles/secretmanager.secretAccessor', `serviceAccount:${accountOf(file, word)}`, secret)(file);
const onKey = (role: string, member: string): Fault[1] =>
  put('kms_crypto_key_iam_member', { crypto_key_id: KEY, role, member });

const READERS = 'secret-readers-exact broken';
const READERS_OPEN = 'secret-readers-exact unproven';
const WIDE = 'iam-no-wildcards broken';
const WIDE_OPEN = 'iam-no-wildcards unproven';
const USES = 'roles/cloudkms.cryptoKeyEncrypterDecrypter';
const READS = 'roles/secretmanager.secretAccessor';

const FAULTS: readonly Fault[] = [
  ['gives a secret to a stranger', onSecret(READS, STRANGER), [READERS]],
  ['gives a secret to everybody', onSecret(READS, 'allAuthenticatedUsers'), [READERS]],
  ['gives a secret to a group', onSecret(READS, 'group:everybody@example.com'), [READERS]],
  ['gives a secret to whom a variable names', onSecret(READS, '${var.member}'), [READERS_OPEN]],
  ['lets a stranger rule over a secret', onSecret('roles/secretmanager.admin', STRANGER), [READERS]],
  ['gives a stranger a strange role on a secret', onSecret('roles/secretmanager.strange', STRANGER), [READERS_OPEN]],
  ['gives the secret of the service to a stranger', set(one(SECRETS, 'Greeter'), { member: STRANGER }), [READERS]],
  [
    'gives the secret of the service to the server',
    secretTo('Restate', 'projects/example-project/secrets/greeter-database-password'),
    [READERS],
  ],
  ['gives a secret of the server to the service', secretTo('Greeter', SECRET), [READERS]],
  [
    'gives the server a secret that it does not use',
    secretTo('Restate', 'projects/example-project/secrets/other'),
    [READERS],
  ],
  ['gives all secrets to a stranger', onProject(READS), [READERS]],
  ['gives all secrets to the server', toAccount('Restate', READS), [READERS, WIDE]],
  ['has a stranger as its owner', onProject('roles/owner'), [READERS]],
  ['lets a stranger say who may do what', onProject('roles/resourcemanager.projectIamAdmin'), [READERS]],
  ['lets a stranger run as the server', onAccount('Restate', 'roles/iam.serviceAccountUser'), [READERS, WIDE]],
  ['lets a stranger rule over machines', onProject('roles/compute.instanceAdmin.v1'), [WIDE]],
  ['lets a group log in to machines', onProject('roles/compute.osAdminLogin', 'group:x@example.com'), [WIDE]],
  ['lets a stranger change what is logged', onProject('roles/logging.configWriter'), [WIDE]],
  ['lets everybody write lines', onProject('roles/logging.logWriter', 'allUsers'), [WIDE]],
  ['lets everybody look at the project', onProject('roles/viewer', 'allAuthenticatedUsers'), [WIDE]],
  [
    'lets a stranger copy disks',
    (file) => {
      put(
        'project_iam_custom_role',
        { role_id: 'copier', permissions: ['compute.disks.createSnapshot'] },
        'copier',
      )(file);
      onProject('${google_project_iam_custom_role.copier.id}')(file);
    },
    [WIDE],
  ],
  [
    'gives its disk to a stranger',
    put('compute_disk_iam_member', { name: 'x', role: 'roles/compute.storageAdmin', member: STRANGER }),
    [WIDE],
  ],
  [
    'lets a stranger log in to a machine',
    put('compute_instance_iam_member', { instance_name: 'x', role: 'roles/compute.osLogin', member: STRANGER }),
    [WIDE],
  ],
  [
    'gives its images to everybody',
    put('artifact_registry_repository_iam_member', {
      repository: 'mirror',
      role: 'roles/artifactregistry.reader',
      member: 'allUsers',
    }),
    [WIDE],
  ],
  [
    'lets a stranger exchange its images',
    put('artifact_registry_repository_iam_member', {
      repository: 'mirror',
      role: 'roles/artifactregistry.writer',
      member: STRANGER,
    }),
    [WIDE],
  ],
  [
    'lets an agent rule over its key',
    onKey('roles/editor', 'serviceAccount:service-1@compute-system.iam.gserviceaccount.com'),
    [READERS],
  ],
  [
    'runs its service as the account of the project',
    change('cloud_run_v2_service', '', ({ template }) => {
      template.service_account = '123456789012-compute@developer.gserviceaccount.com';
    }),
    [READERS, WIDE],
  ],
  [
    'lets a stranger make tokens of the service',
    onAccount('Greeter', 'roles/iam.serviceAccountTokenCreator'),
    [READERS, WIDE],
  ],
  [
    'makes a key of the server',
    (file) =>
      put('service_account_key', { service_account_id: accountOf(file, 'Restate').replace('email', 'name') })(file),
    [READERS],
  ],
  [
    'gives all secrets to a stranger by a binding of the folder',
    put('folder_iam_binding', { folder: 'folders/1', role: READS, members: [STRANGER] }),
    [READERS],
  ],
  ['lets a stranger decrypt', onKey(USES, STRANGER), [READERS]],
  ['lets everybody decrypt', onKey('roles/cloudkms.cryptoKeyDecrypter', 'allUsers'), [READERS]],
  ['lets a stranger rule over the key', onKey('roles/cloudkms.admin', STRANGER), [READERS]],
  ['lets a stranger decrypt with every key', onProject(USES), [READERS]],
  [
    'lets the agent of disks rule over the key',
    set(one('kms_crypto_key_iam_member', 'DiskAgent'), { role: 'roles/cloudkms.admin' }),
    [READERS],
  ],
  [
    'lets a stranger decrypt in the place of the agent',
    set(one('kms_crypto_key_iam_member', 'DiskAgent'), { member: STRANGER }),
    [READERS],
  ],
  [
    'lets an agent decrypt that keeps nothing',
    onKey(USES, 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com'),
    [READERS],
  ],
  [
    'lets a stranger decrypt with a ring of keys',
    put('kms_key_ring_iam_member', {
      key_ring_id: '${google_kms_key_ring.Restate_Encryption_KeyRing_577E2606.id}',
      role: USES,
      member: STRANGER,
    }),
    [READERS_OPEN],
  ],
  ['has a server that is the owner', toAccount('Restate', 'roles/owner'), [READERS, WIDE]],
  ['has a server that is an editor', toAccount('Restate', 'roles/editor'), [WIDE, READERS]],
  ['has a server that may look at everything', toAccount('Restate', 'roles/viewer'), [WIDE]],
  ['has a server that rules over logs', set(one('project_iam_member'), { role: 'roles/logging.admin' }), [WIDE]],
  ['has a server that calls all services', toAccount('Restate', 'roles/run.invoker'), [WIDE]],
  [
    'has a server that rules over images',
    set(one('artifact_registry_repository_iam_member'), { role: 'roles/artifactregistry.repoAdmin' }),
    [WIDE],
  ],
  [
    'has a server that writes images',
    set(one('artifact_registry_repository_iam_member'), { role: 'roles/artifactregistry.writer' }),
    [WIDE],
  ],
  [
    'has a server that rules over its service',
    set(one('cloud_run_v2_service_iam_binding'), { role: 'roles/run.admin' }),
    [WIDE],
  ],
  [
    'has a server that rules over a secret',
    set(one(SECRETS, 'IdentitySecret'), { role: 'roles/secretmanager.admin' }),
    [WIDE],
  ],
  [
    'has a server with a role of its own that is not known',
    toAccount('Restate', 'projects/example-project/roles/own'),
    [WIDE_OPEN, READERS_OPEN],
  ],
  ['has a service that is an editor', toAccount('Greeter', 'roles/editor'), [WIDE, READERS]],
  [
    'has a server that rules over a folder',
    (file) =>
      put('folder_iam_member', {
        folder: 'folders/1',
        role: 'roles/logging.logWriter',
        member: `serviceAccount:${accountOf(file, 'Restate')}`,
      })(file),
    [WIDE],
  ],
  [
    'has a service with the account of everybody',
    change('cloud_run_v2_service', '', ({ template }) => delete template.service_account),
    [WIDE, READERS],
  ],
  [
    'has a machine with the account of everybody',
    change('compute_instance_template', '', ({ service_account: account }) => delete account.email),
    [WIDE, READERS],
  ],
];

test.each(['Invoices', 'Storefront'] as const)('all of it holds for %s', (example) => {
  expect(complaints(decided(example, IDENTITY_CLAIMS))).toEqual([]);
});

test.each(FAULTS)('a deployment that %s does not pass', (_, edit, expected) => {
  expect(complained('Invoices', IDENTITY_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test('a server that may do everything as whom it calls as does not pass', () => {
  const edit = set(one('service_account_iam_member'), { role: 'roles/iam.serviceAccountTokenCreator' });
  expect(complained('Storefront', IDENTITY_CLAIMS, edit)).toEqual([WIDE]);
});
