import { type Automaton, automatonOf, TooLarge } from './automaton';
import { EVERY_CHARACTER, type Expression } from './expression';

/** More states than these are not looked at. */
const MOST_STATES = 20_000;

interface State {
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** First letters of spans within which letters are alike; and where each leads, once somebody has asked. */
  readonly letters: readonly number[];
  readonly next: (number | undefined)[];
  /** What comes of it whatever is read from here on, once somebody has asked. */
  fate?: Fate;
}

/** Whether every text that goes on from a state is accepted, or none is, as far as one state tells. */
export type Fate = 'all' | 'none' | 'open';

const KNOWN = new WeakMap<Expression, Deterministic>();

/** An expression as a machine that is in one state at a time, made as far as it is asked for. */
export class Deterministic {
  public static of(expression: Expression): Deterministic {
    const known = KNOWN.get(expression) ?? new Deterministic(automatonOf(expression));
    KNOWN.set(expression, known);
    return known;
  }

  private readonly states: State[] = [];
  private readonly known = new Map<string, number>();

  private constructor(private readonly automaton: Automaton) {
    this.meet([automaton.start]);
  }

  public accepts(state: number): boolean {
    return this.states[state]!.accepts;
  }

  /** First letters of the spans that a state tells apart, in order. */
  public lettersAt(state: number): readonly number[] {
    return this.states[state]!.letters;
  }

  public fateOf(state: number): Fate {
    const { places, accepts, letters, fate } = this.states[state]!;
    if (fate !== undefined) return fate;
    const stays = places.length === 0 || (accepts && letters.every((letter) => this.follow(state, letter) === state));
    const found = stays ? (accepts ? 'all' : 'none') : 'open';
    this.states[state]!.fate = found;
    return found;
  }

  public follow(state: number, letter: number): number {
    const { places, letters, next } = this.states[state]!;
    const span = spanOf(letters, letter);
    const known = next[span];
    if (known !== undefined) return known;
    const to = this.meet(
      places.flatMap((place) =>
        this.automaton.steps[place]!.filter(({ on }) => on.some(([low, high]) => letter >= low && letter <= high)).map(
          (step) => step.to,
        ),
      ),
    );
    next[span] = to;
    return to;
  }

  private meet(from: readonly number[]): number {
    const seen = new Set(from);
    for (const place of seen) for (const to of this.automaton.free[place]!) seen.add(to);
    // What reads nothing and does not accept says nothing.
    const places = [...seen]
      .filter((place) => this.automaton.steps[place]!.length > 0 || place === this.automaton.accept)
      .sort((one, other) => one - other);
    const key = places.join(',');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.states.length >= MOST_STATES) throw new TooLarge();
    const letters = this.lettersOf(places);
    const accepts = places.includes(this.automaton.accept);
    this.known.set(key, this.states.push({ places, accepts, letters, next: [] }) - 1);
    return this.states.length - 1;
  }

  private lettersOf(places: readonly number[]): readonly number[] {
    const [first, last] = EVERY_CHARACTER;
    const letters = new Set([first]);
    for (const place of places) {
      for (const { on } of this.automaton.steps[place]!) {
        for (const [low, high] of on) {
          if (low > first && low <= last) letters.add(low);
          if (high >= first && high < last) letters.add(high + 1);
        }
      }
    }
    return [...letters].sort((one, other) => one - other);
  }
}

/** The last of the first letters that is not beyond a letter. */
function spanOf(letters: readonly number[], letter: number): number {
  let low = 0;
  let high = letters.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (letters[middle]! <= letter) low = middle;
    else high = middle - 1;
  }
  return low;
}
