import type { FrontSettings } from './front-settings';
import type { Stated } from './network';
import type { Resolution } from './resolution';
import type { Text } from './text';

/**
 * What stands in the file of VPC networks of Google beside their firewalls: where packets may be sent, and who asks after health. What could
 * not be read is `unknown` and reported nowhere else: whoever asks says what it leaves open.
 */
export interface Vpc {
  readonly networks: readonly VpcNetwork[];
  readonly subnets: readonly VpcSubnet[];
  readonly routes: readonly VpcRoute[];
  /** Gateways by which machines without an address of their own reach the internet. */
  readonly nats: readonly { readonly id: string; readonly network?: Text }[];
  /** In which subnets the machines of a template, or an instance, stand; by its address. */
  readonly placements: readonly {
    readonly machine: string;
    readonly subnet: Stated<string>;
    /** Whether Google may take the machine away whenever it has another use for it. */
    readonly isLent?: Stated<boolean>;
  }[];
  /** Ports that Google asks so as to know whether it has to make a machine anew. */
  readonly repairs: readonly {
    readonly id: string;
    readonly hosts: readonly string[];
    readonly port: Stated<number>;
  }[];
  /** What services of Cloud Run send into a network. */
  readonly serviceEgress: readonly ServiceEgress[];
  /** How names are resolved. Absent: not read. */
  readonly resolution?: Resolution;
  /** What balancers are told beside where they lead. Absent: not read. */
  readonly fronts?: FrontSettings;
}

/** A network that the file makes. */
export interface VpcNetwork {
  readonly id: string;
  /** Whether Google's route to the internet is taken away when it is made. */
  readonly dropsDefaultRoute: Stated<boolean>;
  /** Whether Google makes a subnet of it in every region by itself. */
  readonly makesSubnets?: Stated<boolean>;
}

/** A subnet of a network. */
export interface VpcSubnet {
  readonly id: string;
  /** Absent: not known. */
  readonly network?: Text;
  /** Blocks of IPv4 and IPv6, those of containers included. */
  readonly ranges: readonly Stated<string>[];
  /** Whether proxies of Google's regional balancers stand in it, and nothing else. */
  readonly isOfProxies: Stated<boolean>;
  /** Absent: not known. */
  readonly region?: string;
  /** Whether machines without an address of the internet reach Google's services. */
  readonly reachesGoogle: Stated<boolean>;
}

/** A route beside those of the subnets. */
export interface VpcRoute {
  readonly id: string;
  readonly network?: Text;
  readonly destination: Stated<string>;
  readonly target: 'internet' | 'network' | 'unknown';
  /** Whom it is for. Empty: every machine of the network. */
  readonly tags: readonly string[];
}

/** What a service of Cloud Run sends into a network. */
export interface ServiceEgress {
  /** Address of the service. */
  readonly service: string;
  /** Absent: by a connector, or not known. */
  readonly network?: Text;
  /** What the firewall knows it by. */
  readonly tags: Stated<readonly string[]>;
  /** Whether all goes there, or what is for private addresses alone. */
  readonly traffic: Stated<'all' | 'private'>;
}
