import { ComputeHealthCheck } from '@cdktf/provider-google/lib/compute-health-check';
import { ComputeRegionHealthCheck } from '@cdktf/provider-google/lib/compute-region-health-check';
import { Construct } from 'constructs';
import { PORTS } from './ports';
import { resourceName } from './resource-name';
import type { ServerPlan } from './server-plan';

/** Properties of {@link HealthCheck}. */
export interface HealthCheckProps {
  /** Id of the project. */
  readonly project: string;
  readonly region: string;
  /** A passthrough load balancer takes health checks of its region alone, and a global HTTPS one those that are global. */
  readonly front: ServerPlan['front'];
}

/** Where Google asks, and for what. */
const PROBE = { httpHealthCheck: { port: PORTS.health, requestPath: '/healthz' } };

/**
 * Google's probes of Envoy's health listener. Callers are kept from a machine that does not answer for half a minute; it is replaced, which
 * takes minutes, only when it has not answered for five: a proxy or server that starts anew is back before that.
 *
 * @see https://cloud.google.com/compute/docs/instance-groups/autohealing-instances-in-migs#create_a_health_check
 */
export class HealthCheck extends Construct {
  /** What the load balancers ask by. */
  public readonly resource: ComputeRegionHealthCheck | ComputeHealthCheck;
  /** What the group repairs the machine by. */
  public readonly repair: ComputeHealthCheck;

  public constructor(scope: Construct, id: string, { project, region, front }: HealthCheckProps) {
    super(scope, id);
    const check = {
      name: resourceName(this),
      project,
      checkIntervalSec: 10,
      timeoutSec: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      ...PROBE,
      logConfig: { enable: true },
    };
    this.resource =
      front === 'passthrough'
        ? new ComputeRegionHealthCheck(this, 'Resource', { ...check, region })
        : new ComputeHealthCheck(this, 'Resource', check);
    this.repair = new ComputeHealthCheck(this, 'Repair', {
      name: resourceName(this, undefined, 'Repair'),
      project,
      checkIntervalSec: 30,
      timeoutSec: 10,
      healthyThreshold: 1,
      unhealthyThreshold: 10,
      ...PROBE,
    });
  }
}
