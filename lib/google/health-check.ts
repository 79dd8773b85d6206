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

/** Google's probes of Envoy's health listener, by which the machine is repaired and callers are led to it. */
export class HealthCheck extends Construct {
  public readonly resource: ComputeRegionHealthCheck | ComputeHealthCheck;

  public constructor(scope: Construct, id: string, { project, region, front }: HealthCheckProps) {
    super(scope, id);
    const check = {
      name: resourceName(this),
      project,
      checkIntervalSec: 10,
      timeoutSec: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      httpHealthCheck: { port: PORTS.health, requestPath: '/healthz' },
      logConfig: { enable: true },
    };
    this.resource =
      front === 'passthrough'
        ? new ComputeRegionHealthCheck(this, 'Resource', { ...check, region })
        : new ComputeHealthCheck(this, 'Resource', check);
  }
}
