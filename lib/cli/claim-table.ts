import type { ClaimResult } from '../artifact/claim';
import type { AttackResult, SkippedAttack } from '../prove';
import { textTable } from './text-table';
import type { WriteVerdict } from './verdict-colour';

/**
 * The claims that apply to a deployment. What held is counted here: who refused what stands in the table of attacks. Claims that are in
 * doubt for one and the same reason, as where nothing booted, share a row.
 */
export function claimTable(
  claims: readonly ClaimResult[],
  attacks: readonly AttackResult[],
  skipped: readonly SkippedAttack[],
  verdict: WriteVerdict,
): string {
  const columns = [{ heading: 'claim', width: 31 }, { heading: 'verdict', width: 8 }, { heading: 'evidence' }];
  const applying = claims.filter((claim) => claim.verdict !== 'not-applicable');
  const rows = alike(applying).map(([first, ...others]) => {
    const about = (row: { readonly claim: string }): boolean => row.claim === first.id;
    const ids = [first, ...others].map(({ id }) => id).join('\n');
    return [ids, verdict(first.verdict), evidence(first, attacks.filter(about), skipped.filter(about))];
  });
  return textTable(columns, rows);
}

/** Claims with what else is unproven with the same words, in the order of the first of each. */
function alike(claims: readonly ClaimResult[]): readonly (readonly [ClaimResult, ...ClaimResult[]])[] {
  const groups = new Map<string, [ClaimResult, ...ClaimResult[]]>();
  for (const claim of claims) {
    const key = claim.verdict === 'unproven' ? `${claim.evidence}\n${claim.fix}` : claim.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [claim]);
    else group.push(claim);
  }
  return [...groups.values()];
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
