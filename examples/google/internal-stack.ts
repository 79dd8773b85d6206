import type { Construct } from 'constructs';
import {
  AdminAccess,
  CloudRunService,
  IngressAuth,
  Peer,
  PrivateNetwork,
  ProxyCertificate,
  RestateServer,
} from 'portcullis/google';
import { ExampleStack, PROJECT, REGION } from './example-stack';
import { GREETER_IMAGE, MIRRORED, secret } from './mirrored';

/** The public half of the key that tokens are signed with. This one is fictitious. */
const SIGNER = {
  kty: 'EC',
  crv: 'P-256',
  alg: 'ES256',
  kid: '2026-11',
  x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
  y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
} as const;

/** Restate for callers inside the network, with a private service behind it. Operators come through a tunnel. */
export class InternalStack extends ExampleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    const restate = new RestateServer(this, 'Restate', {
      project: PROJECT,
      network: new PrivateNetwork(this, 'Network', { cidr: '10.20.0.0/24', region: REGION }),
      zone: `${REGION}-a`,
      images: MIRRORED,
      identity: {
        secret: secret('billing-identity-key'),
        publicKey: 'publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt',
      },
      ingress: {
        certificate: ProxyCertificate.fromSecret({
          certificate: secret('billing-certificate'),
          privateKey: secret('billing-certificate-key'),
        }),
        hostnames: ['restate.internal.example.com'],
        peers: [Peer.serviceAccount(`shop@${PROJECT.id}.iam.gserviceaccount.com`), Peer.cidr('10.30.0.0/16')],
        forwardHeaders: ['content-type', 'idempotency-key', 'traceparent', 'x-tenant-id'],
        auth: IngressAuth.jwt({
          issuer: 'https://login.example.com/',
          audiences: ['billing'],
          jwks: { keys: [SIGNER] },
        }),
      },
      admin: AdminAccess.fromIapTunnel(['group:operations@example.com'], {
        hostnames: ['restate-admin.internal.example.com'],
        auth: IngressAuth.apiKeys({ jwks: { keys: [SIGNER] }, revoked: ['lost-laptop-2026-10'] }),
        roles: { viewer: ['restate:view'], deployer: ['restate:deploy'], operator: ['restate:operate'] },
      }),
      adminCertificate: ProxyCertificate.fromSecret({
        certificate: secret('billing-admin-certificate'),
        privateKey: secret('billing-admin-certificate-key'),
      }),
    });

    new CloudRunService(this, 'Greeter', {
      project: PROJECT,
      region: REGION,
      image: GREETER_IMAGE,
      restate,
      secrets: { '/secrets/database/password': secret('greeter-database-password') },
    });
  }
}
