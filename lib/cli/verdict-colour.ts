import { styleText } from 'node:util';
import type { Verdict } from '../artifact/claim';
import type { Stream } from './terminal';

const COLOURS = {
  holds: 'green',
  broken: 'red',
  unproven: 'yellow',
  accepted: 'yellow',
  'not-applicable': 'gray',
} as const satisfies Record<Verdict, string>;

/** Writes a verdict, in colour where that can be seen. */
export type WriteVerdict = (verdict: Verdict) => string;

/** Colour, unless the reader is no terminal, or asked for none by `--no-color` or the `NO_COLOR` of https://no-color.org. */
export function verdictWriter(stream: Stream, wanted: boolean): WriteVerdict {
  const colour = wanted && stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  return colour ? (verdict) => styleText(COLOURS[verdict], verdict, { validateStream: false }) : (verdict) => verdict;
}
