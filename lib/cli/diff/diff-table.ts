import type { Change, DiffReport } from '../../check';
import { printable } from '../printable';
import { textTable } from '../text-table';

/** Renders a comparison for people: what opened, then what closed. */
export function diffTable(given: DiffReport): string {
  const { changes, summary } = printable(given);
  const part = (change: Change['change']): string =>
    textTable(
      [{ heading: change, width: 14 }, { heading: 'at', width: 26 }, { heading: 'what' }],
      changes
        .filter((each) => each.change === change)
        .map(({ kind, subject, what, source }) => [kind, subject, `${what}\nat: ${source}`]),
    );
  return [part('opened'), part('closed'), `${summary.opened} opened, ${summary.closed} closed`]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}
