import type { Resources } from './resources';

const POLICY = 'google_compute_resource_policy';

/** Addresses of the schedules by which snapshots of some disk are taken. */
export function readDiskSnapshots(resources: Resources): readonly string[] {
  const named = [
    ...resources
      .ofType('google_compute_disk_resource_policy_attachment', 'google_compute_region_disk_resource_policy_attachment')
      .map(({ properties }) => properties.get('name')),
    ...resources
      .ofType('google_compute_disk', 'google_compute_region_disk')
      .flatMap(({ properties }) => properties.get('resource_policies').items()),
  ];
  const attached = named.map((policy) => resources.referredBy(policy, POLICY)?.id);
  return resources
    .ofType(POLICY)
    .filter(({ id, properties }) => attached.includes(id) && properties.blocks('snapshot_schedule_policy').length > 0)
    .map(({ id }) => id);
}
