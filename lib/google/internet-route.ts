import { ComputeRoute } from '@cdktf/provider-google/lib/compute-route';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { Construct } from 'constructs';
import { resourceName } from './resource-name';

/** Google's own default route has this priority too. */
const ROUTE_PRIORITY = 1000;

/** Properties of {@link InternetRoute}. */
export interface InternetRouteProps {
  readonly networkId: string;
  readonly subnetworkId: string;
  readonly region: string;
}

/**
 * The way of a subnet to the internet: a default route, and Cloud NAT, since no machine has an external address. It lets nobody in, and
 * nobody out whom the firewall does not let. Each translated connection is logged.
 *
 * @see https://cloud.google.com/nat/docs/overview
 */
export class InternetRoute extends Construct {
  public readonly route: ComputeRoute;
  public readonly router: ComputeRouter;
  public readonly nat: ComputeRouterNat;

  public constructor(scope: Construct, id: string, { networkId, subnetworkId, region }: InternetRouteProps) {
    super(scope, id);
    const name = resourceName(this);
    this.route = new ComputeRoute(this, 'Route', {
      name,
      network: networkId,
      destRange: '0.0.0.0/0',
      nextHopGateway: 'default-internet-gateway',
      priority: ROUTE_PRIORITY,
    });
    this.router = new ComputeRouter(this, 'Router', { name, network: networkId, region });
    this.nat = new ComputeRouterNat(this, 'Nat', {
      name,
      router: this.router.name,
      region,
      natIpAllocateOption: 'AUTO_ONLY',
      sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
      subnetwork: [{ name: subnetworkId, sourceIpRangesToNat: ['PRIMARY_IP_RANGE'] }],
      logConfig: { enable: true, filter: 'ALL' },
    });
  }
}
