import type { GoogleIdToken } from '../restate/google-id-token';
import type { CloudRunProbe } from './cloud-run-probe';
import type { ServerImage } from './images';
import type { IPrivateNetwork } from './private-network';
import type { ServerProject } from './restate-server-props';
import type { SecretVersion } from './secret-version';
import type { IRestateServer } from './server-reference';

/** What a service reaches through a network of yours. */
export interface VpcEgress {
  /** The network, and the subnet that its instances take addresses of. */
  readonly network: Pick<IPrivateNetwork, 'networkId' | 'subnetworkId'>;
  /**
   * `ALL_TRAFFIC`: everything, so that the firewall and the routes of the network decide. `PRIVATE_RANGES_ONLY`: private addresses alone, and
   * the rest straight to the internet.
   *
   * @default 'ALL_TRAFFIC'
   */
  readonly traffic?: 'ALL_TRAFFIC' | 'PRIVATE_RANGES_ONLY';
}

/** Properties of `CloudRunService`. */
export interface CloudRunServiceProps {
  /** The project that it stands in. */
  readonly project: ServerProject;
  /** The server that calls it, and that alone may. */
  readonly restate: IRestateServer;
  /** Its image, by tag and digest, from Artifact Registry. */
  readonly image: ServerImage;
  /** `europe-west3` */
  readonly region: string;
  /**
   * Name of the service: 1 to 49 lower-case letters, digits and hyphens, a letter first.
   *
   * @default - made of the construct's path
   */
  readonly name?: string;
  /**
   * How the server shows who it is.
   *
   * @default GoogleIdToken.ambient() - as its own account, for the URL of the service
   */
  readonly auth?: GoogleIdToken;
  /**
   * Where the server calls it, where that is not the URL that Cloud Run gives it: a domain of yours, an internal load balancer, a traffic tag.
   * `auth` then has to name the audience, and `services` of the server the block of the balancer that it leads to: nothing else of a
   * network, and nothing of the internet, can be reached.
   *
   * @default - the URL that Cloud Run gives it
   */
  readonly address?: string;
  /**
   * Audiences of tokens that are taken beside the URLs of the service.
   *
   * @default - none
   */
  readonly customAudiences?: readonly string[];
  /**
   * Whether the URL that Cloud Run gives it is switched off, which needs `address`, and provider google 7.40 or later.
   *
   * @default false
   */
  readonly disableDefaultUrl?: boolean;
  /** The port that the container listens on with HTTP/2 in clear, 1 to 65535. @default 9080 */
  readonly port?: number;
  /**
   * Environment of the container. `PORT` is the port, and `RESTATE_IDENTITY_KEYS` has the public keys of the server, separated by commas:
   * hand them to the SDK, or it answers everybody who comes through.
   *
   * @default - those two alone
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Files of the container that hold a secret, by their path. Each has a folder of its own, and the service may read that secret.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretVersion>>;
  /**
   * A key of Cloud KMS for what Google keeps of the service, in its region: `projects/P/locations/L/keyRings/R/cryptoKeys/K`. Google's agent
   * is admitted to it.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: string;
  /**
   * Policy of Binary Authorization that images must fulfil: `projects/P/platforms/cloudRun/policies/N`.
   *
   * @default - the policy of the project
   */
  readonly binaryAuthorizationPolicy?: string;
  /** @default CloudRunProbe.tcp({ periodSeconds: 10, failureThreshold: 24 }) */
  readonly startupProbe?: CloudRunProbe;
  /** @default - none */
  readonly livenessProbe?: CloudRunProbe;
  /** Instances that are kept, 0 to 1000. @default 0 */
  readonly minInstances?: number;
  /** Instances at most, 1 to 1000. @default 10 */
  readonly maxInstances?: number;
  /** Invocations that one instance takes at a time, 1 to 1000. @default 80 */
  readonly concurrency?: number;
  /**
   * Seconds that one attempt of an invocation may take, 1 to 3600: what takes longer starts over.
   *
   * @default 3600
   */
  readonly timeoutSeconds?: number;
  /** Processors of an instance. @default 1 */
  readonly cpu?: 1 | 2 | 4 | 6 | 8;
  /** Memory of an instance in MiB, from 512 on. @default 512 */
  readonly memoryMib?: number;
  /**
   * What it reaches through a network of yours.
   *
   * @default - the internet, and no network of yours
   */
  readonly vpcEgress?: VpcEgress;
  /** Whether Terraform refuses to delete it: what is deleted cannot finish what it began. @default true */
  readonly deletionProtection?: boolean;
}
