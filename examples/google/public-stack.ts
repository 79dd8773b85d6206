import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import type { Construct } from 'constructs';
import {
  CloudRunService,
  GoogleCredentials,
  GoogleIdToken,
  IngressAuth,
  ManagedCertificate,
  PrivateNetwork,
  RestateServer,
} from 'portcullis/google';
import { ExampleStack, PROJECT, REGION } from './example-stack';
import { CERTIFICATE_IMAGE, GREETER_IMAGE, MIRRORED, secret } from './mirrored';

/** What the service is called by, whichever address leads to it. */
const GREETER = 'https://greeter.internal.example.com';

/**
 * Restate for callers on the internet. The keys of the token issuer are fetched, hence Cloud NAT. Services are called as an account that can
 * do nothing else, so that the machine's own may call none.
 */
export class PublicStack extends ExampleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const caller = new ServiceAccount(this, 'Caller', {
      accountId: 'orders-restate-caller',
      displayName: 'What Restate calls services as',
      project: PROJECT.id,
    });

    const restate = new RestateServer(this, 'Restate', {
      project: PROJECT,
      network: new PrivateNetwork(this, 'Network', { cidr: '10.40.0.0/24', region: REGION, internet: 'nat' }),
      zone: `${REGION}-a`,
      images: { ...MIRRORED, certificate: CERTIFICATE_IMAGE },
      identity: {
        secret: secret('orders-identity-key'),
        publicKey: 'publickeyv1_AYu6VksKvoHSUpgfsPy5Khzpr3t8xJ9re8kGgcipMsgx',
      },
      credentials: GoogleCredentials.metadataServer({ impersonate: caller.email }),
      ingress: {
        certificate: ManagedCertificate.forHostnames(),
        hostnames: ['restate.example.com'],
        internetFacing: true,
        auth: IngressAuth.jwt({
          issuer: 'https://login.example.com/',
          jwksUri: 'https://login.example.com/keys.json',
          audiences: ['orders'],
        }),
        // People at browsers: fewer requests from one address than a back end would send.
        limits: { requestsPerSecondPerAddress: 200, burstPerAddress: 400 },
      },
    });

    new CloudRunService(this, 'Greeter', {
      project: PROJECT,
      region: REGION,
      image: GREETER_IMAGE,
      restate,
      auth: GoogleIdToken.impersonated({ serviceAccount: caller.email, audience: GREETER }),
      customAudiences: [GREETER],
    });
  }
}
