import { ComputeInstanceGroupManager } from '@cdktf/provider-google/lib/compute-instance-group-manager';
import { ComputePerInstanceConfig } from '@cdktf/provider-google/lib/compute-per-instance-config';
import { Construct } from 'constructs';
import { DATA_DEVICE, type DataDisk } from './data-disk';
import type { HealthCheck } from './health-check';
import { HTTPS_FRONT_PORT_NAME } from './https-front';
import type { NamedMachine } from './iam-members';
import type { Instance } from './instance';
import { PORTS } from './ports';
import { resourceName } from './resource-name';
import type { ServerPlan } from './server-plan';

/** Properties of {@link InstanceGroup}. */
export interface InstanceGroupProps {
  /** Id of the project. */
  readonly project: string;
  readonly zone: string;
  /** Name of the machine, which it keeps for good: no longer than {@link LONGEST_MACHINE_NAME}. */
  readonly machine: string;
  readonly front: ServerPlan['front'];
  readonly instance: Instance;
  readonly disk: DataDisk;
  readonly healthCheck: HealthCheck;
}

/** Google takes no longer name of machines of a group, whether or not it makes names of it. */
export const LONGEST_MACHINE_NAME = 58;

/** What a machine may take to start its containers, pull their images and bring back the server's state. */
const START_SECONDS = 600;

/**
 * A group of one machine, which is replaced where it fails or changes: first the old one ends, then a new one of the same name starts with
 * the same disk. There is no moment with two.
 *
 * @see https://cloud.google.com/compute/docs/instance-groups/stateful-migs
 */
export class InstanceGroup extends Construct implements NamedMachine {
  public readonly manager: ComputeInstanceGroupManager;
  /** Makes the machine, with its disk. */
  public readonly machine: ComputePerInstanceConfig;
  public readonly project: string;
  public readonly zone: string;
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: InstanceGroupProps) {
    super(scope, id);
    const { project, zone, machine, front, instance, disk, healthCheck } = props;
    this.project = project;
    this.zone = zone;
    this.name = machine;
    this.manager = new ComputeInstanceGroupManager(this, 'Resource', {
      name: resourceName(this),
      project,
      zone,
      baseInstanceName: machine,
      version: [{ instanceTemplate: instance.template.selfLinkUnique }],
      ...(front === 'https-balancer' && { namedPort: [{ name: HTTPS_FRONT_PORT_NAME, port: PORTS.https }] }),
      autoHealingPolicies: { healthCheck: healthCheck.repair.id, initialDelaySec: START_SECONDS },
      updatePolicy: {
        type: 'PROACTIVE',
        minimalAction: 'REPLACE',
        mostDisruptiveAllowedAction: 'REPLACE',
        replacementMethod: 'RECREATE',
        maxSurgeFixed: 0,
        maxUnavailableFixed: 1,
      },
      // No targetSize: the configuration of the one machine makes it.
      waitForInstances: false,
    });
    this.machine = new ComputePerInstanceConfig(this, 'Machine', {
      name: machine,
      project,
      zone,
      instanceGroupManager: this.manager.name,
      preservedState: {
        disk: [{ deviceName: DATA_DEVICE, source: disk.resource.id, mode: 'READ_WRITE', deleteRule: 'NEVER' }],
      },
      minimalAction: 'NONE',
      mostDisruptiveAllowedAction: 'REPLACE',
      removeInstanceOnDestroy: true,
    });
  }

  /** What fronts forward to. */
  public get groupId(): string {
    return this.manager.instanceGroup;
  }

  public get after(): ComputePerInstanceConfig {
    return this.machine;
  }
}
