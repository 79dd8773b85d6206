import { createHash } from 'node:crypto';
import { ComputeDisk } from '@cdktf/provider-google/lib/compute-disk';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { Encryption } from './encryption';
import { resourceName } from './resource-name';
import type { DiskType } from './restate-server-props';

/** Name of the device, by which the machine finds the disk: `/dev/disk/by-id/google-portcullis-data`. */
export const DATA_DEVICE = 'portcullis-data';

/** Properties of {@link DataDisk}. */
export interface DataDiskProps {
  /** Id of the project. */
  readonly project: string;
  readonly zone: string;
  readonly encryption: Encryption;
  /** @default 'pd-ssd' */
  readonly type: DiskType | undefined;
  /** GiB. @default 64 */
  readonly sizeGib: number | undefined;
  /** The snapshot that the disk is made of. @default - an empty disk */
  readonly restoreFrom: string | undefined;
}

const TYPES: readonly DiskType[] = ['pd-ssd', 'pd-balanced'];
const LEAST_GIB = 10;
const MOST_GIB = 65_536;
const SNAPSHOT =
  /^(?:https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/]+\/global\/snapshots\/[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * The disk that holds the journal and the state. It outlives machines, and Terraform refuses to destroy it as long as it stands in the
 * files: who takes it out of them first says `terraform state rm`, which leaves the disk alone.
 */
export class DataDisk extends Construct {
  public readonly resource: ComputeDisk;
  /** Whether it was made of a snapshot, and so must hold data. */
  public readonly restored: boolean;

  /** @throws UnsafeConfigurationError `DiskInvalid`, `SnapshotIdInvalid`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, props: DataDiskProps) {
    super(scope, id);
    const { restoreFrom, encryption, type = 'pd-ssd', sizeGib = 64 } = props;
    assertDisk(type, sizeGib);
    if (restoreFrom !== undefined) assertSnapshot(restoreFrom);
    this.restored = restoreFrom !== undefined;
    this.resource = new ComputeDisk(this, 'Resource', {
      name: nameOf(this, restoreFrom),
      description: 'Journal and state of Restate',
      project: props.project,
      zone: props.zone,
      type,
      size: sizeGib,
      diskEncryptionKey: { kmsKeySelfLink: encryption.keyId },
      ...(restoreFrom !== undefined && { snapshot: restoreFrom }),
      lifecycle: { preventDestroy: true },
      dependsOn: [encryption.forDisks],
    });
  }
}

/** Another snapshot is another disk, and the one before it keeps its name for as long as it is kept. */
function nameOf(disk: DataDisk, restoreFrom: string | undefined): string {
  if (restoreFrom === undefined) return resourceName(disk);
  const suffix = createHash('sha256').update(restoreFrom).digest('hex').slice(0, 8);
  return `${resourceName(disk, 54)}-${suffix}`;
}

function assertDisk(type: DiskType, sizeGib: number): void {
  if (!TYPES.includes(concrete('diskType', type))) {
    throw invalid(`diskType ${quote(type)}`, `choose among ${TYPES.join(', ')}`);
  }
  if (!Number.isInteger(concrete('diskSizeGib', sizeGib)) || sizeGib < LEAST_GIB || sizeGib > MOST_GIB) {
    throw invalid(`diskSizeGib ${quote(sizeGib)}`, `give a whole number from ${LEAST_GIB} to ${MOST_GIB}`);
  }
}

function invalid(given: string, write: string): UnsafeConfigurationError {
  const because = 'RocksDB needs a Persistent Disk that is fast enough for it, of a size that there is';
  return new UnsafeConfigurationError({ code: 'DiskInvalid', given, because, write });
}

function assertSnapshot(restoreFrom: string): void {
  if (SNAPSHOT.test(concrete('restoreFrom', restoreFrom))) return;
  throw new UnsafeConfigurationError({
    code: 'SnapshotIdInvalid',
    given: `restoreFrom ${quote(restoreFrom)}`,
    because: 'a disk is restored from a snapshot of it, in any zone and under the key of this server',
    write:
      "give 'projects/P/global/snapshots/NAME'; of a disk that is left, take one: gcloud compute snapshots create NAME --source-disk DISK",
  });
}
