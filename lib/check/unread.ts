import type { Artifact, Unreadable } from '../artifact/artifact';
import type { Finding } from './finding';

/** Claims about who reaches what, which an unmodelled way in bears on. */
const OF_WAYS_IN: ReadonlySet<string> = new Set([
  'ingress-no-bypass',
  'admin-closed',
  'fabric-cluster-only',
  'metrics-closed',
  'bind-narrow',
  'registration-by-deployers-only',
  'rules-exact',
  'tls-outside',
  'no-public-address',
]);

/**
 * What was found about a claim, less sure where it rests on something that could not be read: then nothing holds. What is broken stays so,
 * and so does what does not apply, except where the whole template may be other than it was read.
 */
export function doubted(claim: string, finding: Finding, { unreadable }: Artifact): Finding {
  if (finding.verdict !== 'holds' && finding.verdict !== 'not-applicable') return finding;
  const doubts = unreadable.filter((each) => concerns(each, claim, finding));
  if (doubts.length === 0) return finding;
  const reasons = doubts.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ');
  return {
    ...finding,
    verdict: 'unproven',
    evidence: `what was read ${finding.verdict === 'holds' ? 'holds' : 'does not concern it'} (${finding.evidence}), but not all could be read: ${reasons}`,
    fix: 'write what could not be read so that it is known from the file alone, or check what the cloud was given: the processed template, or the plan as JSON',
  };
}

function concerns({ subject, concerns: more }: Unreadable, claim: string, finding: Finding): boolean {
  if (more === 'template') return true;
  if (finding.verdict === 'not-applicable') return false;
  if (more === 'ways-in' && OF_WAYS_IN.has(claim)) return true;
  return [finding.subject, ...(finding.restsOn ?? [])].some((id) => isPartOf(id, subject) || isPartOf(subject, id));
}

/** Parts of a resource have its id, a slash and a name. */
function isPartOf(part: string, whole: string): boolean {
  return part === whole || part.startsWith(`${whole}/`);
}
