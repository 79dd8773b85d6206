import type { TaskCluster } from '../artifact';
import type { Resources } from './resources';

/** Reads the clusters of ECS. Without a word the account decides whether there are insights. */
export function readTaskClusters(resources: Resources): readonly TaskCluster[] {
  return resources.ofType('AWS::ECS::Cluster').map(({ id, properties }) => {
    const setting = properties
      .get('ClusterSettings')
      .items()
      .find((item) => item.get('Name').string() === 'containerInsights');
    const value = setting?.get('Value').string();
    return { id, insights: value === undefined ? 'unknown' : value === 'enabled' || value === 'enhanced' };
  });
}
