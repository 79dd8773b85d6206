import type { AccessPolicy } from './access-policy';
import type { AccountKey } from './account-key';
import type { AccountUser } from './account-user';
import type { Alarm, LogMetric } from './alarm';
import type { AlertPolicy, LineMetric } from './alert-policy';
import type { BalancerSettings } from './balancer-settings';
import type { ExposedSecret } from './exposed-secrets';
import type { CloudRunService } from './cloud-run-service';
import type { Machine } from './ec2-machine';
import type { EncryptionKey } from './encryption-key';
import type { FirewallRule } from './firewall-rule';
import type { FrontPolicy } from './front-policy';
import type { Forwarder } from './forwarder';
import type { FunctionCode } from './function-code';
import type { IamGrant } from './iam-grant';
import type { CloudNetwork } from './network';
import type { NetworkFileSystem } from './network-file-system';
import type { Identity } from './identity';
import type { InstanceGroup } from './instance-group';
import type { StatedIntent } from './intent';
import type { LogRouting } from './log-routing';
import type { MachineGroup } from './machine-group';
import type { ServiceRegistration } from './service-registration';
import type { SnapshotSchedule } from './snapshot-schedule';
import type { Store } from './store';
import type { Text } from './text';
import type { TrafficLog } from './traffic-log';
import type { Vpc } from './vpc';

export type { Machine } from './ec2-machine';

/**
 * What was really synthesised, neutral of cloud and framework: read from the files, never from the objects that wrote them.
 * Anything that could not be read stands in `unreadable` and makes the claims that need it `unproven`.
 */
export interface Artifact {
  /** Name of the stack or module; prefixes each subject when several are reported together. */
  readonly name: string;
  /** The file that was read. */
  readonly file: string;
  readonly hosts: readonly Host[];
  readonly balancers: readonly Balancer[];
  readonly groups: readonly SecurityGroup[];
  readonly unreadable: readonly Unreadable[];
  /** CIDR blocks of the networks that the file makes: every host inside has its address in one of them. */
  readonly networkCidrs?: readonly string[];
  /** What else filters and leads packets in it (AWS). Absent: the file is of another cloud. */
  readonly network?: CloudNetwork;
  /** Logical ids of the schedules by which snapshots of disks are taken. Absent: none. */
  readonly diskSnapshots?: readonly string[];
  /** Risks that the template itself names as accepted (`Metadata` `portcullis:accepted` of a resource). Absent: none. */
  readonly accepted?: readonly AcceptedRisk[];
  /** What the file itself says that was asked for (`portcullis:intent`). Absent: it does not say. */
  readonly intents?: readonly StatedIntent[];
  /** Secrets that stand in the file, or that the cloud puts where others read them. Absent: none. */
  readonly exposedSecrets?: readonly ExposedSecret[];
  /** Present where the file has no place for them, although what it was made from may name some: a plan of Terraform. */
  readonly acceptedElsewhere?: true;
  /** Parameters that something above was read with, each at the default that whoever deploys it may overrule. Absent: none. */
  readonly defaults?: readonly ParameterDefault[];
  /** Rules of the firewalls of VPC networks (Google). Absent: there is no such network. */
  readonly firewall?: readonly FirewallRule[];
  /** What else stands in VPC networks (Google). Absent: the file is of another cloud. */
  readonly vpc?: Vpc;
  /** Functions of AWS Lambda, and their code. Absent: none. */
  readonly functions?: readonly FunctionCode[];
  /** Ids of what may run a server although nothing of it is known to: all that the file says is in doubt then. Absent: nothing may. */
  readonly suspected?: readonly string[];
  /** What registers services when the file is deployed. Absent: nothing. */
  readonly registrations?: readonly ServiceRegistration[];
  /** Services of Cloud Run. Absent: none. */
  readonly cloudRun?: readonly CloudRunService[];
  /** Who has which role on what (Google). Absent: nobody has any. */
  readonly grants?: readonly IamGrant[];
  /** Keys of service accounts that the file makes (Google). Absent: none. */
  readonly accountKeys?: readonly AccountKey[];
  /** What beside machines and services runs as a service account, or has tokens made in its name (Google). Absent: nothing. */
  readonly accountUsers?: readonly AccountUser[];
  /** Service accounts that are switched off (Google), as grants are compared by. Absent: none. */
  readonly disabledAccounts?: readonly string[];
  /** What starts machines of Compute Engine (Google). Absent: not read. */
  readonly instanceGroups?: readonly InstanceGroup[];
  /** Where lines of logs go (Google). Absent: not read. */
  readonly logRouting?: LogRouting;
  /** What raises alerts (Google). Absent: not read. */
  readonly alertPolicies?: readonly AlertPolicy[];
  /** Metrics that count lines (Google). Absent: not read. */
  readonly lineMetrics?: readonly LineMetric[];
  /** Everything that data lies in. Absent: not read. */
  readonly stores?: readonly Store[];
  /** Keys of the owner. Absent: not read. */
  readonly keys?: readonly EncryptionKey[];
  /** Roles, users and groups and what they may do (AWS). Absent: not read. */
  readonly identities?: readonly Identity[];
  /** Policies of the endpoints of cloud services; by the endpoint's id. Absent: not read. */
  readonly endpointPolicies?: readonly AccessPolicy[];
  readonly alarms?: readonly Alarm[];
  readonly logMetrics?: readonly LogMetric[];
  readonly trafficLogs?: readonly TrafficLog[];
  readonly snapshotSchedules?: readonly SnapshotSchedule[];
  readonly machineGroups?: readonly MachineGroup[];
  /** Clusters of tasks, and whether numbers of what runs in them are kept. */
  readonly taskClusters?: readonly TaskCluster[];
  readonly balancerSettings?: readonly BalancerSettings[];
  /** Which resources of the file each resource names, policies at resources left out. Absent: not read. */
  readonly mentions?: readonly Mention[];
}

/** A cluster of tasks. */
export interface TaskCluster {
  /** Logical id. */
  readonly id: string;
  /** Whether the cloud keeps numbers of what runs in it. */
  readonly insights: boolean | 'unknown';
}

/** A resource, and those that it names. */
export interface Mention {
  readonly by: string;
  readonly of: readonly string[];
  /** Whether the file gives it a name, which others may write. Absent: the cloud makes one up. */
  readonly named?: true;
}

/** A parameter of the template, and what was taken for it. */
export interface ParameterDefault {
  readonly parameter: string;
  /** As text; the items of a list with commas between them. */
  readonly value: string;
}

/** A risk that somebody took on purpose and gave a reason for. */
export interface AcceptedRisk {
  /** Id of the claim that it is an exception to. */
  readonly claim: string;
  /** Logical id of the resource that carries it. */
  readonly subject: string;
  readonly reason: string;
}

/** Something that the reader met and could not understand exactly. */
export interface Unreadable {
  /** Logical id of the resource. */
  readonly subject: string;
  readonly reason: string;
  /**
   * What it leaves open beside its subject: everything that the template deploys, or the ways in to every task of it.
   * Absent: nothing.
   */
  readonly concerns?: 'template' | 'ways-in';
}

/** A place with a network address of its own: an ECS task in `awsvpc` mode, or a virtual machine whose containers share one network. */
export interface Host {
  /** Logical id of the task definition, or address of the machine's resource. */
  readonly id: string;
  /** Construct path, where the file carries it. */
  readonly constructPath?: string;
  /** `published`: containers of a machine share one network of their own, of which the machine publishes single ports. */
  readonly network: 'awsvpc' | 'host' | 'bridge' | 'published' | 'unknown';
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** Ids of the security groups on its network interface. */
  readonly groups: readonly string[];
  readonly publicAddress: boolean;
  /** How its subnet reaches the internet. `unknown` where subnets or routes are not in the file. */
  readonly internetRoute: 'none' | 'nat' | 'gateway' | 'unknown';
  /** What its containers share among each other, although each has a file system of its own. Absent: nothing. */
  readonly shared?: readonly ('processes' | 'memory')[];
  /** What its containers share with the machine below. Absent: nothing. */
  readonly machineShares?: readonly ('processes' | 'memory')[];
  /** How the cloud replaces it with its next version, where the file says so. */
  readonly rollout?: Rollout;
  /** Settings of it that bear on what runs and that nothing here has a place for, by name. Absent: none. */
  readonly unmodelled?: readonly string[];
  /** Logical id of the service that lets people open a shell in its containers (ECS Exec), or may. Absent: none does. */
  readonly shellBy?: string;
  /** The machine below it, where the file says which. */
  readonly machine?: Machine;
  /** What a virtual machine of Google is besides. Absent: it is none. */
  readonly instance?: Instance;
  /** Ports of a machine of EC2 that lead to a port of its containers. Absent: it is none that runs containers by itself. */
  readonly published?: readonly PublishedPort[];
  /** What on the machine itself, beside its containers, leads connections on. Absent: nothing. */
  readonly forwarders?: readonly Forwarder[];
}

/** A virtual machine of Compute Engine and what its cloud-init makes of it. */
export interface Instance {
  /** The VPC network of its interface, as firewall rules name it. */
  readonly network: Text;
  /** Network tags. */
  readonly tags: readonly string[];
  /** E-mail address of its service account. Absent: it has none. */
  readonly account?: Text;
  /** Whether its interface has an IPv6 address, too. Absent: IPv4 alone. */
  readonly ipv6?: boolean;
  /** Ports of the machine that lead to a port of its containers. */
  readonly published: readonly PublishedPort[];
  /** Files in memory of the machine that its start fills from Secret Manager. */
  readonly secretFiles: readonly SecretFile[];
  /**
   * Who of the containers' network reaches the metadata server over HTTP: nobody but the users that the guest's own firewall excepts, or,
   * where it has no rule about it, everybody. `unknown`: there are rules and they are not understood.
   */
  readonly metadata: { readonly kind: 'guarded'; readonly exceptUsers: readonly number[] } | 'open' | 'unknown';
  /** Entries of the machine's metadata beside the user data, by name. `undefined`: only the cloud knows the value. */
  readonly entries?: Readonly<Record<string, string | undefined>>;
  /** What Shielded VM does. `undefined`: only the cloud knows. */
  readonly shielded?: Readonly<Record<'secureBoot' | 'vtpm' | 'integrityMonitoring', boolean | undefined>>;
  /** The image of its boot disk. Absent: the file does not say which. */
  readonly image?: Text;
  /** Whether it may send packets that are not its own. */
  readonly canForward?: boolean;
  /** The files that its start writes, beside units of systemd, with what stands in them. */
  readonly files?: ReadonlyMap<string, string>;
}

/** How many copies of a host run, and how they are replaced. */
export interface Rollout {
  /** Logical id of what replaces them. */
  readonly id: string;
  /** How many run, and how many of a hundred may at least and at most while they are replaced. Absent: it could not be read. */
  readonly count?: number;
  readonly leastPercent?: number;
  readonly mostPercent?: number;
  /** Whether a next version that never becomes healthy is given up. Absent: it could not be read. */
  readonly givesUp?: boolean;
}

/** A port of a machine that its container runtime leads to a port of the containers. */
export interface PublishedPort {
  readonly port: number;
  readonly containerPort: number;
}

/** A secret as a file of a machine. */
export interface SecretFile {
  /** Absolute path on the machine. */
  readonly path: string;
  /** The version of the secret: `projects/.../secrets/.../versions/...`. */
  readonly secret: Text;
  /** `uid:gid` */
  readonly owner: string;
  /** Permission bits. Absent: they could not be read. */
  readonly mode?: number;
}

/** A container image reference `repository:tag@digest`; the repository may hold references. */
export interface Image {
  readonly text: Text;
  readonly tag?: string;
  readonly digest?: string;
}

/** A container, exactly as the runtime would start it. */
export interface Container {
  readonly name: string;
  readonly image: Image;
  readonly entryPoint?: readonly Text[];
  readonly command?: readonly Text[];
  readonly environment: Readonly<Record<string, Text>>;
  /** Environment variables filled from a secret store: name to the secret's reference (`valueFrom`). */
  readonly secrets: Readonly<Record<string, Text>>;
  /** `uid`, `uid:gid` or a name. Absent: the image's own user, which may be root. */
  readonly user?: string;
  readonly readonlyRootFilesystem: boolean;
  readonly privileged: boolean;
  /** Dropped Linux capabilities; `ALL` for all. */
  readonly capabilitiesDropped: readonly string[];
  readonly capabilitiesAdded: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly tmpfs: readonly Tmpfs[];
  readonly mounts: readonly Mount[];
  readonly dependsOn: readonly Dependency[];
  readonly essential: boolean;
  /** The health check's command, `CMD` or `CMD-SHELL` first, as ECS takes it. */
  readonly healthCheck?: readonly Text[];
  readonly stopTimeoutSeconds?: number;
  /** Where what it says goes. Absent: where the runtime sends it by default. */
  readonly logDriver?: string;
  /** What the driver is told, where the file says it: the group, the region, whether it blocks. */
  readonly logOptions?: Readonly<Record<string, Text>>;
  /** Settings that bear on what it runs or may do and that nothing here has a place for, by name. Absent: none. */
  readonly unmodelled?: readonly string[];
  /** What stands in those of its files that the start of its machine writes, by their paths in it. Absent: none does. */
  readonly files?: ReadonlyMap<string, string>;
}

/** A tmpfs of one container. */
export interface Tmpfs {
  readonly path: string;
  readonly sizeMib: number;
  readonly options: readonly string[];
}

/** A volume at a path of a container. */
export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** A container that must have reached a state before this one starts. */
export interface Dependency {
  readonly container: string;
  readonly condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';
}

/** A volume of a task. `hostPath` absent: empty at start, shared among the task's containers. */
export interface Volume {
  readonly name: string;
  readonly hostPath?: string;
  /** The file system of the network that it is. Absent: it is none. */
  readonly fileSystem?: NetworkFileSystem;
}

/** A security group: stateful, deny by default, rules that add up. */
export interface SecurityGroup {
  /** Logical id, or the id itself of a group outside the file. */
  readonly id: string;
  readonly rules: readonly GroupRule[];
}

/** One rule of a security group. */
export interface GroupRule {
  /** Where it stands: the resource of its own, or the group and its place there. */
  readonly id?: string;
  readonly direction: 'in' | 'out';
  /** `all` covers every protocol and port. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer:
    | { readonly kind: 'cidr'; readonly cidr: string }
    | { readonly kind: 'group'; readonly id: string }
    | { readonly kind: 'prefix-list'; readonly id: string }
    | { readonly kind: 'unknown'; readonly text: Text };
}

/** A network or application load balancer. */
export interface Balancer {
  readonly id: string;
  /**
   * `passthrough`: no process of the cloud's stands between; packets arrive at a target with the caller's address and the balancer's own
   * as their destination (Google's network load balancer).
   */
  readonly type: 'network' | 'application' | 'passthrough' | 'unknown';
  readonly scheme: 'internal' | 'internet-facing';
  /** Absent: a balancer without security groups, open to whoever reaches its subnets. */
  readonly groups?: readonly string[];
  readonly listeners: readonly BalancerListener[];
}

/** A listener of a balancer and where it forwards. */
export interface BalancerListener {
  readonly id: string;
  readonly port: number;
  readonly protocol: 'TLS' | 'TCP' | 'UDP' | 'HTTP' | 'HTTPS' | 'unknown';
  readonly sslPolicy?: string;
  /** The oldest version of TLS, where the file itself states it. */
  readonly minTlsVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** `HTTP1Only`, `HTTP2Only`, `HTTP2Optional`, `HTTP2Preferred` or `None`. Absent: the cloud's default, `None`, under which no client gets HTTP/2. */
  readonly alpnPolicy?: string;
  /** Whether it has an identity provider asked, or a token verified, before it leads anybody on. Absent: it leads on whoever comes. */
  readonly asks?: true;
  readonly targets: readonly BalancerTarget[];
}

/** A target of a listener: a port of a host. */
export interface BalancerTarget {
  /** Logical id of the target group. */
  readonly group: string;
  readonly protocol: 'TLS' | 'TCP' | 'UDP' | 'HTTP' | 'HTTPS' | 'unknown';
  readonly host: string;
  readonly port: number;
  readonly healthCheck: { readonly protocol: string; readonly port: number; readonly path?: string };
  /** Who may call there by address, where the balancer itself asks that (Google). Absent: whoever reaches it. */
  readonly policy?: FrontPolicy;
}
