import type { ClaimSubject } from '../claims/claim-subject';
import { admissions } from './network/admissions';
import { callersListener, frontsOf } from './network/fronts-of';
import { admissionsTo } from './network/vpc-rules';
import { judgedInstance } from '../artifact/bearing-rules';

/**
 * Whether no group of the balancer before the host, and no rule of the firewall before a machine, lets anybody in, so that nobody of the run
 * is a caller. Not where a rule was not read.
 */
export function admitsNobody({ artifact, host }: ClaimSubject): boolean {
  const [front] = frontsOf(artifact, host);
  const { firewall = [], unreadable } = artifact;
  if (host.instance !== undefined) {
    const unread = unreadable.some(({ subject }) => firewall.some(({ id }) => id === subject));
    const port = front?.type === 'passthrough' ? callersListener(front, host)?.port : undefined;
    return !unread && port !== undefined && admissionsTo(firewall, judgedInstance(host.instance), port).length === 0;
  }
  const unread = unreadable.some(({ subject }) => front?.groups?.includes(subject));
  return !unread && admissions(artifact, front)?.length === 0;
}
