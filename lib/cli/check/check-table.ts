import type { CheckReport, CheckResult, CheckSummary } from '../../check';
import { acceptedTable } from '../claim-table';
import { printable } from '../printable';
import { reasonTable } from '../reason-table';
import { textTable } from '../text-table';
import type { WriteVerdict } from '../verdict-colour';
import { byStack, type StackRows } from './by-stack';

/** Subjects of one claim that hold for the same reason are counted beyond these. */
const NAMED = 3;

/** Renders a report for people: what is wrong of each stack first, then what holds, the risks taken, and what does not apply. */
export function checkTable(given: CheckReport, verdict: WriteVerdict): string {
  const report = printable(given);
  return [
    ...byStack(report).flatMap((stack) => stackTables(stack, verdict)),
    acceptedTable(report.claims),
    summaryLine(report.summary),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function stackTables({ name, claims }: StackRows, verdict: WriteVerdict): readonly string[] {
  const of = (...verdicts: readonly CheckResult['verdict'][]): readonly CheckResult[] =>
    claims.filter((claim) => verdicts.includes(claim.verdict));
  return [
    name,
    claimTable([...of('broken').map(wrong), ...of('unproven').map(wrong), ...held(of('holds'))], verdict),
    reasonTable(
      'not applicable',
      of('not-applicable').map(({ id, evidence }) => ({ id, reason: evidence })),
    ),
  ];
}

interface Row {
  readonly id: string;
  readonly verdict: CheckResult['verdict'];
  readonly evidence: string;
}

function claimTable(rows: readonly Row[], verdict: WriteVerdict): string {
  return textTable(
    [{ heading: 'claim', width: 32 }, { heading: 'verdict', width: 8 }, { heading: 'evidence' }],
    rows.map((row) => [row.id, verdict(row.verdict), row.evidence]),
  );
}

function wrong(claim: CheckResult): Row {
  const { id, verdict, subject, evidence, fix, source } = claim;
  return { id, verdict, evidence: `${subject}: ${evidence}\nat: ${source}${fix === '' ? '' : `\nfix: ${fix}`}` };
}

/** One row a claim, with what it holds of and why. */
function held(claims: readonly CheckResult[]): readonly Row[] {
  return [...new Set(claims.map(({ id }) => id))].map((id) => {
    const reasons = new Map<string, string[]>();
    for (const claim of claims.filter((each) => each.id === id)) {
      reasons.set(claim.evidence, [...(reasons.get(claim.evidence) ?? []), claim.subject]);
    }
    const lines = [...reasons].map(([evidence, subjects]) => `${named(subjects)}: ${evidence}`);
    return { id, verdict: 'holds', evidence: lines.join('\n') };
  });
}

function named(subjects: readonly string[]): string {
  const more = subjects.length - NAMED;
  return `${subjects.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function summaryLine(summary: CheckSummary & { readonly durationMs: number }): string {
  const claims = (['holds', 'accepted', 'unproven', 'broken', 'not-applicable'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdict}`);
  return `${claims.length > 0 ? claims.join(', ') : 'nothing was decided'}; ${summary.durationMs} ms`;
}
