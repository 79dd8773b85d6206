import type { Resources } from './resources';

/** Logical ids of the schedules by which snapshots of disks are taken. */
export function readDiskSnapshots(resources: Resources): readonly string[] {
  return resources
    .ofType('AWS::DLM::LifecyclePolicy')
    .filter(({ properties }) => {
      const types = properties.get('PolicyDetails').get('ResourceTypes').items();
      return properties.get('State').string() === 'ENABLED' && types.some((type) => type.string() === 'VOLUME');
    })
    .map(({ id }) => id);
}
