import type { TerraformStack } from 'cdktf';
import { CALLERS_AUTHORITY } from '../../examples/aws/callers-authority';
import {
  AdminAccess,
  IngressAuth,
  PrivateNetwork,
  ProxyCertificate,
  RestateServer,
  SecretVersion,
  type IngressProps,
  type RestateServerProps,
  type ServerImages,
} from '../../lib/google';
import { JWKS_OF_TEST } from './jwks-of-test';
import { resourcesOf, type Resource, type Resources } from './network-of';

export const PUBLIC_KEY = 'publickeyv1_EDVySpZX8iWYYMEf8HjYSpVNxcbrdxJL3Jab7NNcN6tL';
export const MACHINE_IMAGE = 'projects/cos-cloud/global/images/cos-121-18867-90-59';
export const ADMIN_HOSTNAME = 'admin.restate.example.com';

const REGISTRY = 'europe-west1-docker.pkg.dev/my-project/mirror';

export const INLINE_AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwks: JWKS_OF_TEST,
});

export const IMAGES = {
  restate: { repository: `${REGISTRY}/restate`, tag: '1.7.12', digest: `sha256:${'a'.repeat(64)}` },
  envoy: { repository: `${REGISTRY}/envoy`, tag: 'distroless-v1.40.0', digest: `sha256:${'b'.repeat(64)}` },
  machine: MACHINE_IMAGE,
} as const satisfies ServerImages;

export const CERTIFICATE_IMAGE = {
  repository: `${REGISTRY}/envoy`,
  tag: 'v1.40.0',
  digest: `sha256:${'c'.repeat(64)}`,
} as const;

/** Properties that differ from a quiet deployment: internal, inline keys, nobody admitted. */
export interface Asked extends Partial<Omit<RestateServerProps, 'ingress'>> {
  readonly ingress?: Partial<IngressProps>;
}

export function secret(name: string, version = '1'): SecretVersion {
  return SecretVersion.of({ secret: `projects/my-project/secrets/${name}`, version });
}

export function certificate(name: string): ProxyCertificate {
  return ProxyCertificate.fromSecret({ certificate: secret(`${name}-chain`), privateKey: secret(`${name}-key`) });
}

export const IDENTITY = { secret: secret('identity', '3'), publicKey: PUBLIC_KEY } as const;

/** Callers show certificates. */
export function mutualTlsAuth(crl = 'gs://example-ca/ca.crl.pem'): ReturnType<typeof IngressAuth.mutualTls> {
  return IngressAuth.mutualTls({ ca: CALLERS_AUTHORITY, names: ['shop.internal.example.com'], crl });
}

/** What opens the admin door to people who come by tunnel. */
export function tunnelDoor(
  principals: readonly string[] = ['group:ops@example.com'],
): Required<Pick<RestateServerProps, 'admin' | 'adminCertificate'>> {
  return { admin: AdminAccess.fromIapTunnel(principals, ADMIN_OPTIONS), adminCertificate: certificate('admin') };
}

export const ADMIN_OPTIONS = {
  hostnames: [ADMIN_HOSTNAME],
  auth: IngressAuth.apiKeys({ jwks: JWKS_OF_TEST }),
  roles: { viewer: ['restate:view'], operator: ['restate:operate'] },
} as const;

/** A server in a network of its own, asked for as `asked` says. */
export function serverIn(stack: TerraformStack, asked: Asked = {}): RestateServer {
  return new RestateServer(stack, 'Restate', {
    project: { id: 'my-project', number: '123456789012' },
    network: asked.network ?? networkIn(stack),
    zone: 'europe-west1-b',
    images: IMAGES,
    identity: IDENTITY,
    ...asked,
    ingress: {
      certificate: certificate('ingress'),
      hostnames: ['restate.example.com'],
      auth: INLINE_AUTH,
      ...asked.ingress,
    },
  });
}

export function networkIn(stack: TerraformStack, internet: 'none' | 'nat' = 'none'): PrivateNetwork {
  return new PrivateNetwork(stack, 'Network', { cidr: '10.20.0.0/24', region: 'europe-west1', internet });
}

/** What Terraform is given for such a server, by type, then by path. */
export function serverResources(
  ask: (stack: TerraformStack) => Asked = () => ({}),
  then: (server: RestateServer) => void = () => {},
): Resources {
  return resourcesOf((stack) => then(serverIn(stack, ask(stack))));
}

/** The resource of a type whose path ends so. */
export function resourceAt(resources: Resources, type: string, path: string): Resource {
  const found = resources[type]?.[`Restate/${path}`];
  if (found === undefined) throw new Error(`no ${type} at ${path}, but ${Object.keys(resources[type] ?? {}).join()}`);
  return found;
}
