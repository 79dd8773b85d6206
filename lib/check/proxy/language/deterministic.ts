import { oncePer } from '../../../artifact/once-per';
import { type Automaton, automatonOf, TooLarge } from './automaton';
import { EVERY_CHARACTER, type Expression } from './expression';

/** More states than these are not looked at. */
const MOST_STATES = 20_000;
const [FIRST, LAST] = EVERY_CHARACTER;

/** From here on nothing is accepted. */
export const DEAD = 0;
/** From here on everything is accepted. */
export const FULL = 1;

interface State {
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** First letters of the spans within which letters are alike in the automaton, and where each leads: once somebody has asked. */
  steps?: readonly Step[];
  outward?: Outward;
}

interface Step {
  readonly letter: number;
  readonly to: number;
}

/** Where a state leads. */
export interface Outward {
  /** First letters of the spans that lead somewhere else than the one before, in order. */
  readonly letters: readonly number[];
  /** The next state, by letter. */
  readonly to: Uint16Array;
}

const PLACEHOLDER: State = { places: [], accepts: false };

/** An expression as a machine that is in one state at a time, made as far as it is asked for. */
export class Deterministic {
  public static readonly of: (expression: Expression) => Deterministic = oncePer(
    (expression) => new Deterministic(automatonOf(expression)),
  );

  public readonly start: number;
  /** `DEAD` and `FULL` are states of every machine. */
  private readonly states: State[] = [PLACEHOLDER, PLACEHOLDER];
  private readonly known = new Map<string, number>();

  private constructor(private readonly automaton: Automaton) {
    this.start = this.settled(this.meet([automaton.start]));
  }

  public accepts(state: number): boolean {
    return state === FULL || this.states[state]!.accepts;
  }

  /** Where a state leads that is neither dead nor full. */
  public outwardOf(state: number): Outward {
    return (this.states[state]!.outward ??= this.findOutward(state));
  }

  private findOutward(state: number): Outward {
    const letters: number[] = [];
    const to = new Uint16Array(LAST + 1);
    let before: number | undefined;
    for (const step of this.stepsOf(state)) {
      const next = this.settled(step.to);
      if (next === before) continue;
      letters.push(step.letter);
      to.fill(next, step.letter);
      before = next;
    }
    return { letters, to };
  }

  /** The state, or `FULL` where that is what it comes to. */
  private settled(state: number): number {
    if (state === DEAD || !this.states[state]!.accepts) return state;
    return this.stepsOf(state).every(({ to }) => to === state) ? FULL : state;
  }

  private stepsOf(state: number): readonly Step[] {
    return (this.states[state]!.steps ??= this.findSteps(this.states[state]!.places));
  }

  private findSteps(places: readonly number[]): readonly Step[] {
    const steps = places.flatMap((place) => this.automaton.steps[place]!);
    const letters = new Set([FIRST]);
    for (const { on } of steps) {
      for (const [low, high] of on) {
        if (low > FIRST && low <= LAST) letters.add(low);
        if (high >= FIRST && high < LAST) letters.add(high + 1);
      }
    }
    return [...letters]
      .sort((one, other) => one - other)
      .map((letter) => ({
        letter,
        to: this.meet(
          steps.filter(({ on }) => on.some(([low, high]) => letter >= low && letter <= high)).map((step) => step.to),
        ),
      }));
  }

  private meet(from: readonly number[]): number {
    const seen = new Set(from);
    for (const place of seen) for (const to of this.automaton.free[place]!) seen.add(to);
    // What reads nothing and does not accept says nothing.
    const places = [...seen]
      .filter((place) => this.automaton.steps[place]!.length > 0 || place === this.automaton.accept)
      .sort((one, other) => one - other);
    if (places.length === 0) return DEAD;
    const key = places.join(',');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.states.length >= MOST_STATES) throw new TooLarge();
    const accepts = places.includes(this.automaton.accept);
    this.known.set(key, this.states.push({ places, accepts }) - 1);
    return this.states.length - 1;
  }
}
