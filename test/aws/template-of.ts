import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { MachineImage, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AdminAccess,
  IngressAuth,
  Peer,
  RestateServer,
  type IngressProps,
  type RestateServerProps,
  type ServerImages,
} from '../../lib/aws';

export const PUBLIC_KEY = 'publickeyv1_EDVySpZX8iWYYMEf8HjYSpVNxcbrdxJL3Jab7NNcN6tL';

const JWKS = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      kid: '1',
      x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
      y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
    },
  ],
} as const;

export const INLINE_AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwks: JWKS,
});

export const REMOTE_AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwksUri: 'https://login.example.com/keys.json',
});

export const MACHINE_IMAGE_ID = 'ami-0123456789abcdef0';

/** Properties that differ from a quiet deployment: internal, inline keys, nobody admitted. */
export interface Asked extends Partial<Omit<RestateServerProps, 'ingress'>> {
  readonly ingress?: Partial<IngressProps>;
}

export function imagesOf(stack: Stack): ServerImages {
  return {
    restate: {
      repository: Repository.fromRepositoryName(stack, 'RestateImage', 'mirror/restate'),
      tag: '1.7.12',
      digest: `sha256:${'a'.repeat(64)}`,
    },
    envoy: {
      repository: Repository.fromRepositoryName(stack, 'EnvoyImage', 'mirror/envoy'),
      tag: 'distroless-v1.40.0',
      digest: `sha256:${'b'.repeat(64)}`,
    },
    certificate: {
      repository: Repository.fromRepositoryName(stack, 'CertificateImage', 'mirror/envoy'),
      tag: 'v1.40.0',
      digest: `sha256:${'c'.repeat(64)}`,
    },
    machine: MachineImage.genericLinux({ 'eu-central-1': MACHINE_IMAGE_ID }),
  };
}

/** A server in a stack of its own, asked for as `ask` says. */
export function serverIn(stack: Stack, ask: Asked = {}, vpc: IVpc = networkOf(stack)): RestateServer {
  return new RestateServer(stack, 'Restate', {
    vpc,
    identity: { secret: Secret.fromSecretNameV2(stack, 'IdentityKey', 'orders/identity'), publicKey: PUBLIC_KEY },
    ...ask,
    images: ask.images ?? imagesOf(stack),
    ingress: {
      certificate: Certificate.fromCertificateArn(
        stack,
        'Certificate',
        'arn:aws:acm:eu-central-1:111122223333:certificate/1',
      ),
      hostnames: ['restate.example.com'],
      auth: INLINE_AUTH,
      ...ask.ingress,
    },
  });
}

export const ADMIN_HOSTNAME = 'admin.restate.example.com';

/** What opens the admin door, to one network when no peers are named. */
export function adminDoor(
  stack: Stack,
  peers: readonly Peer[] = [Peer.cidr('10.30.0.0/16')],
): Required<Pick<RestateServerProps, 'admin' | 'adminCertificate'>> {
  return {
    admin: AdminAccess.fromPeers(peers, {
      hostnames: [ADMIN_HOSTNAME],
      auth: IngressAuth.apiKeys({ jwks: JWKS }),
      roles: { viewer: ['restate:view'], operator: ['restate:operate'] },
    }),
    adminCertificate: Certificate.fromCertificateArn(
      stack,
      'AdminCertificate',
      'arn:aws:acm:eu-central-1:111122223333:certificate/2',
    ),
  };
}

export function networkOf(stack: Stack, natGateways = 0): Vpc {
  return new Vpc(stack, 'Network', { maxAzs: 2, natGateways });
}

export function newStack(props: StackProps = {}): Stack {
  // the tree of constructs, which the framework would write beside the template, is a fifth of the time and is read by nothing here
  return new Stack(new App({ treeMetadata: false }), 'Test', props);
}

/** The template of such a stack. */
export function templateOf(ask: (stack: Stack) => Asked = () => ({}), natGateways = 0): Template {
  const stack = newStack();
  serverIn(stack, ask(stack), networkOf(stack, natGateways));
  return Template.fromStack(stack);
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** The resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string | RegExp): [string, Resource][] {
  const resources = template.toJSON()['Resources'] as Record<string, Resource>;
  return Object.entries(resources).filter(([, { Type }]) =>
    typeof type === 'string' ? Type === type : type.test(Type),
  );
}

/** The one resource of a type whose logical id holds `name`. */
export function resourceOf(template: Template, type: string, name = ''): Resource {
  const found = resourcesOf(template, type).filter(([id]) => id.includes(name));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} resources of ${type} ${name}`);
  return found[0][1];
}
