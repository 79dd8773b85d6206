import { ADMIN_OPTIONS, certificate, CERTIFICATE_IMAGE, IMAGES, serverResources, tunnelDoor } from './template-of';
import { AdminAccess, GoogleCredentials, ManagedCertificate, Peer, SecretVersion } from '../../lib/google';
import type { Resources } from './network-of';

const PLANTED = 'projects/my-project/secrets/planted';

/** Each way to deploy, so that what is counted is counted in all of them. */
const DEPLOYMENTS: readonly (readonly [string, Resources])[] = [
  ['quiet', serverResources()],
  ['with operators by tunnel and by address', serverResources(() => operators())],
  [
    'behind an HTTPS balancer, for everybody',
    serverResources(() => ({
      ingress: { certificate: ManagedCertificate.forHostnames(), internetFacing: true },
      images: { ...IMAGES, certificate: CERTIFICATE_IMAGE },
    })),
  ],
  [
    'with a key file that impersonates',
    serverResources(() => ({
      credentials: GoogleCredentials.serviceAccountKey({
        secret: SecretVersion.of({ secret: PLANTED, version: '7' }),
        account: 'caller@other-project.iam.gserviceaccount.com',
        impersonate: 'invoker@my-project.iam.gserviceaccount.com',
      }),
    })),
  ],
  [
    'with break-glass',
    serverResources(
      () => tunnelDoor(),
      (server) => server.grantBreakGlass('group:oncall@example.com'),
    ),
  ],
];

function operators(): object {
  const peers = [Peer.cidr('10.30.0.0/16')];
  return { admin: AdminAccess.fromPeers(peers, ADMIN_OPTIONS), adminCertificate: certificate('admin') };
}

describe.each(DEPLOYMENTS)('a deployment %s', (_, resources) => {
  const text = JSON.stringify(resources);
  const allOf = (type: RegExp): readonly Record<string, unknown>[] =>
    Object.entries(resources).flatMap(([name, byPath]) => (type.test(name) ? Object.values(byPath) : []));

  test('gives the machine no address of the internet', () => {
    expect(text).not.toContain('access_config');
    expect(allOf(/^google_compute_instance_template$/)).toHaveLength(1);
  });

  test('holds no primitive role, no administrator, and admits nobody who is everybody', () => {
    const roles = allOf(/_iam_(?:member|binding)$/).map(({ role }) => String(role));
    expect(roles).toContain('roles/artifactregistry.reader');
    expect(roles.filter((role) => /^roles\/(?:owner|editor|viewer)$|\.admin$/.test(role))).toEqual([]);
    expect(text).not.toMatch(/allUsers|allAuthenticatedUsers|"domain:/);
  });

  test('grants on the whole project the writing of logs alone', () => {
    expect(allOf(/^google_project_iam_member$/).map(({ role }) => role)).toEqual(['roles/logging.logWriter']);
    expect(allOf(/_iam_policy$|^google_(?:folder|organization)_iam/)).toEqual([]);
  });

  test('names nothing that moves: no latest, no family, no data source', () => {
    expect(text).not.toMatch(/[:/]latest\b|\/family\/|\$\{data\./);
  });

  test('keeps no value of a secret, and makes none', () => {
    expect(text).not.toMatch(/secret_data|BEGIN [A-Z ]*PRIVATE KEY-----\\+n/);
    expect(allOf(/secret_version$|service_account_key$|tls_private_key$/)).toEqual([]);
  });

  test('encrypts every disk and the log with the key of the server', () => {
    const key = expect.stringContaining('google_kms_crypto_key.') as string;
    expect(allOf(/^google_compute_disk$/)).toMatchObject([{ disk_encryption_key: { kms_key_self_link: key } }]);
    expect(allOf(/^google_compute_instance_template$/)).toMatchObject([
      { disk: [{ boot: true, disk_encryption_key: { kms_key_self_link: key } }] },
    ]);
    expect(allOf(/^google_logging_project_bucket_config$/)).toMatchObject([{ cmek_settings: { kms_key_name: key } }]);
  });

  test('lets nothing be destroyed that holds data, or opens it', () => {
    const kept = ['kms_key_ring', 'kms_crypto_key', 'compute_disk', 'logging_project_bucket_config'];
    for (const type of kept) {
      expect(allOf(new RegExp(`^google_${type}$`))).toMatchObject([{ lifecycle: { prevent_destroy: true } }]);
    }
  });
});
