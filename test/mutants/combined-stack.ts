import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { IngressAuth, Peer, ProxyCertificate, RestateServer } from 'portcullis/aws';
import { CALLERS_AUTHORITY } from '../../examples/aws/callers-authority';
import { mirroredImages } from '../../examples/aws/mirrored';

const SHOP = 'shop.internal.example.com';
const AUDIT = 'spiffe://example.com/audit';
const KEY = {
  kty: 'EC',
  crv: 'P-256',
  alg: 'ES256',
  x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
  y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
} as const;

/** Every method at one door, with grants by scope and by certificate: what no example has, but anybody may write. */
export class CombinedStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Network', { maxAzs: 2, natGateways: 0 });
    const callers = new SecurityGroup(this, 'Callers', { vpc });
    new RestateServer(this, 'Restate', {
      vpc,
      images: mirroredImages(this),
      identity: {
        secret: Secret.fromSecretNameV2(this, 'IdentityKey', 'combined/restate-identity-key'),
        publicKey: 'publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt',
      },
      ingress: {
        certificate: ProxyCertificate.fromSecret(Secret.fromSecretNameV2(this, 'Certificate', 'combined/certificate')),
        hostnames: ['combined.internal.example.com'],
        peers: [Peer.securityGroup(callers)],
        auth: IngressAuth.anyOf(
          IngressAuth.jwt({
            issuer: 'https://login.internal.example.com/',
            audiences: ['combined'],
            jwks: { keys: [{ ...KEY, kid: 'login-1' }] },
          }),
          IngressAuth.apiKeys({ jwks: { keys: [{ ...KEY, kid: 'operator-1' }] }, revoked: ['leaked-in-june'] }),
          IngressAuth.mutualTls({
            ca: CALLERS_AUTHORITY,
            names: [SHOP, AUDIT],
            crl: 's3://example-callers-authority/callers.crl.pem',
          }),
        ),
        callers: [
          { scope: 'cart:write', handlers: [{ object: 'Cart', handlers: ['add', 'remove'] }] },
          { certificate: SHOP, handlers: [{ object: 'Cart', handlers: ['add'] }] },
          { certificate: AUDIT, handlers: [{ service: 'Reports', handlers: ['daily'] }] },
        ],
      },
    });
  }
}
