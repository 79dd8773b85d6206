import { oncePer } from '../../../artifact/once-per';
import { TooLarge } from './automaton';
import { EVERY_CHARACTER } from './expression';
import type { Language } from './language';
import { Product } from './product';

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

/** A shortest text of the language, of all of them the first in order. */
export const exampleOf: (language: Language) => Example = oncePer(findExample);

function findExample(language: Language): Example {
  try {
    const { accepts, met } = explore(new Product(language), true);
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
    const explored = explore(new Product(language), false);
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

/** Stands for every combination of states from which nothing is accepted any more. */
const LOST = -1;

/** @param oneIsEnough whether to stop at a state that accepts */
function explore(product: Product, oneIsEnough: boolean): Explored {
  const states: (readonly number[])[] = [];
  const accepts: boolean[] = [];
  const edges: { letter: number; to: number }[][] = [];
  const met: ({ from: number; letter: number } | undefined)[] = [];
  const known = new Map<string, number>();
  const meet = (parts: readonly number[] | undefined, by?: { from: number; letter: number }): number => {
    if (parts === undefined) return LOST;
    const key = String.fromCharCode(...parts);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (states.length >= MOST_STATES) throw new TooLarge();
    known.set(key, states.length);
    accepts.push(product.accepts(parts));
    edges.push([]);
    met.push(by);
    return states.push(parts) - 1;
  };
  meet(product.start());
  for (let state = 0; state < states.length; state++) {
    if (oneIsEnough && accepts.at(-1) === true) break;
    const at = states[state]!;
    for (const letter of product.lettersAt(at)) {
      edges[state]!.push({ letter, to: meet(product.follow(at, letter), { from: state, letter }) });
      if (oneIsEnough && accepts.at(-1) === true) break;
    }
  }
  return { accepts, edges, met };
}
