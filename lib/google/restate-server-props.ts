import type { AdminAccess } from '../core/admin-access';
import type { SecurityModelProps } from '../core/security-model';
import type { ServerOptions } from '../restate/server-options';
import type { AlarmOptions } from './alarm-options';
import type { GoogleCredentials } from './credentials';
import type { DnsZones } from './dns-records';
import type { ServerImages } from './images';
import type { ManagedCertificate } from './managed-certificate';
import type { PeerHandle } from './peer';
import type { IPrivateNetwork } from './private-network';
import type { ProxyCertificate } from './proxy-certificate';
import type { SecretVersion } from './secret-version';
import type { SnapshotOptions } from './snapshot-options';

/** How callers come in. */
export interface IngressProps extends Readonly<SecurityModelProps<PeerHandle>['ingress']> {
  /**
   * The certificate that callers see, for all of `hostnames`: one of Envoy, to which a passthrough load balancer hands their packets on, or
   * one of Google's HTTPS load balancer, which ends their TLS and speaks TLS of its own to Envoy. `IngressAuth.mutualTls` needs the former.
   */
  readonly certificate: ProxyCertificate | ManagedCertificate;
}

/** How services recognise their server. */
export interface IdentityProps {
  /**
   * The secret that holds the PKCS#8 PEM of an Ed25519 key: what `portcullis identity-key` makes. It reaches the server as a file in
   * memory.
   */
  readonly secret: SecretVersion;
  /** Its public half, `publickeyv1_...`. */
  readonly publicKey: string;
  /**
   * Public keys that services accept beside it while it is rotated: the one that is to come, then the one that was.
   *
   * @default - none
   */
  readonly alsoAccepted?: readonly string[];
}

/** The project that everything is made in. */
export interface ServerProject {
  /** Its id: `my-project`. */
  readonly id: string;
  /** Its number: Google's own agents, which use the key of the disks, are named by it. */
  readonly number: string;
}

/** Where services stand that are reached by address: virtual machines and internal load balancers. */
export interface ServiceRange {
  /** A block of addresses of the network, or of one that is peered with it. */
  readonly cidr: string;
  /** Their TCP ports. */
  readonly ports: readonly number[];
}

/** What a Restate server could be thought to run on. All but the first are refused, with the reason. */
export type ServerHost = 'compute-engine' | 'cloud-run-service' | 'cloud-run-worker-pool';

/** Properties of `RestateServer`. */
export interface RestateServerProps {
  /** The project that the network belongs to, too. */
  readonly project: ServerProject;
  /** The network, with its ways to Google's own services and to nowhere else. */
  readonly network: IPrivateNetwork;
  /** Where the machine and its disk stand, in the region of the network: `europe-west3-a`. For good: a disk cannot change its zone. */
  readonly zone: string;
  /** The images of Restate and Envoy, each by tag and digest, from repositories of yours, and of the machine, by name. */
  readonly images: ServerImages;
  /** The key that Restate signs its requests to services with. */
  readonly identity: IdentityProps;
  /** Who may call, with which credential, and what of a call reaches the server. */
  readonly ingress: IngressProps;
  /**
   * Who may reach the admin API. Named peers, or principals through a tunnel of Identity-Aware Proxy, come to a second listener of Envoy,
   * which asks each of them for a token or API key and lets through what its roles allow.
   *
   * @default AdminAccess.nobody() - a unix socket, which an operator reaches through a shell on the machine
   */
  readonly admin?: AdminAccess<PeerHandle>;
  /**
   * The certificate that Envoy shows operators, for all of the host names of `admin`.
   *
   * @default - none: required where `admin` admits anybody, refused without
   */
  readonly adminCertificate?: ProxyCertificate;
  /**
   * What Restate shows Google when it calls private services of Cloud Run.
   *
   * @default GoogleCredentials.metadataServer() - ID tokens of the machine's own account, and nothing else of it
   */
  readonly credentials?: GoogleCredentials;
  /**
   * Services that Restate calls by address. Those of Cloud Run need none.
   *
   * @default - none
   */
  readonly services?: readonly ServiceRange[];
  /**
   * What the server runs on. Restate keeps its journal in RocksDB, on a disk that has to outlive the machine, so there is one answer.
   *
   * @default 'compute-engine'
   */
  readonly host?: ServerHost;
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
   * Type of the machine, of a series that takes Persistent Disk. Restate takes twice `server.rocksdbMemoryMib` and 512 MiB more.
   *
   * @default 'n2-standard-2'
   */
  readonly machineType?: string;
  /** Type of the data disk: `pd-ssd` or `pd-balanced`. @default 'pd-ssd' */
  readonly diskType?: DiskType;
  /** Size of the data disk in GiB, 10 to 65536. It can grow and never shrink. @default 64 */
  readonly diskSizeGib?: number;
  /**
   * Snapshots of the data disk. `false`: none, which every report shows as an accepted risk.
   *
   * @default - every six hours, those of a week
   */
  readonly snapshots?: SnapshotOptions | false;
  /**
   * The snapshot, `projects/P/global/snapshots/NAME`, that the data disk is made of, to come back from a loss. It must hold the data of this
   * `clusterName`: a blank or foreign one is refused by the machine. It stays here for as long as that disk is used. Terraform refuses to
   * change it while it knows the disk that is there: `terraform state rm` makes it forget that one, which stays as it is.
   *
   * @default - an empty disk
   */
  readonly restoreFrom?: string;
  /**
   * Zones of Cloud DNS for the host names of the doors: each gets the address of its load balancer.
   *
   * @default - no records
   */
  readonly dns?: DnsZones;
  /**
   * A key of Cloud KMS for disks, snapshots and logs, in the region of the network: `projects/P/locations/L/keyRings/R/cryptoKeys/K`.
   * Google's agents for disks and logs are admitted to it.
   *
   * @default - a new one that rotates every 90 days and cannot be destroyed by this stack
   */
  readonly encryptionKey?: string;
  /**
   * The agent of Cloud Logging that encrypts logs, as `gcloud logging settings describe --project P` prints it (`kmsServiceAccountId`).
   *
   * @default - `service-NUMBER@gcp-sa-logging.iam.gserviceaccount.com`
   */
  readonly logEncryptionAgent?: string;
  /** How long logs are kept, in days, 1 to 3650. @default 365 */
  readonly logRetentionDays?: number;
  /**
   * Whether nobody can delete the logs, or shorten their life, before it is over. That is for good: a locked bucket cannot be unlocked.
   *
   * @default false
   */
  readonly lockLogs?: boolean;
  /**
   * Who is told when the machine is gone, calls fail, or many are refused.
   *
   * @default - nobody, which every report shows as an accepted risk
   */
  readonly alarms?: AlarmOptions;
}

/** A type of Persistent Disk that RocksDB is fast enough on. */
export type DiskType = 'pd-ssd' | 'pd-balanced';
