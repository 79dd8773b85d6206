import { isOnGoogle } from '../by-cloud';
import type { CheckedDeployment } from '../checked-deployment';
import type { Permission } from './permission';
import { reachOnAws } from './reach-on-aws';
import { reachOnGoogle } from './reach-on-google';

/** Who gets to each port on which something of a server listens, by which door, with the witness. */
export function reachPermissions(deployment: CheckedDeployment): readonly Permission[] {
  if (isOnGoogle(deployment.artifact)) return reachOnGoogle(deployment);
  return deployment.artifact.network === undefined ? [] : reachOnAws(deployment);
}
