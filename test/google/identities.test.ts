import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { GoogleCredentials } from '../../lib/google';
import { onlyOf, type Resource, type Resources } from './network-of';
import { type Asked, IDENTITY, IMAGES, mutualTlsAuth, secret, serverResources } from './template-of';

const MACHINE = /^serviceAccount:\$\{google_service_account\.Restate_Account_\w+\.email\}$/;

/** What the machine's account holds, as `role on what`. */
function powers(ask: (stack: TerraformStack) => Asked = () => ({})): readonly string[] {
  return membersIn(serverResources(ask))
    .filter(({ member }) => MACHINE.test(String(member)))
    .map(({ role, ...on }) => `${String(role).replace('roles/', '')} on ${named(on)}`)
    .sort();
}

function membersIn(resources: Resources): readonly Resource[] {
  return Object.entries(resources).flatMap(([type, byPath]) =>
    type.endsWith('_iam_member') ? Object.values(byPath) : [],
  );
}

function named(on: Resource): string {
  const places = ['repository', 'secret_id', 'bucket', 'service_account_id', 'project'];
  return places.map((place) => on[place]).find((place) => typeof place === 'string') ?? 'nothing';
}

const ALWAYS = [
  'artifactregistry.reader on mirror',
  'logging.logWriter on my-project',
  'secretmanager.secretAccessor on projects/my-project/secrets/identity',
  'secretmanager.secretAccessor on projects/my-project/secrets/ingress-chain',
  'secretmanager.secretAccessor on projects/my-project/secrets/ingress-key',
];

describe("the machine's account holds", () => {
  test('its images, its logs and its secrets, each by name, and nothing else', () => {
    expect(powers()).toEqual(ALWAYS);
  });

  test('each repository once, and all of them', () => {
    const elsewhere = { ...IMAGES.envoy, repository: 'europe-docker.pkg.dev/other-project/proxies/envoy' };
    expect(powers(() => ({ images: { ...IMAGES, envoy: elsewhere } }))).toEqual(
      [...ALWAYS, 'artifactregistry.reader on proxies'].sort(),
    );
  });

  test('each secret once, where two files are of one', () => {
    expect(powers(() => ({ identity: { ...IDENTITY, secret: secret('ingress-key', '2') } }))).toEqual(
      ALWAYS.filter((power) => !power.endsWith('/identity')),
    );
  });

  test('what a server that impersonates can have done in its name, which every report says', () => {
    const comments = [{}, { impersonate: 'invoker@my-project.iam.gserviceaccount.com' }].map((options) => {
      const resources = serverResources(() => ({ credentials: GoogleCredentials.metadataServer(options) }));
      return onlyOf(resources, 'google_compute_instance_template')['//'];
    });
    expect(comments[0]).not.toHaveProperty('portcullis:accepted');
    expect(comments[1]).toMatchObject({ 'portcullis:accepted': [{ claim: 'metadata-unreachable' }] });
  });

  test('ID tokens of the one account that it impersonates, never its access tokens', () => {
    const impersonate = 'invoker@my-project.iam.gserviceaccount.com';
    expect(powers(() => ({ credentials: GoogleCredentials.metadataServer({ impersonate }) }))).toEqual(
      [...ALWAYS, `iam.serviceAccountOpenIdTokenCreator on projects/-/serviceAccounts/${impersonate}`].sort(),
    );
  });

  test('the bucket of the revocation list', () => {
    expect(powers(() => ({ ingress: { auth: mutualTlsAuth() } }))).toEqual(
      [...ALWAYS, 'storage.objectViewer on example-ca'].sort(),
    );
  });

  test('no secret of a key file twice, and no power by it', () => {
    const asked = powers(() => ({
      credentials: GoogleCredentials.serviceAccountKey({
        secret: secret('caller'),
        account: 'caller@other-project.iam.gserviceaccount.com',
        impersonate: 'invoker@my-project.iam.gserviceaccount.com',
      }),
    }));
    expect(asked).toEqual([...ALWAYS, 'secretmanager.secretAccessor on projects/my-project/secrets/caller'].sort());
  });
});

test('a key file mints as its own account, which is whom the right is given to', () => {
  const resources = serverResources(() => ({
    credentials: GoogleCredentials.serviceAccountKey({
      secret: secret('caller'),
      account: 'caller@other-project.iam.gserviceaccount.com',
      impersonate: 'invoker@my-project.iam.gserviceaccount.com',
    }),
  }));
  expect(Object.values(resources['google_service_account_iam_member'] ?? {})).toMatchObject([
    {
      member: 'serviceAccount:caller@other-project.iam.gserviceaccount.com',
      role: 'roles/iam.serviceAccountOpenIdTokenCreator',
    },
  ]);
});

test("the key is used by Google's agents for disks and logs, and by nobody else", () => {
  const agents = Object.values(serverResources()['google_kms_crypto_key_iam_member'] ?? {});
  expect(agents.map(({ role, member }) => [role, member])).toEqual([
    [
      'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      'serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com',
    ],
    [
      'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      'serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com',
    ],
  ]);
});

test('a member of IAM is made in one file', () => {
  const rooms = ['google', 'google/machine'].map((room) => join(__dirname, '../../lib', room));
  const files = rooms.flatMap((room) => readdirSync(room).map((file) => join(room, file)));
  const making = files
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /new \w+Iam(?:Member|Binding|Policy)\w*\(/.test(readFileSync(file, 'utf8')));
  expect(making).toEqual([join(__dirname, '../../lib/google/iam-members.ts')]);
});
