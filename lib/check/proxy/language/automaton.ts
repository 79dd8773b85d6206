import type { Expression, Span } from './expression';

/** A machine that reads a text letter by letter and may be in several states at once. */
export interface Automaton {
  readonly start: number;
  readonly accept: number;
  /** For each state where it goes without reading, */
  readonly free: readonly (readonly number[])[];
  /** and where with a letter of a span. */
  readonly steps: readonly (readonly { readonly on: readonly Span[]; readonly to: number }[])[];
}

/** More states than this are too many to reason about. */
const MOST_STATES = 60_000;

/** An expression that is too large. */
export class TooLarge extends Error {}

/** @throws TooLarge */
export function automatonOf(expression: Expression): Automaton {
  const free: number[][] = [];
  const steps: { on: readonly Span[]; to: number }[][] = [];
  const state = (): number => {
    if (free.length >= MOST_STATES) throw new TooLarge();
    free.push([]);
    steps.push([]);
    return free.length - 1;
  };
  /** Builds the expression from a state on, and says where it ends. */
  const build = (from: number, part: Expression): number => {
    if (part.kind === 'repeat') return repeat(from, part);
    if (part.kind === 'sequence') return part.parts.reduce((at, each) => build(at, each), from);
    const to = state();
    if (part.kind === 'one') steps[from]!.push({ on: part.of, to });
    else {
      for (const each of part.parts) {
        const start = state();
        free[from]!.push(start);
        free[build(start, each)]!.push(to);
      }
    }
    return to;
  };
  const repeat = (from: number, { part, least, most }: Extract<Expression, { kind: 'repeat' }>): number => {
    let at = from;
    for (let copy = 0; copy < least; copy++) at = build(at, part);
    const end = state();
    if (most === undefined) {
      const again = state();
      free[at]!.push(again);
      free[build(again, part)]!.push(again);
      free[again]!.push(end);
      return end;
    }
    for (let copy = least; copy < most; copy++) {
      free[at]!.push(end);
      at = build(at, part);
    }
    free[at]!.push(end);
    return end;
  };
  const start = state();
  return { start, accept: build(start, expression), free, steps };
}
