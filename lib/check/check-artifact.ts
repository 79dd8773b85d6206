import type { AcceptedRisk } from '../artifact/artifact';
import { acceptedRisks } from '../claims/accepted-risks';
import { type CatalogueClaim, fixInWordsOf } from '../claims/catalogue-claim';
import { CLAIMS } from '../claims/claims';
import type { CheckedClaim } from './checked-claim';
import type { CheckedDeployment } from './checked-deployment';
import type { Finding } from './finding';
import type { FoundDeployment } from './find-deployments';
import type { Places } from './places';
import { type CheckResult, sourceOf } from './report';
import { doubted } from './unread';

/** More than anybody reads; a hostile file makes no endless report. */
const MAX_EVIDENCE = 4_000;

/**
 * A row for every finding of every claim, and one for every accepted risk, in the order of the catalogue.
 *
 * @param deciders how the claims are decided that were asked for; several may each see to a part of one claim
 * @param places where the resources of the file stand
 */
export function checkDeployment(
  { deployment, prefix }: Pick<FoundDeployment, 'deployment' | 'prefix'>,
  deciders: readonly CheckedClaim[],
  places: Places = () => undefined,
): readonly CheckResult[] {
  const { artifact, server } = deployment;
  const accepted = server === undefined ? (artifact.accepted ?? []) : acceptedRisks({ artifact, host: server.host });
  return CLAIMS.flatMap((claim) => {
    const asked = deciders.filter(({ id }) => id === claim.id);
    if (asked.length === 0) return [];
    const findings = worthRows(asked, deployment)
      .map((finding) => doubted(claim.id, finding, deployment.artifact))
      .map((finding) => row(claim, finding, deployment));
    const risks = accepted.filter((risk) => risk.claim === claim.id).map(acceptedRow);
    return [...findings, ...risks].sort(bySubject);
  }).map((result) => ({ ...result, subject: `${prefix}${result.subject}`, ...sourceOf(result.subject, places) }));
}

/** A decider beside others that has nothing to decide leaves the row to them. */
function worthRows(asked: readonly CheckedClaim[], deployment: CheckedDeployment): readonly Finding[] {
  const all = asked.map(({ isBeside = false, ...decider }) => ({ isBeside, findings: decided(decider, deployment) }));
  const isAlone = all.every(({ isBeside }) => isBeside);
  return all.flatMap(({ isBeside, findings }) =>
    findings.filter(({ verdict }) => isAlone || !isBeside || verdict !== 'not-applicable'),
  );
}

/** Nothing found is no verdict, and a decider that fails has found nothing: both leave their claim unproven. */
function decided({ id, decide }: CheckedClaim, deployment: CheckedDeployment): readonly Finding[] {
  const subject = deployment.server?.host.id ?? deployment.artifact.name;
  const undecided = (evidence: string): readonly Finding[] => [{ verdict: 'unproven', subject, evidence }];
  try {
    const findings = decide(deployment);
    return findings.length > 0 ? findings : undecided(`nothing that ${id} is about was found, and nothing said why`);
  } catch (error) {
    return undecided(`${FAULT}${error instanceof Error ? error.message : String(error)}`);
  }
}

/** How the evidence of a claim begins whose decider failed. */
export const FAULT = 'could not be decided, by a fault of portcullis: ';

function row(
  claim: CatalogueClaim,
  { verdict, subject, evidence, fix }: Finding,
  deployment: CheckedDeployment,
): CheckResult {
  const safe = verdict === 'holds' || verdict === 'not-applicable';
  return {
    id: claim.id,
    verdict,
    subject,
    evidence: evidence.length > MAX_EVIDENCE ? `${evidence.slice(0, MAX_EVIDENCE)} ...` : evidence,
    fix: safe ? '' : (fix ?? fixInWordsOf(cloudOf(deployment), claim)),
    source: subject,
  };
}

function acceptedRow({ claim, subject, reason }: AcceptedRisk): CheckResult {
  return { id: claim, verdict: 'accepted', subject, evidence: reason, fix: '', source: subject };
}

function cloudOf({ artifact, server }: CheckedDeployment): 'aws' | 'google' {
  const ofGoogle = artifact.cloudRun ?? artifact.firewall ?? artifact.grants ?? server?.host.instance;
  return ofGoogle === undefined ? 'aws' : 'google';
}

function bySubject(one: CheckResult, other: CheckResult): number {
  return order(one.subject, other.subject) || order(one.evidence, other.evidence) || order(one.verdict, other.verdict);
}

/** By code unit, the same under every locale. */
function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
