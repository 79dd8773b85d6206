import { readArtifacts } from '../../artifact/read';
import { check, type CheckReport, type CheckResult } from '../../check';
import { findDeployments } from '../../check/find-deployments';
import { byStack } from '../check/by-stack';
import { printable } from '../printable';
import { drawStack } from './drawing/draw-stack';
import type { Drawing } from './drawing/drawing';

/** One stack of a report: its picture, and what was found about it. */
export interface StackContent {
  readonly name: string;
  readonly drawing: Drawing;
  /** With subjects as they are called within the stack. */
  readonly claims: readonly CheckResult[];
}

/** All that a page shows, of which nothing changes while the input does not. */
export interface ReportContent {
  readonly report: CheckReport;
  readonly stacks: readonly StackContent[];
}

/**
 * Checks what was synthesised, and draws it.
 *
 * @param stack name of the one stack to look at. Absent: every stack that holds a deployment
 * @throws UnreadableError when a path holds no deployment
 */
export function reportContent(paths: readonly string[], stack?: string): ReportContent {
  const report = check({ path: paths, ...(stack !== undefined && { stack }) });
  const found = findDeployments(
    paths.map((path) => ({ path, artifacts: readArtifacts(path) })),
    stack,
  );
  const rows = byStack(report);
  const names = [...new Set(found.map(({ name }) => name))];
  const stacks = names.flatMap((name): readonly StackContent[] => {
    const here = found.filter((each) => each.name === name);
    const [first] = here;
    if (first === undefined) return [];
    // with one stack alone its rows are called by the path that was given
    const own = report.checks === undefined ? rows[0] : rows.find((each) => each.name === name);
    return [
      {
        name,
        drawing: drawStack(
          first.deployment.artifact,
          here.map(({ deployment }) => deployment),
        ),
        claims: withoutPrefix(own?.claims ?? [], first.prefix),
      },
    ];
  });
  return printable({ report, stacks });
}

/** One stack of several that were read carries its name although it is the only one with a deployment. */
function withoutPrefix(claims: readonly CheckResult[], prefix: string): readonly CheckResult[] {
  return claims.map((claim) =>
    claim.subject.startsWith(prefix) ? { ...claim, subject: claim.subject.slice(prefix.length) } : claim,
  );
}
