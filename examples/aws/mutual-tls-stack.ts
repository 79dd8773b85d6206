import { Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { IngressAuth, Peer, ProxyCertificate, RestateServer } from 'portcullis/aws';
import { CALLERS_AUTHORITY } from './callers-authority';
import { logArchive, mirroredImages } from './mirrored';
import { network } from './network';

const SHOP = 'shop.internal.example.com';
const AUDIT = 'spiffe://example.com/audit';

/** Restate for callers inside the network that show certificates, each of which may call what it needs and nothing else. */
export class MutualTlsStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { terminationProtection: true });
    const vpc = network(this, { internet: false });
    const callers = new SecurityGroup(this, 'Callers', { vpc, description: 'The shop and the audit' });

    new RestateServer(this, 'Restate', {
      vpc,
      auditBucket: logArchive(this),
      images: mirroredImages(this),
      identity: {
        secret: Secret.fromSecretNameV2(this, 'IdentityKey', 'ledger/restate-identity-key'),
        publicKey: 'publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt',
      },
      ingress: {
        // TLS ends in the proxy, which alone can ask callers for theirs: a secret of { "certificate": "...", "privateKey": "..." }.
        certificate: ProxyCertificate.fromSecret(Secret.fromSecretNameV2(this, 'Certificate', 'ledger/certificate')),
        hostnames: ['ledger.internal.example.com'],
        peers: [Peer.securityGroup(callers)],
        auth: IngressAuth.mutualTls({
          ca: CALLERS_AUTHORITY,
          names: [SHOP, AUDIT],
          crl: 's3://example-callers-authority/callers.crl.pem',
        }),
        callers: [
          { certificate: SHOP, handlers: [{ object: 'Account', handlers: ['deposit', 'withdraw'] }] },
          {
            certificate: AUDIT,
            handlers: [
              { object: 'Account', handlers: ['balance'] },
              { service: 'Reports', handlers: ['daily', 'monthly'] },
            ],
          },
        ],
      },
    });
  }
}
