import { oncePer } from '../../../artifact/once-per';
import { Remembered } from '../../../artifact/remembered';
import { ANY_TEXT, EMPTY, EVERY_CHARACTER, type Expression, type Span } from './expression';

/** More copies of a part than these are not counted out. */
const MOST_COPIES = 1_000;

const CLASSES: Readonly<Record<string, readonly Span[]>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0a],
    [0x0c, 0x0d],
    [0x20, 0x20],
  ],
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, v: 11, a: 7 };

class NotUnderstood extends Error {}

/**
 * Reads an expression of RE2 that has to match a whole text, as Envoy's `safe_regex` does.
 *
 * @returns `undefined` for what is no such expression, or is written by means that are not followed here
 */
export function parseRe2(text: string): Expression | undefined {
  return KNOWN.of(text, () => parse(text));
}

/** The same few expressions stand at many places, and what is worked out about one is kept with it. */
const KNOWN = new Remembered<Expression | undefined>(300);

function parse(text: string): Expression | undefined {
  try {
    return new Re2Parser(text).parse();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class Re2Parser {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public parse(): Expression {
    const expression = this.either(false);
    if (this.at < this.text.length) throw new NotUnderstood();
    return expression;
  }

  private either(ignoreCase: boolean): Expression {
    if (this.depth++ > 200) throw new NotUnderstood();
    const parts: Expression[] = [];
    let flags = ignoreCase;
    do {
      const { expression, ignoresCase } = this.sequence(flags);
      flags = ignoresCase;
      parts.push(expression);
    } while (this.take('|'));
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: 'either', parts };
  }

  /** `(?i)` holds for what follows it in its group. */
  private sequence(ignoreCase: boolean): { readonly expression: Expression; readonly ignoresCase: boolean } {
    const parts: Expression[] = [];
    let ignoresCase = ignoreCase;
    while (this.at < this.text.length && !'|)'.includes(this.peek())) {
      if (this.take('(?i)')) ignoresCase = true;
      else if (this.peek() === '^') this.anchor(parts.length === 0);
      else if (this.peek() === '$') this.anchor(this.isLast(this.at + 1));
      else if (this.text.startsWith('\\A', this.at)) this.anchor(parts.length === 0, 2);
      else if (this.text.startsWith('\\z', this.at)) this.anchor(this.isLast(this.at + 2), 2);
      else parts.push(this.repeated(this.atom(ignoresCase)));
    }
    return { expression: parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }, ignoresCase };
  }

  /** The whole text is matched anyhow: an anchor says nothing at its ends, and is not followed elsewhere. */
  private anchor(stands: boolean, length = 1): void {
    if (!stands || this.depth > 1) throw new NotUnderstood();
    this.at += length;
  }

  private isLast(next: number): boolean {
    return next >= this.text.length || this.text[next] === '|';
  }

  private atom(ignoreCase: boolean): Expression {
    if (this.take('(')) return this.group(ignoreCase);
    if (this.take('[')) return { kind: 'one', of: this.set(ignoreCase) };
    if (this.take('.')) return { kind: 'one', of: [EVERY_CHARACTER] };
    if (this.take('\\')) return { kind: 'one', of: this.escape(ignoreCase) };
    const letter = this.next();
    if ('*+?{'.includes(letter)) throw new NotUnderstood();
    return { kind: 'one', of: letterSpans(letter.charCodeAt(0), ignoreCase) };
  }

  private group(ignoreCase: boolean): Expression {
    let ignoresCase = ignoreCase;
    if (this.take('?')) {
      if (this.take('i:')) ignoresCase = true;
      else if (!this.take(':')) this.named();
    }
    const inner = this.either(ignoresCase);
    if (!this.take(')')) throw new NotUnderstood();
    return inner;
  }

  private named(): void {
    const name = /^P?<\w+>/.exec(this.text.slice(this.at));
    if (name === null) throw new NotUnderstood();
    this.at += name[0].length;
  }

  private repeated(part: Expression): Expression {
    let whole = part;
    const bounds = this.bounds();
    if (bounds !== undefined) {
      whole = { kind: 'repeat', part, ...bounds };
      // Lazy or not: the same texts match.
      this.take('?');
      if (this.bounds() !== undefined) throw new NotUnderstood();
    }
    return whole;
  }

  private bounds(): { readonly least: number; readonly most?: number } | undefined {
    if (this.take('*')) return { least: 0 };
    if (this.take('+')) return { least: 1 };
    if (this.take('?')) return { least: 0, most: 1 };
    if (this.peek() !== '{') return undefined;
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(this.text.slice(this.at));
    if (counted === null) throw new NotUnderstood();
    this.at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[3] !== '' ? Number(counted[3]) : counted[2] === '' ? least : undefined;
    if (least > MOST_COPIES || (most !== undefined && (most > MOST_COPIES || most < least))) throw new NotUnderstood();
    return { least, ...(most !== undefined && { most }) };
  }

  private set(ignoreCase: boolean): readonly Span[] {
    const negated = this.take('^');
    const spans: Span[] = [];
    do {
      spans.push(...this.member(ignoreCase));
    } while (!this.take(']'));
    return negated ? complement(spans) : spans;
  }

  private member(ignoreCase: boolean): readonly Span[] {
    if (this.text.startsWith('[:', this.at)) throw new NotUnderstood();
    const from = this.take('\\') ? this.escape(false) : letterSpans(this.next().charCodeAt(0), false);
    const isRange = this.peek() === '-' && this.text[this.at + 1] !== ']' && this.at + 1 < this.text.length;
    if (!isRange) return from.flatMap(([low, high]) => spansOf(low, high, ignoreCase));
    this.at++;
    const to = this.take('\\') ? this.escape(false) : letterSpans(this.next().charCodeAt(0), false);
    const low = single(from);
    const high = single(to);
    if (low > high) throw new NotUnderstood();
    return spansOf(low, high, ignoreCase);
  }

  /** What follows a backslash. */
  private escape(ignoreCase: boolean): readonly Span[] {
    const letter = this.next();
    const known = Object.hasOwn(CLASSES, letter.toLowerCase()) ? CLASSES[letter.toLowerCase()]! : undefined;
    if (known !== undefined) return letter === letter.toLowerCase() ? known : complement(known);
    if (letter === 'x') return letterSpans(this.hexadecimal(), ignoreCase);
    const control = Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter] : undefined;
    if (control !== undefined) return [[control, control]];
    if (/[A-Za-z0-9]/.test(letter)) throw new NotUnderstood();
    return letterSpans(letter.charCodeAt(0), ignoreCase);
  }

  private hexadecimal(): number {
    const digits = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(this.text.slice(this.at));
    if (digits === null) throw new NotUnderstood();
    this.at += digits[0].length;
    return Number.parseInt(digits[1] ?? digits[2]!, 16);
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private next(): string {
    const letter = this.text[this.at++];
    if (letter === undefined || letter.charCodeAt(0) > 0x7e) throw new NotUnderstood();
    return letter;
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }
}

function single(spans: readonly Span[]): number {
  const [[from, to] = [0, 1]] = spans;
  if (spans.length !== 1 || from !== to) throw new NotUnderstood();
  return from;
}

function letterSpans(code: number, ignoreCase: boolean): readonly Span[] {
  return spansOf(code, code, ignoreCase);
}

function spansOf(from: number, to: number, ignoreCase: boolean): readonly Span[] {
  if (!ignoreCase) return [[from, to]];
  const lower = overlap([from, to], [0x61, 0x7a]).map(([low, high]): Span => [low - 0x20, high - 0x20]);
  const upper = overlap([from, to], [0x41, 0x5a]).map(([low, high]): Span => [low + 0x20, high + 0x20]);
  return [[from, to], ...lower, ...upper];
}

function overlap(one: Span, other: Span): readonly Span[] {
  const from = Math.max(one[0], other[0]);
  const to = Math.min(one[1], other[1]);
  return from <= to ? [[from, to]] : [];
}

function complement(spans: readonly Span[]): readonly Span[] {
  let left: readonly Span[] = [EVERY_CHARACTER];
  for (const [from, to] of spans) {
    left = left.flatMap(([low, high]) => [
      ...overlap([low, high], [EVERY_CHARACTER[0], from - 1]),
      ...overlap([low, high], [to + 1, EVERY_CHARACTER[1]]),
    ]);
  }
  return left;
}

/** Texts that begin with, end with or hold something, as expressions. */
export const AROUND: Readonly<Record<'prefix' | 'suffix' | 'contains', (middle: Expression) => Expression>> = {
  prefix: oncePer((middle) => ({ kind: 'sequence', parts: [middle, ANY_TEXT] })),
  suffix: oncePer((middle) => ({ kind: 'sequence', parts: [ANY_TEXT, middle] })),
  contains: oncePer((middle) => ({ kind: 'sequence', parts: [ANY_TEXT, middle, ANY_TEXT] })),
};

/** Nothing or this. */
export function maybe(part: Expression): Expression {
  return { kind: 'either', parts: [EMPTY, part] };
}
