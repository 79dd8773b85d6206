import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { IngressAuth, RestateServer } from 'portcullis/aws';
import { CERTIFICATE_ARN, logArchive, mirroredImages } from './mirrored';
import { network } from './network';

/** Restate for callers on the internet. The keys of the token issuer are fetched, hence the NAT gateway. */
export class PublicStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { terminationProtection: true });

    const restate = new RestateServer(this, 'Restate', {
      vpc: network(this, { internet: true }),
      auditBucket: logArchive(this),
      images: mirroredImages(this),
      identity: {
        secret: Secret.fromSecretNameV2(this, 'IdentityKey', 'orders/restate-identity-key'),
        publicKey: 'publickeyv1_AYu6VksKvoHSUpgfsPy5Khzpr3t8xJ9re8kGgcipMsgx',
      },
      ingress: {
        certificate: Certificate.fromCertificateArn(this, 'Certificate', CERTIFICATE_ARN),
        hostnames: ['restate.example.com'],
        internetFacing: true,
        auth: IngressAuth.jwt({
          issuer: 'https://login.example.com/',
          jwksUri: 'https://login.example.com/keys.json',
          audiences: ['orders'],
        }),
      },
    });
    // Give this group to the services behind Restate, and them its public keys: identityKeys: [...restate.identityPublicKeys].
    this.exportValue(restate.services.securityGroupId);
  }
}
