import type { Size } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { InstanceType, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { AdminAccess } from '../core/admin-access';
import type { SecurityModelProps } from '../core/security-model';
import type { ServerOptions } from '../restate/server-options';
import type { AlarmOptions } from './alarm-options';
import type { DnsZones } from './dns-records';
import type { ServerImages } from './images';
import type { PeerHandle } from './peer';
import type { ProxyCertificate } from './proxy-certificate';
import type { SnapshotOptions } from './snapshot-options';

/** How callers come in. */
export interface IngressProps extends Readonly<SecurityModelProps<PeerHandle>['ingress']> {
  /**
   * The certificate that callers see, for all of `hostnames`: one of the load balancer, which ends their TLS and speaks TLS of its own to
   * Envoy, or one of Envoy, to which the load balancer then passes theirs on. `IngressAuth.mutualTls` needs the latter.
   */
  readonly certificate: ICertificate | ProxyCertificate;
}

/** How services recognise their server. */
export interface IdentityProps {
  /**
   * The secret, text and not JSON, that holds the PKCS#8 PEM of an Ed25519 key: what `portcullis identity-key` makes. It reaches the server
   * as a file in memory.
   */
  readonly secret: ISecret;
  /** Its public half, `publickeyv1_...`. A change of it starts a new task, which takes the secret as it then is. */
  readonly publicKey: string;
  /**
   * Public keys that services accept beside it while it is rotated: the one that is to come, then the one that was.
   *
   * @default - none
   */
  readonly alsoAccepted?: readonly string[];
}

/** Properties of `RestateServer`. */
export interface RestateServerProps {
  /**
   * The network. It needs an isolated or private subnet; a private one with a way out when `ingress.auth` fetches keys. One that others use,
   * too, needs `existingEndpoints`.
   */
  readonly vpc: IVpc;
  /** The images of Restate and Envoy, each by tag and digest, from repositories of yours, and of the machine, by id. */
  readonly images: ServerImages;
  /** The key that Restate signs its requests to services with. */
  readonly identity: IdentityProps;
  /** Who may call, with which credential, and what of a call reaches the server. */
  readonly ingress: IngressProps;
  /**
   * Who may reach the admin API. Named peers come through a load balancer of their own to a second listener of Envoy, which asks each of
   * them for a token or API key and lets through what its roles allow.
   *
   * @default AdminAccess.nobody() - a unix socket, which an operator reaches through a shell on the machine
   */
  readonly admin?: AdminAccess<PeerHandle>;
  /**
   * Certificate of the load balancer of the admin door, for all of the host names of `admin`.
   *
   * @default - none: required with `AdminAccess.fromPeers`, refused without
   */
  readonly adminCertificate?: ICertificate;
  /**
   * Where the machine and its disk stand: the first subnet of the selection, and for good, because a disk cannot change its zone.
   *
   * @default - the first isolated subnet, else the first private one
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The security group of interface endpoints, with private DNS, that the VPC already has for ec2, ecr.api, ecr.dkr, ecs, ecs-agent,
   * ecs-telemetry, logs, s3, secretsmanager, ssm and ssmmessages. The machine is admitted to it.
   *
   * @default - all of them are created. They answer for their names in the whole VPC and admit this machine alone, so that other workloads
   * there lose these services, S3 above all: without endpoints of its own the VPC must be Restate's alone
   */
  readonly existingEndpoints?: ISecurityGroup;
  /**
   * Name of the Restate cluster: lower-case letters, digits and hyphens. The disk is marked with it, and a disk that is marked with
   * another is never used. Changing it is refused by the machine.
   *
   * @default - made of the construct's path
   */
  readonly clusterName?: string;
  /** @default - see ServerConfig */
  readonly server?: ServerOptions;
  /**
   * Type of the machine, of the Nitro generations: disks show there by the id of their volume. The task takes twice
   * `server.rocksdbMemoryMib` and up to 1152 MiB more; on a smaller machine it is never placed.
   *
   * @default - m7g.large
   */
  readonly instanceType?: InstanceType;
  /**
   * Size of the data disk. It can grow, under the running server, and never shrink.
   *
   * @default Size.gibibytes(64)
   */
  readonly volumeSize?: Size;
  /**
   * Snapshots of the data disk. `false`: none, which every report shows as an accepted risk.
   *
   * @default - every six hours, those of a week
   */
  readonly snapshots?: SnapshotOptions | false;
  /**
   * The snapshot, `snap-...`, that the data disk is made of, to come back from a loss. It must hold the data of this `clusterName`: a blank
   * or foreign one is refused by the machine. It stays here for as long as that disk is used: without it there would be another, empty one.
   *
   * @default - an empty disk, which the machine refuses where another one holds the data of this `clusterName`
   */
  readonly restoreFrom?: string;
  /**
   * Hosted zones for the host names of the doors: each gets an alias of its load balancer.
   *
   * @default - no records
   */
  readonly dns?: DnsZones;
  /**
   * A customer-managed key made in this app, for disks and logs.
   *
   * @default - a new one that rotates every year and outlives the stack
   */
  readonly encryptionKey?: IKey;
  /**
   * How long logs are kept. They outlive the stack.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
  /**
   * A bucket of your account in this region that S3 may write to (`logging.s3.amazonaws.com`): it writes there who reads or changes the
   * access logs of the load balancers.
   *
   * @default - nobody writes that down
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   */
  readonly auditBucket?: IBucket;
  /**
   * Who is told of alarms, and from where on.
   *
   * @default - a topic of this server's, `notices`, to which nobody has subscribed: reported as an accepted risk
   */
  readonly alarms?: AlarmOptions;
}
