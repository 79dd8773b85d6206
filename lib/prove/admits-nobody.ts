import type { ClaimSubject } from './claims/proven-claim';
import { admissions } from './network/admissions';
import { frontsOf } from './network/fronts-of';

/** Whether no group of the balancer before the host lets anybody in, so that nobody of the run is a caller. Not where a rule was not read. */
export function admitsNobody({ artifact, host }: ClaimSubject): boolean {
  const [front] = frontsOf(artifact, host);
  const unread = artifact.unreadable.some(({ subject }) => front?.groups?.includes(subject));
  return !unread && admissions(artifact, front)?.length === 0;
}
