import type { CheckReport, CheckResult } from '../../check';
import { printable } from '../printable';
import { escaped, folded, table } from '../markdown-text';
import { byStack, type StackRows } from './by-stack';

/** Renders a report as Markdown in GitHub's flavour: what is wrong in a table, the rest folded away. */
export function markdown(given: CheckReport): string {
  const report = printable(given);
  const { summary, claims } = report;
  const counts = (['broken', 'unproven', 'holds', 'accepted', 'not-applicable'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdict}`);
  const accepted = claims.filter(({ verdict }) => verdict === 'accepted');
  return [
    `## portcullis check: ${summary.exitCode === 0 ? 'every claim that applies holds' : 'not everything holds'}`,
    `${escaped(report.artifact)}: ${counts.length > 0 ? counts.join(', ') : 'nothing was decided'}.`,
    ...byStack(report).flatMap(stackSections),
    ...(accepted.length === 0
      ? []
      : [folded(`${accepted.length} accepted`, table(['claim', 'at', 'because'], accepted.map(reasonCells)))]),
  ]
    .join('\n\n')
    .concat('\n');
}

function stackSections({ name, claims }: StackRows): readonly string[] {
  const of = (...verdicts: readonly CheckResult['verdict'][]): readonly CheckResult[] =>
    claims.filter(({ verdict }) => verdicts.includes(verdict));
  const wrong = [...of('broken'), ...of('unproven')];
  const held = of('holds');
  const apart = of('not-applicable');
  return [
    `### ${escaped(name)}`,
    wrong.length === 0
      ? 'Nothing is broken or unproven.'
      : table(['claim', 'verdict', 'at', 'evidence', 'fix'], wrong.map(wrongCells)),
    ...(held.length === 0
      ? []
      : [folded(`${held.length} holds`, table(['claim', 'at', 'because'], held.map(reasonCells)))]),
    ...(apart.length === 0
      ? []
      : [folded(`${apart.length} not applicable`, table(['claim', 'at', 'because'], apart.map(reasonCells)))]),
  ];
}

function wrongCells({ id, verdict, source, subject, evidence, fix }: CheckResult): readonly string[] {
  const at = source === subject ? escaped(subject) : `${escaped(subject)}<br>${escaped(source)}`;
  return [`\`${id}\``, `**${verdict}**`, at, escaped(evidence), escaped(fix)];
}

function reasonCells({ id, subject, evidence }: CheckResult): readonly string[] {
  return [`\`${id}\``, escaped(subject), escaped(evidence)];
}
