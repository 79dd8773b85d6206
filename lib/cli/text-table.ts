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

/** The lines of a cell: broken at words, and within words that are longer than a column, which would be cut short otherwise. */
function wrapped(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => (shownLength(line) > width ? linesOf(line, width) : [line]));
}

function linesOf(line: string, width: number): readonly string[] {
  const done: string[] = [];
  let current = '';
  for (const piece of line.split(' ').flatMap((word) => piecesOf(word, width))) {
    const longer = current === '' ? piece : `${current} ${piece}`;
    if (shownLength(longer) <= width) {
      current = longer;
    } else {
      done.push(current);
      current = piece;
    }
  }
  return [...done, current];
}

function piecesOf(word: string, width: number): readonly string[] {
  return shownLength(word) > width ? (word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []) : [word];
}

function shownLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/**
 * A row as rows of one line each. cli-table3 wraps cells by itself, but looks through the whole cell again for each line of it: seconds for
 * a page of evidence.
 */
function lines(row: readonly string[], widths: readonly number[]): readonly string[][] {
  const cells = row.map((cell, index) => wrapped(cell, widths[index] ?? WIDTH));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ''));
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
  });
  table.push(
    columns.map(({ heading }) => heading),
    widths.map((width) => '─'.repeat(width)),
    ...rows.flatMap((row) => lines(row, widths)),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
