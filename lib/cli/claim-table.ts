import type { ClaimResult } from '../artifact/claim';
import type { AttackResult, SkippedAttack } from '../prove';
import { textTable } from './text-table';
import type { WriteVerdict } from './verdict-colour';

/** The claims that apply to a deployment. What held is counted here: who refused what stands in the table of attacks. */
export function claimTable(
  claims: readonly ClaimResult[],
  attacks: readonly AttackResult[],
  skipped: readonly SkippedAttack[],
  verdict: WriteVerdict,
): string {
  const columns = [{ heading: 'claim', width: 31 }, { heading: 'verdict', width: 8 }, { heading: 'evidence' }];
  const rows = claims
    .filter((claim) => claim.verdict !== 'not-applicable')
    .map((claim) => {
      const about = (row: { readonly claim: string }): boolean => row.claim === claim.id;
      return [claim.id, verdict(claim.verdict), evidence(claim, attacks.filter(about), skipped.filter(about))];
    });
  return textTable(columns, rows);
}

function evidence(claim: ClaimResult, attacks: readonly AttackResult[], skipped: readonly SkippedAttack[]): string {
  if (claim.verdict !== 'holds') return claim.fix === '' ? claim.evidence : `${claim.evidence}\nfix: ${claim.fix}`;
  if (attacks.length === 0) return claim.evidence;
  const refusers = new Set(attacks.map(({ refusedBy = '' }) => refusedBy.split(/[:\s]/)[0]));
  const count = attacks.length === 1 ? '1 attack' : `${attacks.length} attacks`;
  const left = skipped.length === 0 ? '' : `; ${skipped.length} not run`;
  return `${count} refused by ${[...refusers].join(', ')}${left}`;
}

/** The risks that were taken on purpose, each at the resource that carries it. */
export function acceptedTable(claims: readonly ClaimResult[]): string {
  const columns = [{ heading: 'accepted', width: 22 }, { heading: 'at', width: 25 }, { heading: 'because' }];
  const accepted = claims.filter(({ verdict }) => verdict === 'accepted');
  return textTable(
    columns,
    accepted.map(({ id, subject, evidence: reason }) => [id, subject, reason]),
  );
}
