import {
  ComputeInstanceTemplate,
  type ComputeInstanceTemplateDisk,
} from '@cdktf/provider-google/lib/compute-instance-template';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { Encryption } from './encryption';
import { machineImage } from './images';
import type { MachineAccount } from './machine-account';
import type { IPrivateNetwork } from './private-network';
import { resourceName } from './resource-name';

/** Properties of {@link Instance}. */
export interface InstanceProps {
  /** Id of the project. */
  readonly project: string;
  readonly network: IPrivateNetwork;
  readonly account: MachineAccount;
  readonly encryption: Encryption;
  /** Image of Container-Optimized OS, by name. */
  readonly image: string;
  /** @default 'n2-standard-2' */
  readonly machineType: string | undefined;
  /** What cloud-init does when the machine starts. */
  readonly userData: string;
  /** Network tags: none, unless peers are told by theirs. */
  readonly tags: readonly string[];
}

/** Whatever is not said here can be switched on for all machines by whoever may write the metadata of the project. */
const METADATA = {
  'enable-oslogin': 'TRUE',
  'block-project-ssh-keys': 'TRUE',
  'serial-port-enable': 'FALSE',
  'disable-legacy-endpoints': 'TRUE',
  'google-logging-enabled': 'false',
  'google-monitoring-enabled': 'false',
  // The image is the one that was named, until another is.
  'cos-update-strategy': 'update_disabled',
} as const;

const BOOT_DISK_GIB = 20;
const MACHINE_TYPE = /^[a-z][a-z0-9]*-[a-z]+(?:-[a-z0-9]+)*$/;
/** Series that take Hyperdisk alone. @see https://cloud.google.com/compute/docs/disks/persistent-disks#machine_series_support */
const WITHOUT_PERSISTENT_DISK = /^(?:c4|c4a|c4d|n4|n4a|n4d|h4d|x4|a4|a4x)-/;

/**
 * What the machine is made of: an image by name, a disk under the key of the server, no address of the internet, and nothing but what
 * cloud-init starts. Another word in it is another machine.
 *
 * @see https://cloud.google.com/container-optimized-os/docs/how-to/create-configure-instance
 */
export class Instance extends Construct {
  public readonly template: ComputeInstanceTemplate;

  /** @throws UnsafeConfigurationError `MachineImageMoves`, `MachineTypeInvalid`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    const { project, network, account, encryption, machineType = 'n2-standard-2', tags } = props;
    assertMachineType(machineType);
    this.template = new ComputeInstanceTemplate(this, 'Resource', {
      namePrefix: `${resourceName(this, 36)}-`,
      project,
      region: network.region,
      description: 'Machine of Restate',
      machineType,
      canIpForward: false,
      ...(tags.length > 0 && { tags: [...tags] }),
      disk: [bootDisk(props)],
      // No access configuration: that would be an address of the internet.
      networkInterface: [{ subnetwork: network.subnetworkId, stackType: 'IPV4_ONLY' }],
      serviceAccount: { email: account.email, scopes: ['cloud-platform'] },
      shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
      scheduling: { automaticRestart: true, onHostMaintenance: 'MIGRATE', preemptible: false },
      metadata: { ...METADATA, 'user-data': props.userData },
      // A template cannot be changed, nor be deleted while the group uses it.
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [encryption.forDisks],
    });
  }
}

function bootDisk({ image, encryption }: InstanceProps): ComputeInstanceTemplateDisk {
  return {
    boot: true,
    autoDelete: true,
    sourceImage: machineImage(image),
    diskType: 'pd-balanced',
    diskSizeGb: BOOT_DISK_GIB,
    diskEncryptionKey: { kmsKeySelfLink: encryption.keyId },
  };
}

function assertMachineType(machineType: string): void {
  const known = MACHINE_TYPE.test(concrete('machineType', machineType));
  if (known && !WITHOUT_PERSISTENT_DISK.test(machineType)) return;
  throw new UnsafeConfigurationError({
    code: 'MachineTypeInvalid',
    given: `machineType ${quote(machineType)}`,
    because: 'it is no type of machine that takes a Persistent Disk, which only the deployment would say',
    write: "give one of a series that does, e.g. 'n2-standard-2' or 'n2d-standard-4'",
  });
}
