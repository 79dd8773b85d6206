import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { AdminAccess, IngressAuth, Peer, RestateServer } from 'portcullis/aws';
import { ADMIN_CERTIFICATE_ARN, CERTIFICATE_ARN, logArchive, mirroredImages } from './mirrored';
import { network } from './network';

/** The public half of the key that `portcullis api-key` signs with. This one is fictitious. */
const SIGNER = {
  kty: 'EC',
  crv: 'P-256',
  alg: 'ES256',
  kid: '2026-11',
  x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
  y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
} as const;

/** Restate for callers and operators inside the network, who show API keys. Nothing here has a way to the internet. */
export class InternalStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { terminationProtection: true });
    const vpc = network(this, { internet: false });
    const shop = new SecurityGroup(this, 'Shop', { vpc, description: 'The shop, which places orders' });
    const operations = new SecurityGroup(this, 'Operations', { vpc, description: 'Where operators and pipelines run' });
    const auth = IngressAuth.apiKeys({ jwks: { keys: [SIGNER] }, revoked: ['lost-laptop-2026-10'] });

    new RestateServer(this, 'Restate', {
      vpc,
      auditBucket: logArchive(this),
      images: mirroredImages(this),
      identity: {
        secret: Secret.fromSecretNameV2(this, 'IdentityKey', 'billing/restate-identity-key'),
        publicKey: 'publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt',
      },
      ingress: {
        certificate: Certificate.fromCertificateArn(this, 'Certificate', CERTIFICATE_ARN),
        hostnames: ['restate.internal.example.com'],
        peers: [Peer.securityGroup(shop), Peer.cidr('10.20.0.0/16')],
        forwardHeaders: ['content-type', 'idempotency-key', 'traceparent', 'x-tenant-id'],
        auth,
      },
      adminCertificate: Certificate.fromCertificateArn(this, 'AdminCertificate', ADMIN_CERTIFICATE_ARN),
      admin: AdminAccess.fromPeers([Peer.securityGroup(operations), Peer.cidr('10.30.0.0/16')], {
        hostnames: ['restate-admin.internal.example.com'],
        auth,
        roles: { viewer: ['restate:view'], deployer: ['restate:deploy'], operator: ['restate:operate'] },
      }),
    });
  }
}
