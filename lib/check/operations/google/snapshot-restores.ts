import type { CheckedClaim } from '../../checked-claim';
import type { Finding } from '../../finding';
import { storesOf, takes } from '../../stores/related';
import { SNAPSHOT_RESTORES } from '../snapshot-restores';

/** Snapshots are taken as anywhere, and outlive the disk that they are of: it is when the disk is gone that they are needed. */
export const GOOGLE_SNAPSHOT_RESTORES: CheckedClaim = {
  id: SNAPSHOT_RESTORES.id,
  decide: (deployment) => {
    const disks = storesOf(deployment).filter(({ kind }) => kind === 'disk');
    const schedules = (deployment.artifact.snapshotSchedules ?? []).filter((schedule) =>
      disks.some((disk) => takes(schedule, disk)),
    );
    return [
      ...SNAPSHOT_RESTORES.decide(deployment),
      ...schedules.flatMap(({ id, endsWithDisk = false }): readonly Finding[] => {
        if (endsWithDisk === false) return [];
        return endsWithDisk === true
          ? [
              {
                verdict: 'broken',
                subject: id,
                evidence: `snapshots of ${id} end after their disk does (on_source_disk_delete)`,
              },
            ]
          : [
              {
                verdict: 'unproven',
                subject: id,
                evidence: `whether snapshots of ${id} outlive their disk is not known`,
              },
            ];
      }),
    ];
  },
};
