import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { deepFreeze } from '../core/deep-freeze';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import { assertOneFramework } from './framework';
import { InternetRoute } from './internet-route';
import { PrivateAccess } from './private-access';
import { resourceName } from './resource-name';
import { subnetRange } from './subnet-range';

/** How a network reaches the internet: not at all, or by Cloud NAT and a default route. */
export type InternetAccess = 'none' | 'nat';

/** A VPC network and the one subnet of it that a server stands in. */
export interface IPrivateNetwork {
  /** `id` or self link of the network. */
  readonly networkId: string;
  /** `id` or self link of the subnet. */
  readonly subnetworkId: string;
  /** IPv4 block of the subnet. */
  readonly cidr: string;
  /** Region of the subnet: `europe-west1`. */
  readonly region: string;
  readonly internet: InternetAccess;
}

/** Properties of {@link PrivateNetwork}. */
export interface PrivateNetworkProps {
  /** Private IPv4 block of the subnet, from /16 to /29: `10.20.0.0/24`. */
  readonly cidr: string;
  /** `europe-west1` */
  readonly region: string;
  /**
   * `nat` lets what the firewall allows reach the internet, and answers of an external passthrough load balancer find their way. Signing
   * keys that are fetched, and `internetFacing` with a `ProxyCertificate`, need it.
   *
   * @default 'none'
   */
  readonly internet?: InternetAccess;
  /** Part of the connections that the flow logs keep, above 0 up to 1. @default 1 */
  readonly flowLogSampling?: number;
}

const PROPS: Readonly<Record<keyof PrivateNetworkProps, true>> = {
  cidr: true,
  region: true,
  internet: true,
  flowLogSampling: true,
};
const ATTRIBUTES: Readonly<Record<keyof IPrivateNetwork, true>> = {
  networkId: true,
  subnetworkId: true,
  cidr: true,
  region: true,
  internet: true,
};
const REGION = /^[a-z]+(?:-[a-z]+)+\d{1,2}$/;

/**
 * A VPC network that leads nowhere: one IPv4 subnet, no default route, and Google's own services at four addresses inside. Every connection
 * in it is logged. It is made in the project of the provider, which has to be that of the server.
 *
 * @example
 * new PrivateNetwork(stack, 'Network', { cidr: '10.20.0.0/24', region: 'europe-west1' });
 */
export class PrivateNetwork extends Construct implements IPrivateNetwork {
  /**
   * A network of others, taken as it is. It must already have
   *
   * - private Google access switched on for the subnet, and no IPv6 there;
   * - a route of 199.36.153.4/30 to the default internet gateway, and private zones that lead `googleapis.com`, `pkg.dev` and `run.app`, with
   *   all names below them, to these four addresses ({@link PrivateAccess} has the details);
   * - flow logs;
   * - with `internet: 'nat'` a default route to the internet gateway, and Cloud NAT for the subnet;
   * - no allowing rule of its firewall, of its network policies or of a hierarchical one that is asked before those of the server
   *   (priority 900) and that fits its machine.
   *
   * @throws UnsafeConfigurationError `CidrInvalid`, `SubnetRangeInvalid`, `RegionInvalid`, `InternetAccessInvalid`, `OptionUnknown`,
   * `ValueNotConcrete`
   */
  public static fromAttributes(attributes: IPrivateNetwork): IPrivateNetwork {
    refuseUnknownOptions('PrivateNetwork.fromAttributes', attributes, Object.keys(ATTRIBUTES));
    const { networkId, subnetworkId } = attributes;
    const cidr = subnetRange(attributes.cidr);
    return deepFreeze({
      networkId,
      subnetworkId,
      cidr,
      region: regionOf(attributes.region),
      internet: internetOf(attributes.internet),
    });
  }

  public readonly cidr: string;
  public readonly region: string;
  public readonly internet: InternetAccess;
  public readonly network: ComputeNetwork;
  public readonly subnetwork: ComputeSubnetwork;
  public readonly privateAccess: PrivateAccess;
  /** Absent: there is no way to the internet. */
  public readonly internetRoute?: InternetRoute;

  /**
   * @throws UnsafeConfigurationError `CidrInvalid`, `SubnetRangeInvalid`, `RegionInvalid`, `InternetAccessInvalid`, `SamplingInvalid`,
   * `FrameworkMixed`, `OptionUnknown`, `ValueNotConcrete`
   */
  public constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    assertOneFramework(this);
    refuseUnknownOptions('a PrivateNetwork', props, Object.keys(PROPS));
    this.cidr = subnetRange(props.cidr);
    this.region = regionOf(props.region);
    this.internet = internetOf(props.internet ?? 'none');
    const flowSampling = samplingOf(props.flowLogSampling ?? 1);

    this.network = new ComputeNetwork(this, 'Resource', {
      name: resourceName(this),
      autoCreateSubnetworks: false,
      deleteDefaultRoutesOnCreate: true,
      routingMode: 'REGIONAL',
    });
    this.subnetwork = new ComputeSubnetwork(this, 'Subnetwork', {
      name: resourceName(this),
      network: this.network.id,
      region: this.region,
      ipCidrRange: this.cidr,
      stackType: 'IPV4_ONLY',
      privateIpGoogleAccess: true,
      logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling, metadata: 'INCLUDE_ALL_METADATA' },
    });
    this.privateAccess = new PrivateAccess(this, 'PrivateAccess', { networkId: this.network.id });
    if (this.internet === 'nat') {
      const { networkId, subnetworkId, region } = this;
      this.internetRoute = new InternetRoute(this, 'InternetRoute', { networkId, subnetworkId, region });
    }
  }

  public get networkId(): string {
    return this.network.id;
  }

  public get subnetworkId(): string {
    return this.subnetwork.id;
  }
}

/** @throws UnsafeConfigurationError `RegionInvalid`, `ValueNotConcrete` */
export function regionOf(region: string): string {
  if (REGION.test(concrete('a region', region))) return region;
  throw new UnsafeConfigurationError({
    code: 'RegionInvalid',
    given: `region ${quote(region)}`,
    because: 'Google has no region of such a name, and Terraform says so only while it deploys',
    write: "write it as Google does, without a zone, e.g. 'europe-west1'",
  });
}

function internetOf(internet: InternetAccess): InternetAccess {
  const isKnown = (['none', 'nat'] as readonly unknown[]).includes(internet);
  if (isKnown) return internet;
  throw new UnsafeConfigurationError({
    code: 'InternetAccessInvalid',
    given: `internet ${quote(internet)}`,
    because: 'it decides which routes there are',
    write: "choose 'none' or 'nat'",
  });
}

function samplingOf(sampling: number): number {
  if (concrete('flowLogSampling', sampling) > 0 && sampling <= 1) return sampling;
  throw new UnsafeConfigurationError({
    code: 'SamplingInvalid',
    given: `flowLogSampling ${quote(sampling)}`,
    because: 'it is the part of the connections that are logged, and without any nobody sees who came',
    write: 'leave it out for all of them, or give a number above 0 and up to 1',
  });
}
