import { TooLarge } from './automaton';
import { Deterministic, type Fate } from './deterministic';
import { EVERY_CHARACTER } from './expression';
import type { Language } from './language';

/** More combinations of states than this are not looked at. */
const MOST_STATES = 20_000;

/** What a language holds. `unknown`: it is too large to tell. */
export type Example = { readonly text: string } | 'none' | 'unknown';

interface Explored {
  readonly accepts: readonly boolean[];
  /** For each state: where letters lead, each standing for all up to the next. */
  readonly edges: readonly (readonly { readonly letter: number; readonly to: number }[])[];
  /** The state and the letter by which each was first met. */
  readonly met: readonly ({ readonly from: number; readonly letter: number } | undefined)[];
}

const EXAMPLES = new WeakMap<Language, Example>();

/** A shortest text of the language. */
export function exampleOf(language: Language): Example {
  const known = EXAMPLES.get(language) ?? findExample(language);
  EXAMPLES.set(language, known);
  return known;
}

function findExample(language: Language): Example {
  try {
    const { accepts, met } = new Machine(language).explore(true);
    const found = accepts.indexOf(true);
    if (found === -1) return 'none';
    let word = '';
    for (let step = met[found]; step !== undefined; step = met[step.from]) {
      word = String.fromCharCode(step.letter) + word;
    }
    return { text: word };
  } catch (error) {
    if (error instanceof TooLarge) return 'unknown';
    throw error;
  }
}

/** All texts of a language. `infinite`: there is no end of them, or more than are asked for. */
export type AllTexts = readonly string[] | 'infinite' | 'unknown';

const ALL_TEXTS = new WeakMap<Language, { readonly most: number; readonly texts: AllTexts }>();

/** @param most texts of a language with more than this are not told */
export function allTextsOf(language: Language, most: number): AllTexts {
  const known = ALL_TEXTS.get(language);
  if (known?.most === most) return known.texts;
  const texts = findAllTexts(language, most);
  ALL_TEXTS.set(language, { most, texts });
  return texts;
}

function findAllTexts(language: Language, most: number): AllTexts {
  try {
    const explored = new Machine(language).explore(false);
    const alive = aliveStates(explored);
    const words: string[] = [];
    /** @returns whether there are no more than asked for */
    const walk = (state: number, word: string): boolean => {
      // A word longer than there are states has been somewhere twice.
      if (word.length > explored.accepts.length) return false;
      if (explored.accepts[state]! && words.push(word) > most) return false;
      return explored.edges[state]!.every(({ letter, to }, index) => {
        if (!alive.has(to)) return true;
        const end = explored.edges[state]![index + 1]?.letter ?? EVERY_CHARACTER[1] + 1;
        const letters = Array.from({ length: end - letter }, (_, offset) => String.fromCharCode(letter + offset));
        return letters.every((each) => walk(to, word + each));
      });
    };
    return alive.has(0) && !walk(0, '') ? 'infinite' : words.sort();
  } catch (error) {
    if (error instanceof TooLarge) return 'unknown';
    throw error;
  }
}

function aliveStates({ accepts, edges }: Explored): ReadonlySet<number> {
  const before = accepts.map((): number[] => []);
  for (const [from, out] of edges.entries()) for (const { to } of out) before[to]?.push(from);
  const alive = new Set<number>();
  const queue = accepts.flatMap((accepted, index) => (accepted ? [index] : []));
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (alive.has(state)) continue;
    alive.add(state);
    queue.push(...before[state]!);
  }
  return alive;
}

/** What is asked of the states of several expressions at once. */
interface Combination {
  readonly accepts: (states: readonly number[]) => boolean;
  readonly fateOf: (states: readonly number[]) => Fate;
}

const OPPOSITE: Readonly<Record<Fate, Fate>> = { all: 'none', none: 'all', open: 'open' };
/** Stands for every combination of states from which nothing is accepted any more. */
const LOST = -1;

/** All expressions of a language, run beside each other. */
class Machine {
  private readonly parts: Deterministic[] = [];
  /** Which of them nothing is accepted without. */
  private readonly needed: boolean[] = [];
  private readonly whole: Combination;
  private readonly marks = new Uint8Array(EVERY_CHARACTER[1] + 1);

  public constructor(language: Language) {
    this.whole = this.combined(language, true);
  }

  /** @param oneIsEnough whether to stop at a state that accepts */
  public explore(oneIsEnough: boolean): Explored {
    const states: (readonly number[])[] = [];
    const accepts: boolean[] = [];
    const edges: { letter: number; to: number }[][] = [];
    const met: ({ from: number; letter: number } | undefined)[] = [];
    const known = new Map<string, number>();
    const meet = (parts: readonly number[] | undefined, by?: { from: number; letter: number }): number => {
      if (parts === undefined || this.whole.fateOf(parts) === 'none') return LOST;
      const key = parts.join(',');
      const before = known.get(key);
      if (before !== undefined) return before;
      if (states.length >= MOST_STATES) throw new TooLarge();
      known.set(key, states.length);
      accepts.push(this.whole.accepts(parts));
      edges.push([]);
      met.push(by);
      return states.push(parts) - 1;
    };
    meet(this.parts.map(() => 0));
    for (let state = 0; state < states.length; state++) {
      if (oneIsEnough && accepts.at(-1) === true) break;
      const at = states[state]!;
      for (const letter of this.lettersAt(at)) {
        edges[state]!.push({ letter, to: meet(this.follow(at, letter), { from: state, letter }) });
        if (oneIsEnough && accepts.at(-1) === true) break;
      }
    }
    return { accepts, edges, met };
  }

  /** @returns `undefined` where a part that is needed accepts nothing any more */
  private follow(states: readonly number[], letter: number): readonly number[] | undefined {
    const next: number[] = [];
    for (const [index, part] of this.parts.entries()) {
      const to = part.follow(states[index]!, letter);
      if (this.needed[index]! && part.fateOf(to) === 'none') return undefined;
      next.push(to);
    }
    return next;
  }

  private combined(language: Language, isNeeded: boolean): Combination {
    if (language.kind === 'expression') {
      const part = Deterministic.of(language.expression);
      const index = this.parts.push(part) - 1;
      this.needed.push(isNeeded);
      return { accepts: (states) => part.accepts(states[index]!), fateOf: (states) => part.fateOf(states[index]!) };
    }
    if (language.kind === 'not') {
      const inner = this.combined(language.of, false);
      return { accepts: (states) => !inner.accepts(states), fateOf: (states) => OPPOSITE[inner.fateOf(states)] };
    }
    const inner = language.of.map((each) => this.combined(each, isNeeded && language.kind === 'all'));
    return language.kind === 'all'
      ? {
          accepts: (states) => inner.every((each) => each.accepts(states)),
          fateOf: (states) => together(inner, states, 'none'),
        }
      : {
          accepts: (states) => inner.some((each) => each.accepts(states)),
          fateOf: (states) => together(inner, states, 'all'),
        };
  }

  /** One letter of each span within which no part tells letters apart. */
  private lettersAt(states: readonly number[]): readonly number[] {
    if (states.length === 1) return this.parts[0]!.lettersAt(states[0]!);
    const [first, last] = EVERY_CHARACTER;
    this.marks.fill(0);
    this.marks[first] = 1;
    for (const [index, part] of this.parts.entries()) {
      for (const letter of part.lettersAt(states[index]!)) this.marks[letter] = 1;
    }
    const letters: number[] = [];
    for (let letter = first; letter <= last; letter++) if (this.marks[letter] === 1) letters.push(letter);
    return letters;
  }
}

/** One part with the deciding fate decides; else they are as one where they agree. */
function together(parts: readonly Combination[], states: readonly number[], deciding: 'all' | 'none'): Fate {
  let common: Fate = OPPOSITE[deciding];
  for (const { fateOf } of parts) {
    const fate = fateOf(states);
    if (fate === deciding) return deciding;
    if (fate === 'open') common = 'open';
  }
  return common;
}
