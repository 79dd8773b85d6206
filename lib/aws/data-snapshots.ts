import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acceptRisk } from './accepted-risk';
import type { DataVolume } from './data-volume';
import { type SnapshotOptions, snapshotSchedule } from './snapshot-options';
import { Snapshots } from './snapshots';

/** Properties of {@link dataSnapshots}. */
export interface DataSnapshotsProps {
  readonly volume: DataVolume;
  readonly encryptionKey: IKey;
  readonly options: SnapshotOptions | false | undefined;
}

/** The schedule of the data disk; where it was turned off, the disk says so in every report. */
export function dataSnapshots(scope: Construct, props: DataSnapshotsProps): Snapshots | undefined {
  const { volume, encryptionKey, options = {} } = props;
  if (options !== false) {
    return new Snapshots(scope, 'Snapshots', { volume, encryptionKey, schedule: snapshotSchedule(options) });
  }
  acceptRisk(volume.resource, {
    claim: 'snapshot-restores',
    reason: 'snapshots: false: the disk is the only copy of the journal, unless somebody else takes one',
  });
  return undefined;
}
