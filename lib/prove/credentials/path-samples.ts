/** What a character class, an escape or a point may stand for; the first that fits is taken. */
const CHARACTERS = [
  'a',
  'A',
  '0',
  '_',
  '-',
  '.',
  '/',
  '%',
  ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)),
];
/** Alternatives multiply. */
const MOST = 64;

/**
 * The shortest texts that a regular expression describes, one for each choice among its alternatives: what repeats stands once, and what
 * may be left out is. Enough of the language for what a proxy's paths are written in.
 *
 * @returns nothing for an expression with parts that are not known
 */
export function samplesOf(regex: string): readonly string[] {
  try {
    const reader = new Reader(regex);
    const found = reader.alternatives();
    const whole = new RegExp(`^(?:${regex.replace(/^\(\?i\)/, '')})$`, regex.startsWith('(?i)') ? 'i' : '');
    return reader.isAtEnd() ? [...new Set(found)].filter((text) => whole.test(text)) : [];
  } catch {
    return [];
  }
}

/** Reads an expression from left to right. */
class Reader {
  private readonly text: string;
  private at = 0;

  public constructor(text: string) {
    this.text = text;
  }

  public isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  public alternatives(): readonly string[] {
    const found = [...this.sequence()];
    while (this.text[this.at] === '|') {
      this.at += 1;
      found.push(...this.sequence());
    }
    return found.slice(0, MOST);
  }

  private sequence(): readonly string[] {
    let found: readonly string[] = [''];
    while (!this.isAtEnd() && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      const next = this.repeated();
      found = found.flatMap((start) => next.map((end) => start + end)).slice(0, MOST);
    }
    return found;
  }

  private repeated(): readonly string[] {
    const atoms = this.atom();
    const [quantifier] = /^(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/.exec(this.text.slice(this.at)) ?? [''];
    this.at += quantifier.length;
    if (quantifier.startsWith('*') || quantifier.startsWith('?')) return [''];
    const times = Number(/^\{(\d+)/.exec(quantifier)?.[1] ?? 1);
    return atoms.map((atom) => atom.repeat(times));
  }

  private atom(): readonly string[] {
    const rest = this.text.slice(this.at);
    if (rest.startsWith('(')) return this.group(rest);
    const [token = ''] = /^(?:\[\^?\]?(?:\\.|[^\]\\])*\]|\\x[0-9a-fA-F]{2}|\\.|[^])/u.exec(rest) ?? [];
    this.at += token.length;
    if (token === '^' || token === '$') return [''];
    if (token.length === 1 && token !== '.') return [token];
    const fits = new RegExp(`^${token}$`);
    const character = CHARACTERS.find((each) => fits.test(each));
    if (character === undefined) throw new Error(`nothing is ${token}`);
    return [character];
  }

  private group(rest: string): readonly string[] {
    const [flags] = /^\(\?i\)/.exec(rest) ?? [];
    if (flags !== undefined) {
      this.at += flags.length;
      return [''];
    }
    this.at += /^\((?:\?:|\?P?<\w+>)?/.exec(rest)?.[0].length ?? 1;
    const found = this.alternatives();
    if (this.text[this.at] !== ')') throw new Error('a group does not end');
    this.at += 1;
    return found;
  }
}
