import type { Artifact } from '../artifact/artifact';
import type { CheckedClaim } from './checked-claim';

/** One claim of two deciders: what its resources are called and can do differs too much between the clouds for one. */
export function byCloud(aws: CheckedClaim, google: CheckedClaim): CheckedClaim {
  return {
    id: aws.id,
    decide: (deployment) => (isOnGoogle(deployment.artifact) ? google : aws).decide(deployment),
  };
}

/** Whether a file deploys to Google Cloud: only there are rules of a network's firewall, be it none, read from every file. */
export function isOnGoogle({ firewall }: Artifact): boolean {
  return firewall !== undefined;
}
