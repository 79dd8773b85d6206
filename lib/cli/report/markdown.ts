import type { CheckResult } from '../../check';
import { summarise } from '../../check/report';
import { escaped as text, table } from '../markdown-text';
import { findingsByGroup, openFindings, VERDICTS } from './findings';
import { mermaid } from './mermaid';
import type { ReportContent, StackContent } from './report-content';
import { whoReachesWhat } from './who-reaches-what';

/** Renders a report as Markdown in GitHub's flavour, pictures as Mermaid's. */
export function markdownReport({ report, stacks }: ReportContent): string {
  return [
    `# ${report.summary.exitCode === 0 ? 'Every claim that applies holds' : 'Not everything holds'}`,
    `${text(report.artifact)}, read by portcullis ${text(report.version)}. Decided from the files alone: nothing was deployed or run.`,
    ...stacks.flatMap(stackParts),
  ]
    .join('\n\n')
    .concat('\n');
}

function stackParts({ name, drawing, claims }: StackContent): readonly string[] {
  const summary = summarise(claims);
  const counted = VERDICTS.filter((verdict) => summary[verdict] > 0).map((verdict) => `${summary[verdict]} ${verdict}`);
  const open = openFindings(claims);
  const accepted = claims.filter(({ verdict }) => verdict === 'accepted');
  return [
    `## ${text(name)}`,
    `${counted.join(', ') || 'Nothing was decided'}.`,
    mermaid(drawing),
    '### Who reaches what',
    table(
      ['who', 'what'],
      whoReachesWhat(drawing).map(({ from, to }) => [text(from), text(to)]),
    ),
    '### What is not shown to hold',
    open.length === 0 ? 'Nothing is unproven or broken.' : findingsTable(open),
    '### Accepted risks',
    accepted.length === 0
      ? 'None.'
      : table(
          ['claim', 'at', 'because'],
          accepted.map((risk) => [`\`${risk.id}\``, place(risk), text(risk.evidence)]),
        ),
    ...findingsByGroup(claims).flatMap((group) => [
      `### ${group.title}`,
      ...group.claims.flatMap(({ claim, findings, accepted: risks }) => [
        `#### \`${claim.id}\``,
        `${text(claim.statement)} (${text(claim.source)})`,
        findingsTable([...findings, ...risks]),
      ]),
    ]),
  ];
}

function findingsTable(rows: readonly CheckResult[]): string {
  return table(
    ['claim', 'verdict', 'at', 'evidence', 'fix'],
    rows.map((row) => [`\`${row.id}\``, `**${row.verdict}**`, place(row), text(row.evidence), text(row.fix)]),
  );
}

function place({ subject, source }: CheckResult): string {
  return source === subject ? text(subject) : `${text(subject)}<br>${text(source)}`;
}
