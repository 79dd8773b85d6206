import type { TerraformStack } from 'cdktf';
import { IngressAuth, ManagedCertificate, Peer, ProxyCertificate, type SecretVersion } from '../../lib/google';
import { refusal } from '../core/refusal';
import { networkWith, newStack } from './network-of';
import {
  type Asked,
  CERTIFICATE_IMAGE,
  IDENTITY,
  IMAGES,
  INLINE_AUTH,
  mutualTlsAuth,
  networkIn,
  PUBLIC_KEY,
  secret,
  serverIn,
} from './template-of';

type Case = readonly [claim: string, code: string, ask: object | ((stack: TerraformStack) => Asked)];

const REMOTE_AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwksUri: 'https://login.example.com/keys.json',
});
const managed = { certificate: ManagedCertificate.forHostnames() };
const minted = { images: { ...IMAGES, certificate: CERTIFICATE_IMAGE } };
const restate = (change: object): object => ({ images: { ...IMAGES, restate: { ...IMAGES.restate, ...change } } });
const machine = (image: string): object => ({ images: { ...IMAGES, machine: image } });
const peers = (...named: readonly unknown[]): object => ({ ingress: { peers: named } });
const workload = (handle: unknown): object => ({ kind: 'workload', handle });
const TOKEN = '${TfToken[TOKEN.1]}';

function refused(ask: Case[2]): ReturnType<typeof refusal> {
  const stack = newStack();
  return refusal(() => serverIn(stack, typeof ask === 'function' ? ask(stack) : ask));
}

describe('a server is refused', () => {
  test.each<Case>([
    ['on a service of Cloud Run', 'HostUnfit', { host: 'cloud-run-service' }],
    ['on a worker pool of Cloud Run', 'HostUnfit', { host: 'cloud-run-worker-pool' }],
    ['on a host that nothing is known of', 'HostUnfit', { host: 'gke' }],

    ['with an option that nobody reads', 'OptionUnknown', { deletionProtection: false }],
    ['with an option of the ingress that nobody reads', 'OptionUnknown', { ingress: { public: true } }],
    ['with a secret in place of its reference', 'OptionUnknown', { identity: { ...IDENTITY, value: 'x' } }],
    ['with an image that nobody reads', 'OptionUnknown', { images: { ...IMAGES, sidecar: IMAGES.envoy } }],
    ['with a server option that nobody reads', 'OptionUnknown', { server: { baseDir: '/tmp' } }],
    ['with a project of one word', 'OptionInvalid', { project: 'my-project' }],
    ['without a project', 'OptionMissing', { project: undefined }],
    ['with alarms that are a list', 'OptionInvalid', { alarms: ['projects/my-project/notificationChannels/7'] }],
    ['with nobody as text', 'OptionInvalid', { admin: 'nobody' }],
    ['without a certificate', 'OptionMissing', { ingress: { certificate: undefined } }],

    ['in a project that there is none of', 'ProjectInvalid', { project: { id: 'My Project', number: '123456789012' } }],
    [
      'with the id of a project as its number',
      'ProjectInvalid',
      { project: { id: 'my-project', number: 'my-project' } },
    ],
    [
      'in a project by a number that is none',
      'ProjectInvalid',
      { project: { id: 'my-project', number: 123456789012 } },
    ],
    ['without a network', 'OptionMissing', { network: null }],
    [
      'in a network of a subnet that there is none of',
      'CidrInvalid',
      { network: { ...networkWith(), cidr: '10.20.0.0/33' } },
    ],
    [
      'in a network with a way out of no kind',
      'InternetAccessInvalid',
      { network: { ...networkWith(), internet: 'all' } },
    ],
    ['in a zone of another region', 'ZoneElsewhere', { zone: 'europe-west10-a' }],
    ['in a region in place of a zone', 'ZoneElsewhere', { zone: 'europe-west1' }],
    ['in a zone that is not known yet', 'ValueNotConcrete', { zone: TOKEN }],

    ['with an image as text', 'OptionInvalid', { images: { ...IMAGES, restate: 'restate:1.7.12' } }],
    ['with a proxy as text', 'OptionInvalid', { images: { ...IMAGES, envoy: 'envoy:v1.40.0' } }],
    [
      'with an image that mints as text',
      'OptionInvalid',
      { ingress: managed, images: { ...IMAGES, certificate: 'envoy:v1.40.0' } },
    ],
    ['without an image', 'OptionMissing', { images: { ...IMAGES, restate: undefined } }],
    ['with an image of an option that nobody reads', 'OptionUnknown', restate({ sha: 'x' })],
    ['of no single release', 'ServerVersionInvalid', restate({ tag: 'latest' })],
    ['of a vulnerable release', 'ServerVersionVulnerable', restate({ tag: '1.7.4' })],
    [
      'with a proxy of an unknown release',
      'ProxyVersionUnknown',
      {
        images: { ...IMAGES, envoy: { ...IMAGES.envoy, tag: 'distroless-v1.30.0' } },
      },
    ],
    ['with an image of nowhere', 'ImageRepositoryElsewhere', restate({ repository: undefined })],
    ['with an image without a digest', 'ImageDigestInvalid', restate({ digest: '' })],
    ['with an image by a short digest', 'ImageDigestInvalid', restate({ digest: 'sha256:abc' })],
    [
      'with an image of Docker Hub',
      'ImageRepositoryElsewhere',
      restate({ repository: 'docker.io/restatedev/restate' }),
    ],
    [
      'with an image of the old registry',
      'ImageRepositoryElsewhere',
      restate({ repository: 'gcr.io/my-project/restate' }),
    ],
    [
      'with a repository that has no image',
      'ImageRepositoryElsewhere',
      restate({
        repository: 'europe-west1-docker.pkg.dev/my-project/mirror',
      }),
    ],
    [
      'with a tag in the repository',
      'ImageRepositoryElsewhere',
      restate({
        repository: 'europe-west1-docker.pkg.dev/my-project/mirror/restate:1.7.12',
      }),
    ],
    [
      'with a registry that only looks like one',
      'ImageRepositoryElsewhere',
      restate({
        repository: 'europe-west1-docker.pkg.dev.example.com/my-project/mirror/restate',
      }),
    ],
    ['on a machine of a family', 'MachineImageMoves', machine('projects/cos-cloud/global/images/family/cos-stable')],
    ['on a machine of an alias', 'MachineImageMoves', machine('cos-cloud/cos-stable')],
    ['on a machine of a name alone', 'MachineImageMoves', machine('cos-121-18867-90-59')],
    ['on a machine that is not known yet', 'ValueNotConcrete', machine(TOKEN)],

    [
      'with an image that mints by the name of whatever is newest',
      'ImageTagInvalid',
      { ingress: managed, images: { ...IMAGES, certificate: { ...CERTIFICATE_IMAGE, tag: 'latest' } } },
    ],
    ['without an image that mints', 'CertificateImageMissing', { ingress: managed }],
    ['with an image that mints nothing', 'CertificateImageUnused', minted],
    [
      'with client certificates behind an HTTPS balancer',
      'CertificateEndsTooEarly',
      {
        ...minted,
        ingress: { ...managed, auth: mutualTlsAuth() },
      },
    ],
    [
      'with client certificates beside tokens behind an HTTPS balancer',
      'CertificateEndsTooEarly',
      {
        ...minted,
        ingress: { ...managed, auth: IngressAuth.anyOf(INLINE_AUTH, mutualTlsAuth()) },
      },
    ],
    [
      'with a revocation list of another cloud',
      'RevocationListElsewhere',
      {
        ingress: { auth: mutualTlsAuth('s3://example-ca/ca.crl.pem') },
      },
    ],

    ['with a public key that is none', 'PublicKeyInvalid', { identity: { ...IDENTITY, publicKey: 'secret' } }],
    ['with the same public key twice', 'PublicKeyRepeated', { identity: { ...IDENTITY, alsoAccepted: [PUBLIC_KEY] } }],
    [
      'with a secret of no version',
      'SecretVersionInvalid',
      {
        identity: { ...IDENTITY, secret: { ...secret('identity'), version: 'latest' } },
      },
    ],
    [
      'with a value in place of a secret',
      'SecretIdInvalid',
      {
        identity: { ...IDENTITY, secret: byHand('-----BEGIN PRIVATE KEY-----') },
      },
    ],
    [
      'with a secret id with blanks',
      'SecretIdInvalid',
      {
        ingress: {
          certificate: ProxyCertificate.fromSecret({
            certificate: byHand('projects/my-project/secrets/my chain'),
            privateKey: secret('key'),
          }),
        },
      },
    ],
    ['with credentials that no factory made', 'CredentialsInvalid', { credentials: { source: 'everything' } }],

    ['on a type of machine that there is none of', 'MachineTypeInvalid', { machineType: 'Large' }],
    ['on a machine without Persistent Disk', 'MachineTypeInvalid', { machineType: 'c4-standard-4' }],
    ['with a slow disk', 'DiskInvalid', { diskType: 'pd-standard' }],
    ['with a disk in memory', 'DiskInvalid', { diskType: 'local-ssd' }],
    ['with a disk too small', 'DiskInvalid', { diskSizeGib: 9 }],
    ['with half a GiB', 'DiskInvalid', { diskSizeGib: 64.5 }],
    ['with a snapshot of a disk alone', 'SnapshotIdInvalid', { restoreFrom: 'orders-1' }],
    ['with a snapshot that is not known yet', 'ValueNotConcrete', { restoreFrom: TOKEN }],
    ['with snapshots every five hours', 'SnapshotScheduleInvalid', { snapshots: { everyHours: 5 } }],
    ['with snapshots of a day', 'SnapshotScheduleInvalid', { snapshots: { keepDays: 1 } }],
    ['with snapshots by count', 'OptionUnknown', { snapshots: { keep: 28 } }],
    ['with logs of no day', 'LogRetentionInvalid', { logRetentionDays: 0 }],
    ['with logs for ever', 'LogRetentionInvalid', { logRetentionDays: 3651 }],
    [
      'with a key of another region',
      'EncryptionKeyElsewhere',
      {
        encryptionKey: 'projects/keys/locations/global/keyRings/all/cryptoKeys/restate',
      },
    ],
    [
      'with a version of a key',
      'EncryptionKeyElsewhere',
      {
        encryptionKey: 'projects/keys/locations/europe-west1/keyRings/all/cryptoKeys/restate/cryptoKeyVersions/1',
      },
    ],
    ['with a person as the agent of logs', 'ServiceAccountInvalid', { logEncryptionAgent: 'ada@example.com' }],

    [
      'with a port that there is none of',
      'ServiceRangeInvalid',
      { services: [{ cidr: '10.40.0.0/24', ports: [99_999] }] },
    ],
    ['with services on the internet', 'ServiceRangeInvalid', { services: [{ cidr: '0.0.0.0/0', ports: [443] }] }],
    ['with a block that is none', 'CidrInvalid', { services: [{ cidr: '10.10.0.0/99', ports: [9080] }] }],
    ['with fetched keys and no way out', 'WayOutMissing', { ingress: { auth: REMOTE_AUTH } }],
    ['open to the internet without a way back', 'RouteToInternetMissing', { ingress: { internetFacing: true } }],
    [
      'with peers beside everybody',
      'PeersBesideInternet',
      (stack) => ({
        network: networkIn(stack, 'nat'),
        ingress: { internetFacing: true, peers: [Peer.cidr('10.0.0.0/8')] },
      }),
    ],
    ['with a peer that is everybody by hand', 'CidrTooOpen', peers({ kind: 'cidr', cidr: '0.0.0.0/0' })],
    ['with a block in place of a peer', 'PeerInvalid', peers('10.0.0.0/8')],
    [
      'with a path in place of a handler',
      'HandlersInvalid',
      { ingress: { callers: [{ scope: 'orders', handlers: ['Orders/place'] }] } },
    ],
    ['with a peer of IPv6', 'PeerUnreachable', peers(Peer.cidr('fd00:1234::/32'))],
    [
      'with a private peer of a load balancer on the internet',
      'PeerUnreachable',
      { ...minted, ingress: { ...managed, peers: [Peer.cidr('10.20.0.0/16')] } },
    ],
    ['with a load balancer on the internet for nobody', 'PeersMissing', { ...minted, ingress: managed }],
    [
      'with a load balancer on the internet for no peers',
      'PeersMissing',
      { ...minted, ingress: { ...managed, peers: [] } },
    ],
    [
      'with an account that is a person',
      'ServiceAccountInvalid',
      peers(workload({ kind: 'service-account', email: 'ada@example.com' })),
    ],
    ['with a tag that no machine carries', 'NetworkTagInvalid', peers(workload({ kind: 'tag', tag: 'Shop Floor' }))],
    ['with a peer of another cloud', 'PeerInvalid', peers(workload({ securityGroupId: 'sg-1' }))],
  ])('%s', (_, code, ask) => {
    expect(refused(ask).code).toBe(code);
  });
});

describe('what a refusal says', () => {
  test('of Cloud Run is why data would be lost there', () => {
    const { message } = refused({ host: 'cloud-run-worker-pool' });
    expect(message).toContain('RocksDB needs a real disk');
    expect(message).toContain('SIGTERM');
    expect(refused({ host: 'cloud-run-service' }).message).toMatch(/memory alone.*fabric/);
  });

  test.each([
    [
      'a project of one word',
      { project: 'my-project' },
      "project given as text: it is no object; give { id: 'my-project', number: '123456789012' }",
    ],
    [
      'an image as text',
      { images: { ...IMAGES, restate: 'restate:1.7.12' } },
      'images.restate given as text: it is no object; give { repository, tag, digest }',
    ],
    [
      'alarms that are a list',
      { alarms: ['projects/my-project/notificationChannels/7'] },
      'alarms given as a list: it is no object; give an object of channels, thresholds',
    ],
  ])('of %s is what to write', (_, asked, said) => {
    expect(refused(asked).message).toContain(said);
  });

  test('of a secret holds nothing of what was given', () => {
    const { message } = refused({ identity: { ...IDENTITY, secret: byHand('-----BEGIN PRIVATE KEY-----MC4C') } });
    expect(message).not.toContain('MC4C');
  });
});

test('what is known only at deployment may be the project, its number, and e-mail addresses', () => {
  const stack = newStack();
  expect(() =>
    serverIn(stack, {
      project: { id: TOKEN, number: TOKEN },
      ingress: { peers: [Peer.serviceAccount(TOKEN)] },
      logEncryptionAgent: TOKEN,
    }),
  ).not.toThrow();
});

test.each(['', 'Shop', '1shop', 'shop-', 'a'.repeat(64)])('no machine carries the tag %j', (tag) => {
  expect(refusal(() => Peer.tag(tag)).code).toBe('NetworkTagInvalid');
});

function byHand(text: string): SecretVersion {
  return { secret: text, version: '1', name: text };
}
