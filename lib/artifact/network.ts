import type { Text } from './text';

/** What the file says, or that it does not say so. */
export type Stated<T> = T | 'unknown';

/**
 * What else stands in the file of a network of AWS: where things are placed, what filters beside the security groups, and where packets are
 * sent. What could not be read is `unknown`, never a guess, and reported nowhere else: whoever asks says what it leaves open.
 */
export interface CloudNetwork {
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly acls: readonly NetworkAcl[];
  /** Everything of the file that has an address in the network or wears a security group, hosts and balancers too. */
  readonly interfaces: readonly NetworkInterface[];
  readonly targetGroups: readonly TargetGroup[];
  /** Addresses of the internet that the file takes and gives to something of its own. */
  readonly publicAddresses: readonly PublicAddress[];
}

/** A part of a VPC. */
export interface Subnet {
  readonly id: string;
  /** Logical id of its VPC. */
  readonly vpc: Stated<string>;
  /** Of IPv4 and IPv6. */
  readonly cidrs: readonly Stated<string>[];
  /** Whether what starts in it gets a public IPv4 address where nothing else is said. */
  readonly mapsPublicAddresses: Stated<boolean>;
  /** Whether what starts in it gets an IPv6 address, which is one of the internet. */
  readonly assignsIpv6: Stated<boolean>;
  /** `unknown`: none in the file, or several. */
  readonly routeTable: Stated<string>;
  /** `default`: the VPC's own list, which allows everything. */
  readonly acl: Stated<string>;
}

/** The routes of a subnet beside the local one of its VPC. */
export interface RouteTable {
  readonly id: string;
  readonly routes: readonly Route[];
}

/** Where packets of some destinations are sent. */
export interface Route {
  readonly id: string;
  /** A CIDR block. `unknown`: a prefix list, or what only the cloud knows. */
  readonly destination: Stated<string>;
  /** `network`: another network, by peering, a transit gateway, a private gateway. `out`: a gateway that lets nobody in (NAT, egress-only). */
  readonly target: 'internet' | 'out' | 'network' | 'unknown';
}

/** A network access list: stateless; the lowest number that fits decides, and what nothing fits is denied. */
export interface NetworkAcl {
  readonly id: string;
  readonly entries: readonly AclEntry[];
}

/** An entry of a network access list. */
export interface AclEntry {
  readonly id: string;
  readonly direction: Stated<'in' | 'out'>;
  readonly number: Stated<number>;
  readonly action: Stated<'allow' | 'deny'>;
  readonly protocol: Stated<'tcp' | 'udp' | 'icmp' | 'all' | 'other'>;
  /** Inclusive; every port for protocols without. */
  readonly fromPort: Stated<number>;
  readonly toPort: Stated<number>;
  readonly cidr: Stated<string>;
}

/** Something with an address in the network. */
export interface NetworkInterface {
  /** Id of the host, of its machine or balancer as the artifact has it, else of the resource. */
  readonly id: string;
  readonly kind: 'task' | 'machine' | 'balancer' | 'endpoint' | 'function' | 'other';
  /** Type of the resource. */
  readonly type: string;
  /** Ids of its security groups. */
  readonly groups: readonly string[];
  /** Logical ids of the subnets in which it may stand. */
  readonly subnets: readonly Stated<string>[];
  /** Of an endpoint of the VPC: the service behind it. */
  readonly service?: Text;
  /** Of an endpoint of the VPC: whether the file gives it a policy. Without any it lets everybody ask for everything of every account. */
  readonly hasPolicy?: boolean;
}

/** How a target group hands connections on. */
export interface TargetGroup {
  readonly id: string;
  readonly targetType: Stated<'instance' | 'ip' | 'lambda' | 'alb'>;
  /** Whether targets of a network load balancer see the client's address. */
  readonly preservesClientAddress: Stated<boolean>;
  /** How long a target that is taken out may go on with its connections. Absent: it is not said. */
  readonly drainsSeconds?: Stated<number>;
}

/** An address of the internet, and what it leads to. */
export interface PublicAddress {
  readonly id: string;
  /** Logical ids that stand in what it is given to. Empty: nothing of this file. */
  readonly leadsTo: readonly string[];
}
