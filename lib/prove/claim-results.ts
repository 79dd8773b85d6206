import type { AcceptedRisk } from '../artifact/artifact';
import type { ClaimResult } from '../artifact/claim';
import { acceptedRisks } from '../claims/accepted-risks';
import { admitsNobody } from './admits-nobody';
import { PROVEN_CLAIMS } from './claims';
import type { ClaimSubject } from '../claims/claim-subject';
import { fixFor, type ProvenClaim } from './claims/proven-claim';
import type { AttackResult, DeploymentProof } from './report';
import { unattackedDoubt } from './unattacked-doubt';
import { unreadableDoubt } from './unreadable-doubt';
import { judge, type Judgement } from './verdict';

/** What to judge claims with. */
export interface JudgedProof extends ClaimSubject {
  /** Subject of the rows that are about the deployment as a whole. */
  readonly subject: string;
  /** Name of the stack and a slash where several are reported, else empty. */
  readonly prefix: string;
  readonly proof: DeploymentProof;
  /** Claims of the attacks that were asked for: the others are left out, since nothing is known about them. Absent: all. */
  readonly asked?: readonly string[];
}

/** A row for every claim, and one for every accepted risk. */
export function claimResults(judged: JudgedProof): readonly ClaimResult[] {
  const { asked } = judged;
  const claims = PROVEN_CLAIMS.filter(({ id }) => asked?.includes(id) ?? true);
  const rows = claims.map((claim) => row(claim, judgeClaim(claim, judged), judged));
  const risks = asked === undefined ? acceptedRisks(judged) : [];
  return [...rows, ...risks.map((risk) => acceptedRow(risk, judged))];
}

function judgeClaim(claim: ProvenClaim, judged: JudgedProof): Judgement {
  const { proof } = judged;
  const of = <Item extends { readonly claim: string }>(items: readonly Item[]): readonly Item[] =>
    items.filter((item) => item.claim === claim.id);
  const judgement = claim.id === 'refusal-named' ? judgeRefusals(proof) : judge(of(proof.attacks), of(proof.skipped));
  const doubt =
    judgement?.verdict === 'holds'
      ? (unreadableDoubt(claim.id, judged) ?? unattackedDoubt(claim.id, judged))
      : undefined;
  if (doubt !== undefined) return { verdict: 'unproven', evidence: doubt };
  // what is left of a claim about users says too little of it
  const ofUsers = of(proof.skipped).find(({ reason }) => reason.startsWith('one user is mapped'));
  if (judgement?.verdict === 'holds' && ofUsers !== undefined) {
    return { verdict: 'not-applicable', evidence: `${ofUsers.id}: ${ofUsers.reason}; ${judgement.evidence}` };
  }
  if (judgement !== undefined && judgement.verdict !== 'not-applicable') return judgement;
  const reason = claim.notApplicable?.(judged);
  if (reason !== undefined) return { verdict: 'not-applicable', evidence: reason };
  return judgement ?? { verdict: 'unproven', evidence: proof.failure ?? 'no attack of this version tests it' };
}

/** Every attack that got nowhere must have been refused by somebody who can be named. */
function judgeRefusals(proof: DeploymentProof): Judgement | undefined {
  const refused = proof.attacks.filter((attack) => attack.verdict !== 'broken');
  if (refused.length === 0) return undefined;
  const nameless = refused.filter((attack) => attack.refusedBy === undefined);
  if (nameless.length > 0) {
    return {
      verdict: 'unproven',
      evidence: `nobody can be named who refused ${nameless.map(({ id }) => id).join(', ')}`,
    };
  }
  return { verdict: 'holds', evidence: `${refused.length} of ${refused.length} attributed: ${tally(refused)}` };
}

function tally(attacks: readonly AttackResult[]): string {
  const counts = new Map<string, number>();
  for (const { refusedBy = '' } of attacks) {
    const who = refusedBy.split(':')[0] ?? refusedBy;
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  return [...counts].map(([who, count]) => `${who} ${count}`).join(', ');
}

function row(claim: ProvenClaim, { verdict, evidence }: Judgement, judged: JudgedProof): ClaimResult {
  const safe = verdict === 'holds' || verdict === 'not-applicable';
  return {
    id: claim.id,
    verdict,
    subject: judged.subject,
    evidence,
    fix: safe ? '' : `${fixOf(claim, verdict, judged)}${verdict === 'broken' ? acceptedElsewhere(judged) : ''}`,
    source: sourceOf(judged),
  };
}

/** A claim that nobody could test is mended by whatever makes it testable. */
function fixOf(claim: ProvenClaim, verdict: Judgement['verdict'], judged: JudgedProof): string {
  const { proof } = judged;
  if (proof.failure !== undefined) return 'remove what kept the attacks from being run';
  const untested = proof.attacks.some((attack) => attack.claim === claim.id && attack.control.verdict === 'failed');
  return verdict === 'unproven' && untested && admitsNobody(judged)
    ? 'no caller is admitted to the load balancer: name the callers (ingress.peers), or admit everybody (internetFacing)'
    : fixFor(claim, judged);
}

/** An attack that an accepted risk explains is not held against a claim, but a plan carries none. */
function acceptedElsewhere({ artifact }: ClaimSubject): string {
  return artifact.acceptedElsewhere === true
    ? '; where the app accepts that as a risk, give the cdk.tf.json: a plan carries no accepted risks'
    : '';
}

function acceptedRow(risk: AcceptedRisk, judged: JudgedProof): ClaimResult {
  const subject = `${judged.prefix}${risk.subject}`;
  return { id: risk.claim, verdict: 'accepted', subject, evidence: risk.reason, fix: '', source: sourceOf(judged) };
}

function sourceOf({ host }: ClaimSubject): string {
  return host.constructPath ?? host.id;
}
