import { DEAD, Deterministic, FULL } from './deterministic';
import { EVERY_CHARACTER } from './expression';
import type { Language } from './language';

/** Whether every text that goes on from here is accepted, or none is, as far as the states of the parts tell. */
export type Fate = 'all' | 'none' | 'open';

/** A language over the states of its expressions, which stand beside each other. */
type Node =
  | { readonly kind: 'part'; readonly index: number }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] };

const OPPOSITE: Readonly<Record<Fate, Fate>> = { all: 'none', none: 'all', open: 'open' };
const [FIRST, LAST] = EVERY_CHARACTER;

/** All expressions of a language, run beside each other. */
export class Product {
  private readonly parts: Deterministic[] = [];
  /** Those without which nothing is accepted. */
  private readonly needed: number[] = [];
  private readonly root: Node;
  private readonly marks = new Uint8Array(LAST + 1);

  public constructor(language: Language) {
    this.root = this.node(language, true);
  }

  /** The states to begin with; `undefined` where nothing is accepted. */
  public start(): readonly number[] | undefined {
    const states = this.parts.map((part) => part.start);
    return this.settle(states) === 'none' ? undefined : states;
  }

  public accepts(states: readonly number[]): boolean {
    return this.isAccepted(this.root, states);
  }

  /** First letters of the spans that the states tell apart, in order. */
  public lettersAt(states: readonly number[]): readonly number[] {
    this.marks.fill(0);
    this.marks[FIRST] = 1;
    for (let index = 0; index < states.length; index++) {
      const state = states[index]!;
      if (isSettled(state)) continue;
      for (const letter of this.parts[index]!.outwardOf(state).letters) this.marks[letter] = 1;
    }
    const letters: number[] = [];
    for (let letter = FIRST; letter <= LAST; letter++) if (this.marks[letter] === 1) letters.push(letter);
    return letters;
  }

  /** Where a letter leads; `undefined` where nothing is accepted any more. */
  public follow(states: readonly number[], letter: number): number[] | undefined {
    for (const index of this.needed) {
      if (this.next(states[index]!, index, letter) === DEAD) return undefined;
    }
    const to = states.slice();
    for (let index = 0; index < to.length; index++) to[index] = this.next(to[index]!, index, letter);
    return this.settle(to) === 'none' ? undefined : to;
  }

  private next(state: number, index: number, letter: number): number {
    return isSettled(state) ? state : this.parts[index]!.outwardOf(state).to[letter]!;
  }

  /** What comes of the states. Whatever no longer bears on it is made the same, so that what is as one has the same states. */
  private settle(states: number[]): Fate {
    return this.settleBelow(this.root, states);
  }

  private node(language: Language, isNeeded: boolean): Node {
    if (language.kind === 'expression') {
      const index = this.parts.push(Deterministic.of(language.expression)) - 1;
      if (isNeeded) this.needed.push(index);
      return { kind: 'part', index };
    }
    if (language.kind === 'not') return { kind: 'not', of: this.node(language.of, false) };
    const { kind } = language;
    return { kind, of: language.of.map((each) => this.node(each, isNeeded && kind === 'all')) };
  }

  private isAccepted(node: Node, states: readonly number[]): boolean {
    if (node.kind === 'part') return this.parts[node.index]!.accepts(states[node.index]!);
    if (node.kind === 'not') return !this.isAccepted(node.of, states);
    return node.kind === 'all'
      ? node.of.every((each) => this.isAccepted(each, states))
      : node.of.some((each) => this.isAccepted(each, states));
  }

  private settleBelow(node: Node, states: number[]): Fate {
    if (node.kind === 'part') {
      const state = states[node.index];
      return state === DEAD ? 'none' : state === FULL ? 'all' : 'open';
    }
    if (node.kind === 'not') return OPPOSITE[this.settleBelow(node.of, states)];
    const deciding: Fate = node.kind === 'all' ? 'none' : 'all';
    let common: Fate = OPPOSITE[deciding];
    for (const each of node.of) {
      const fate = this.settleBelow(each, states);
      if (fate === deciding) {
        this.fix(node, states, fate);
        return fate;
      }
      if (fate === 'open') common = 'open';
    }
    return common;
  }

  /** Gives everything below a node the states of its fate. */
  private fix(node: Node, states: number[], fate: Exclude<Fate, 'open'>): void {
    if (node.kind === 'part') states[node.index] = fate === 'all' ? FULL : DEAD;
    else if (node.kind === 'not') this.fix(node.of, states, fate === 'all' ? 'none' : 'all');
    else for (const each of node.of) this.fix(each, states, fate);
  }
}

function isSettled(state: number): boolean {
  return state === DEAD || state === FULL;
}
