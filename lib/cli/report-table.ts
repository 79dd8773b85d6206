import type { ClaimResult } from '../artifact/claim';
import type { AttackResult, ProofReport, SkippedAttack, Summary } from '../prove';
import { textTable } from './text-table';
import type { WriteVerdict } from './verdict-colour';

/** Renders a report for people: the claims of each deployment and the attacks on it, the risks taken, what was not the real thing. */
export function reportTable(given: ProofReport, verdict: WriteVerdict): string {
  const report = printable(given);
  const applicable = report.claims.filter((claim) => claim.verdict !== 'accepted');
  const parts = [...new Set(applicable.map(({ subject }) => subject))].flatMap((subject) => {
    const about = (row: { readonly subject: string }): boolean => row.subject === subject;
    const claims = applicable.filter(about);
    return [
      `${report.artifact}: ${subject}`,
      claimTable(claims, verdict),
      notApplicableTable(claims),
      attackTable(report.attacks.filter(about), report.skipped.filter(about), verdict),
    ];
  });
  return [
    ...parts,
    acceptedTable(report.claims),
    list('Emulated', report.emulated),
    list('Replaced for the run', report.replaced),
    summaryLine(report.summary),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function claimTable(claims: readonly ClaimResult[], verdict: WriteVerdict): string {
  const columns = [{ heading: 'claim', width: 31 }, { heading: 'verdict', width: 14 }, { heading: 'evidence' }];
  const rows = claims
    .filter((claim) => claim.verdict !== 'not-applicable')
    .map(({ id, verdict: found, evidence, fix }) => [
      id,
      verdict(found),
      fix === '' ? evidence : `${evidence}\nfix: ${fix}`,
    ]);
  return rows.length === 0 ? '' : textTable(columns, rows);
}

/** One row a reason, because many claims share one. */
function notApplicableTable(claims: readonly ClaimResult[]): string {
  const byReason = new Map<string, readonly string[]>();
  for (const { id, evidence, verdict } of claims) {
    if (verdict === 'not-applicable') byReason.set(evidence, [...(byReason.get(evidence) ?? []), id]);
  }
  const rows = [...byReason].map(([reason, ids]) => [ids.join(', '), reason]);
  return rows.length === 0 ? '' : textTable([{ heading: 'not applicable', width: 47 }, { heading: 'because' }], rows);
}

function acceptedTable(claims: readonly ClaimResult[]): string {
  const columns = [{ heading: 'accepted', width: 20 }, { heading: 'at', width: 25 }, { heading: 'because' }];
  const rows = claims
    .filter(({ verdict }) => verdict === 'accepted')
    .map(({ id, subject, evidence }) => [id, subject, evidence]);
  return rows.length === 0 ? '' : textTable(columns, rows);
}

function attackTable(
  attacks: readonly AttackResult[],
  skipped: readonly SkippedAttack[],
  verdict: WriteVerdict,
): string {
  if (attacks.length + skipped.length === 0) return '';
  const columns = [
    { heading: 'attack', width: 31 },
    { heading: 'from', width: 8 },
    { heading: 'verdict', width: 14 },
    { heading: 'refused by' },
    { heading: 'control', width: 9 },
  ];
  return textTable(columns, [
    ...attacks.map((attack) => [
      attack.id,
      attack.from,
      verdict(attack.verdict),
      attack.refusedBy ?? attack.observed,
      attack.control.verdict,
    ]),
    ...skipped.map((attack) => [attack.id, '', verdict(attack.verdict), attack.reason, '']),
  ]);
}

function list(heading: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`${heading}:`, ...items.map((item) => `  - ${item}`)].join('\n');
}

function summaryLine(summary: Summary): string {
  const claims = (['holds', 'accepted', 'unproven', 'broken', 'not-applicable'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdict}`);
  const seconds = Math.round(summary.durationMs / 1_000);
  return `claims: ${claims.join(', ')}; attacks: ${summary.refused} of ${summary.attacks} refused; ${seconds} s`;
}

/** What servers answered is shown, but steers no terminal: control characters other than line ends go. */
function printable(report: ProofReport): ProofReport {
  const text = JSON.stringify(report, (_key, value: unknown) =>
    // oxlint-disable-next-line no-control-regex
    typeof value === 'string' ? value.replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '?') : value,
  );
  return JSON.parse(text) as ProofReport;
}
