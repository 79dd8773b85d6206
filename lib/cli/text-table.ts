import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';

/** Width of everything that is printed as a table, in characters. */
const WIDTH = 100;

const GAP = '  ';

/** No frame: a table that survives being pasted, cut and mailed. */
const FRAMELESS: Partial<Record<CliTable.CharName, string>> = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
};

/** A column: its heading and its width in characters; one without a width takes what the others leave. */
export interface Column {
  readonly heading: string;
  readonly width?: number;
}

/** Breaks words that are longer than a column, which would be cut short otherwise. */
function breakLongWords(text: string, width: number): string {
  return text.replaceAll(/\S+/g, (word) =>
    stripVTControlCharacters(word).length > width
      ? (word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []).join('\n')
      : word,
  );
}

/**
 * Renders rows as columns that wrap within {@link WIDTH}, with a rule below the headings and no trailing blanks. Without rows: nothing.
 *
 * @throws RangeError when not exactly one column is without a width
 */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const rest = WIDTH - columns.reduce((sum, { width = 0 }) => sum + width, 0) - GAP.length * (columns.length - 1);
  if (columns.filter(({ width }) => width === undefined).length !== 1)
    throw new RangeError('one column takes the rest');
  const widths = columns.map(({ width = rest }) => width);
  const table = new CliTable({
    chars: FRAMELESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  table.push(
    columns.map(({ heading }) => heading),
    widths.map((width) => '─'.repeat(width)),
    ...rows.map((row) => row.map((cell, index) => breakLongWords(cell, widths[index] ?? WIDTH))),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
