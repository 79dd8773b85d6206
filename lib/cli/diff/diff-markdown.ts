import type { Change, DiffReport } from '../../check';
import { escaped, folded, table } from '../markdown-text';
import { printable } from '../printable';

/** Renders a comparison as Markdown in GitHub's flavour: what opened in a table, what closed folded away. */
export function diffMarkdown(given: DiffReport): string {
  const { before, after, changes, summary } = printable(given);
  const of = (change: Change['change']): string =>
    table(
      ['kind', 'at', 'what'],
      changes
        .filter((each) => each.change === change)
        .map(({ kind, subject, source, what }) => [kind, `${escaped(subject)}<br>${escaped(source)}`, escaped(what)]),
    );
  return [
    `## portcullis diff: ${summary.opened === 0 ? 'nothing opened' : `${summary.opened} opened`}`,
    `From ${escaped(before)} to ${escaped(after)}: ${summary.opened} opened, ${summary.closed} closed.`,
    ...(summary.opened === 0 ? [] : [of('opened')]),
    ...(summary.closed === 0 ? [] : [folded(`${summary.closed} closed`, of('closed'))]),
  ]
    .join('\n\n')
    .concat('\n');
}
