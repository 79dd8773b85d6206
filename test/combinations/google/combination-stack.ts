import type { TerraformStack } from 'cdktf';
import {
  AdminAccess,
  CloudRunService,
  GoogleCredentials,
  GoogleIdToken,
  ManagedCertificate,
  Peer,
  type IngressProps,
  type RestateServer,
  type RestateServerProps,
} from '../../../lib/google';
import { newStack } from '../../google/network-of';
import {
  ADMIN_HOSTNAME,
  certificate,
  CERTIFICATE_IMAGE,
  IMAGES,
  mutualTlsAuth,
  networkIn,
  secret,
  serverIn,
} from '../../google/template-of';
import { authOf, callersOf, ROLES } from '../doors';
import type { Combination } from './options';

const PROJECT = { id: 'my-project', number: '123456789012' } as const;
const REGION = 'europe-west1';
const CALLER = 'restate-caller@my-project.iam.gserviceaccount.com';
const SERVICE_IMAGE = {
  repository: IMAGES.restate.repository.replace(/restate$/, 'cart'),
  tag: '1.0.0',
  digest: `sha256:${'d'.repeat(64)}`,
};

/**
 * What Terraform is given for a combination.
 *
 * @throws UnsafeConfigurationError when there is no such deployment
 */
export function combinationConfiguration(combination: Combination): object {
  const stack = newStack();
  buildCombination(stack, combination);
  stack.prepareStack();
  return stack.toTerraform() as object;
}

/**
 * The constructs of a combination.
 *
 * @throws UnsafeConfigurationError when there is no such deployment
 */
export function buildCombination(stack: TerraformStack, combination: Combination): void {
  const { auth, snapshots, alarms, encryptionKey, requests, internet } = combination;
  const restate = serverIn(stack, {
    network: networkIn(stack, internet),
    ...operators(combination),
    ...calls(combination),
    ...(combination.certificate === 'balancer' && { images: { ...IMAGES, certificate: CERTIFICATE_IMAGE } }),
    ...(snapshots === 'none' && { snapshots: false }),
    ...(alarms === 'told' && { alarms: { channels: ['projects/my-project/notificationChannels/7'] } }),
    ...(encryptionKey === 'given' && {
      encryptionKey: `projects/my-project/locations/${REGION}/keyRings/restate/cryptoKeys/disks`,
    }),
    ingress: {
      auth: authOf(auth, 'orders', mutualTlsAuth),
      ...exposure(combination),
      ...callersOf(combination.callers),
      ...(combination.certificate === 'balancer' && { certificate: ManagedCertificate.forHostnames() }),
      ...(requests === 'narrow' && {
        forwardQuery: [],
        forwardHeaders: ['content-type', 'idempotency-key', 'x-tenant-id'],
        corsOrigins: ['https://app.example.com'],
        limits: { maxBodyBytes: 65_536, concurrentCalls: 100, maxConnections: 200 },
      }),
    },
  });
  serve(stack, restate, combination);
}

function exposure({ exposure: to, certificate: shown }: Combination): Partial<IngressProps> {
  if (to === 'internet') return { internetFacing: true };
  // Behind Google's HTTPS balancer nobody arrives by a private address.
  const block = Peer.cidr(shown === 'balancer' ? '198.51.100.0/24' : '10.30.0.0/16');
  if (to === 'internet-and-block') return { internetFacing: true, peers: [block] };
  if (to === 'block') return { peers: [block] };
  return { peers: [to === 'tag' ? Peer.tag('shop') : Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com')] };
}

function operators({ admin }: Combination): Partial<RestateServerProps> {
  const adminCertificate = admin === 'uncertified' ? {} : { adminCertificate: certificate('admin') };
  if (admin === 'nobody') return {};
  if (admin === 'certified-nobody') return adminCertificate;
  const shown = { account: 'jwt-fetched', tunnel: 'api-keys', 'by-certificate': 'mutual-tls' } as const;
  const method = admin in shown ? shown[admin as keyof typeof shown] : 'jwt';
  const door = { hostnames: [ADMIN_HOSTNAME], auth: authOf(method, 'operations', mutualTlsAuth), roles: ROLES };
  if (admin === 'tunnel')
    return { ...adminCertificate, admin: AdminAccess.fromIapTunnel(['group:ops@example.com'], door) };
  const peer =
    admin === 'account' ? Peer.serviceAccount('ops@my-project.iam.gserviceaccount.com') : Peer.cidr('10.31.0.0/16');
  return { ...adminCertificate, admin: AdminAccess.fromPeers([peer], door) };
}

function calls({ credentials, service }: Combination): Partial<RestateServerProps> {
  const shown: Readonly<Record<typeof credentials, () => GoogleCredentials | undefined>> = {
    ambient: () => undefined,
    impersonating: () => GoogleCredentials.metadataServer({ impersonate: CALLER }),
    'key-file': () => GoogleCredentials.serviceAccountKey({ secret: secret('caller-key'), account: CALLER }),
    none: () => GoogleCredentials.none(),
  };
  return {
    credentials: shown[credentials](),
    ...(service === 'by-address' && { services: [{ cidr: '10.20.4.0/24', ports: [9080] }] }),
  };
}

function serve(stack: TerraformStack, restate: RestateServer, { service }: Combination): void {
  if (service === 'by-address') return;
  const auth =
    service === 'cloud-run' ? GoogleIdToken.ambient() : GoogleIdToken.impersonated({ serviceAccount: CALLER });
  new CloudRunService(stack, 'Cart', { project: PROJECT, region: REGION, restate, image: SERVICE_IMAGE, auth });
}
