import type { ProofReport, Summary } from '../prove';
import { attackTable } from './attack-table';
import { acceptedTable, claimTable } from './claim-table';
import { printable } from './printable';
import { reasonTable } from './reason-table';
import { textTable } from './text-table';
import type { WriteVerdict } from './verdict-colour';

/** Renders a report for people: the claims of each deployment and the attacks on it, the risks taken, what was not the real thing. */
export function reportTable(given: ProofReport, verdict: WriteVerdict): string {
  const report = printable(given);
  const subjects = new Set(report.claims.filter((claim) => claim.verdict !== 'accepted').map(({ subject }) => subject));
  return [
    ...[...subjects].flatMap((subject) => deploymentTables(report, subject, verdict)),
    acceptedTable(report.claims),
    standInTable('emulated', report.emulated),
    standInTable('replaced for the run', report.replaced),
    summaryLine(report.summary),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function deploymentTables(report: ProofReport, subject: string, verdict: WriteVerdict): readonly string[] {
  const about = (row: { readonly subject: string }): boolean => row.subject === subject;
  const claims = report.claims.filter(about).filter((claim) => claim.verdict !== 'accepted');
  const attacks = report.attacks.filter(about);
  const skipped = report.skipped.filter(about);
  const notApplicable = claims.filter((claim) => claim.verdict === 'not-applicable');
  return [
    `${report.artifact}: ${subject}`,
    claimTable(claims, attacks, skipped, verdict),
    reasonTable(
      'not applicable',
      notApplicable.map(({ id, evidence }) => ({ id, reason: evidence })),
    ),
    attackTable(attacks, verdict),
    reasonTable('not run', skipped),
  ];
}

/** Each item reads `<what>: <by what>`. */
function standInTable(heading: string, items: readonly string[]): string {
  const rows = items.map((item) => {
    const [what = '', ...by] = item.split(': ');
    return [what, by.join(': ')];
  });
  return textTable([{ heading, width: 30 }, { heading: 'by' }], rows);
}

function summaryLine(summary: Summary): string {
  const claims = (['holds', 'accepted', 'unproven', 'broken', 'not-applicable'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdict}`);
  const seconds = Math.round(summary.durationMs / 1_000);
  return `claims: ${claims.join(', ')}; attacks: ${summary.refused} of ${summary.attacks} refused; ${seconds} s`;
}
