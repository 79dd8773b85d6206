import type { Unreadable } from '../artifact/artifact';
import type { ClaimSubject } from '../claims/claim-subject';

/** Claims that rest on the machine below the task. */
const OF_MACHINE: readonly string[] = ['metadata-unreachable'];
/** Claims that rest on how the balancer is set up. */
const OF_BALANCER: readonly string[] = ['tls-outside'];
/** Claims about every way in to a task, modelled or not. */
const OF_WAYS_IN: readonly string[] = ['ingress-no-bypass', 'tls-outside'];

/** Claims about services of Cloud Run, and the one that every grant bears on. */
const OF_CLOUD_RUN = /^cloud-run-/;
const OF_GRANTS: readonly string[] = ['cloud-run-invoker-exact'];
const GRANTS = /_iam_(?:member|binding|policy|custom_role)\b|google_service_account_key/;

/** Of a VPC network: what they refuse is attributed to nobody where one is unread. */
const FIREWALL_RULE = /(?:^|\.)google_compute_firewall\./;

/**
 * Why a claim that held in the run may not hold in the cloud: something that it rests on could not be read from the file, so that the run
 * went on without it. What rewrites the template at deployment, or adds to it, is below every claim. Security groups are not looked at here: what they refuse is attributed to nobody where a rule of theirs is unread.
 */
export function unreadableDoubt(claim: string, { artifact, host }: ClaimSubject): string | undefined {
  const balancers = artifact.balancers.flatMap((balancer) => [
    balancer.id,
    ...balancer.listeners.flatMap((listener) => [listener.id, ...listener.targets.map((target) => target.group)]),
  ]);
  const concerns = ({ subject, concerns: more }: Unreadable): boolean =>
    more === 'template' ||
    (more === 'ways-in' && OF_WAYS_IN.includes(claim)) ||
    subject === host.id ||
    (subject === host.machine?.id && OF_MACHINE.includes(claim)) ||
    (balancers.includes(subject) && OF_BALANCER.includes(claim)) ||
    (subject.includes('google_cloud_run') && OF_CLOUD_RUN.test(claim)) ||
    (GRANTS.test(subject) && OF_GRANTS.includes(claim)) ||
    (host.instance !== undefined && more === undefined && !bearsOnFew(subject));
  const bearsOnFew = (subject: string): boolean =>
    balancers.includes(subject) ||
    subject.includes('google_cloud_run') ||
    GRANTS.test(subject) ||
    FIREWALL_RULE.test(subject) ||
    artifact.hosts.some((other) => other.id !== host.id && other.id === subject && !host.id.startsWith(`${subject}/`));
  const found = artifact.unreadable.filter(concerns);
  if (found.length === 0) return undefined;
  return `it held in the run, which went without what could not be read: ${found.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ')}`;
}
