import { TooLarge } from './automaton';
import { Deterministic } from './deterministic';
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

/** All texts of the language. `infinite`: there is no end of them, or more than are asked for. */
export function allTextsOf(language: Language, most: number): readonly string[] | 'infinite' | 'unknown' {
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
  for (const [from, out] of edges.entries()) for (const { to } of out) before[to]!.push(from);
  const alive = new Set<number>();
  const queue = accepts.flatMap((accepted, index) => (accepted ? [index] : []));
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (alive.has(state)) continue;
    alive.add(state);
    queue.push(...before[state]!);
  }
  return alive;
}

/** All expressions of a language, run beside each other. */
class Machine {
  private readonly parts: Deterministic[] = [];
  private readonly accepts: (states: readonly number[]) => boolean;

  public constructor(language: Language) {
    this.accepts = this.acceptanceOf(language);
  }

  /** @param oneIsEnough whether to stop at a state that accepts */
  public explore(oneIsEnough: boolean): Explored {
    const states: (readonly number[])[] = [];
    const accepts: boolean[] = [];
    const edges: { letter: number; to: number }[][] = [];
    const met: ({ from: number; letter: number } | undefined)[] = [];
    const known = new Map<string, number>();
    const meet = (parts: readonly number[], by?: { from: number; letter: number }): number => {
      const key = parts.join(',');
      const before = known.get(key);
      if (before !== undefined) return before;
      if (states.length >= MOST_STATES) throw new TooLarge();
      known.set(key, states.length);
      accepts.push(this.accepts(parts));
      edges.push([]);
      met.push(by);
      return states.push(parts) - 1;
    };
    meet(this.parts.map(() => 0));
    for (let state = 0; state < states.length; state++) {
      if (oneIsEnough && accepts.at(-1) === true) break;
      const at = states[state]!;
      for (const letter of this.lettersAt(at)) {
        const next = at.map((each, index) => this.parts[index]!.follow(each, letter));
        edges[state]!.push({ letter, to: meet(next, { from: state, letter }) });
        if (oneIsEnough && accepts.at(-1) === true) break;
      }
    }
    return { accepts, edges, met };
  }

  private acceptanceOf(language: Language): (states: readonly number[]) => boolean {
    if (language.kind === 'expression') {
      const part = Deterministic.of(language.expression);
      const index = this.parts.push(part) - 1;
      return (states) => part.accepts(states[index]!);
    }
    if (language.kind === 'not') {
      const inner = this.acceptanceOf(language.of);
      return (states) => !inner(states);
    }
    const inner = language.of.map((each) => this.acceptanceOf(each));
    return language.kind === 'all'
      ? (states) => inner.every((each) => each(states))
      : (states) => inner.some((each) => each(states));
  }

  /** One letter of each span within which no part tells letters apart. */
  private lettersAt(states: readonly number[]): readonly number[] {
    if (states.length === 1) return this.parts[0]!.lettersAt(states[0]!);
    const letters = new Set(states.flatMap((state, index) => this.parts[index]!.lettersAt(state)));
    return letters.size === 0 ? [EVERY_CHARACTER[0]] : [...letters].sort((one, other) => one - other);
  }
}
