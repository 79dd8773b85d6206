/** A word of a shell script. */
export interface ShellWord {
  /** Without its quotes. */
  readonly text: string;
  /** As it is written. */
  readonly raw: string;
  /** Whether nothing in it is for the shell to put in: no variable, no command, no pattern. */
  readonly exact: boolean;
  /** Whether no character of it is quoted, so that it may be a word of the language itself. */
  readonly bare: boolean;
}

const BLANK = /[^\S\n]/;
const OPERATORS = [';;&', ';;', ';&', '&&', '||', '|&', '\n', ';', '&', '|', '(', ')'];
const REDIRECTION = /^\d*(?:<<<|<<-?|<>|<&|>>|>&|>\||<|>)|^&>>?/;
const ENDS_WORD = /[\s;&|()<>]/;
const PATTERN = /[*?[{]/;

/** How deep quotes and commands stand in one another, as in no script that somebody wrote. */
const MAX_NESTING = 50;

/** Thrown where a script ends inside of something, or goes too deep. */
class Unended extends Error {}

/**
 * The words and operators of a POSIX shell script, without comments, redirections and here-documents.
 *
 * @returns `undefined` when it ends inside of a quote or of something else that has to end
 */
export function readTokens(script: string): readonly (ShellWord | string)[] | undefined {
  try {
    return new Tokens(script).read();
  } catch (error) {
    if (error instanceof Unended) return undefined;
    throw error;
  }
}

/** Where a script that can be read sends output to. */
export function outputTargets(script: string): readonly ShellWord[] {
  const tokens = new Tokens(script);
  try {
    tokens.read();
  } catch (error) {
    if (!(error instanceof Unended)) throw error;
  }
  return tokens.targets;
}

class Tokens {
  public readonly targets: ShellWord[] = [];
  private readonly script: string;
  private readonly tokens: (ShellWord | string)[] = [];
  /** Here-documents that begin with the next line. */
  private waiting: { readonly end: string; readonly tabs: boolean }[] = [];
  private at = 0;
  private depth = 0;

  public constructor(script: string) {
    this.script = script.replaceAll('\\\n', '');
  }

  public read(): readonly (ShellWord | string)[] {
    while (this.at < this.script.length) this.next();
    return this.tokens;
  }

  private next(): void {
    const rest = this.script.slice(this.at, this.at + 16);
    const [redirection] = REDIRECTION.exec(rest) ?? [];
    const operator = OPERATORS.find((each) => rest.startsWith(each));
    if (BLANK.test(rest.charAt(0))) this.at += 1;
    else if (rest.startsWith('#')) this.at = lineEnd(this.script, this.at);
    else if (redirection !== undefined) this.redirect(redirection);
    else if (operator === undefined) this.tokens.push(this.word());
    else {
      this.at += operator.length;
      this.tokens.push(operator);
      if (operator === '\n') this.skipDocuments();
    }
  }

  /** Where output goes is no word of the command. */
  private redirect(operator: string): void {
    this.at += operator.length;
    while (BLANK.test(this.script.charAt(this.at))) this.at += 1;
    const target = this.word();
    if (operator.includes('>')) this.targets.push(target);
    if (/<<-?$/.test(operator)) this.waiting.push({ end: target.text, tabs: operator.endsWith('-') });
  }

  private skipDocuments(): void {
    for (const { end, tabs } of this.waiting) {
      for (let line: string | undefined; line !== end;) {
        if (this.at >= this.script.length) return;
        const to = lineEnd(this.script, this.at);
        line = this.script.slice(this.at, to).replace(tabs ? /^\t+/ : '', '');
        this.at = to + 1;
      }
    }
    this.waiting = [];
  }

  private word(): ShellWord {
    const from = this.at;
    let text = '';
    let exact = true;
    let bare = true;
    while (this.at < this.script.length && !ENDS_WORD.test(this.script.charAt(this.at))) {
      const char = this.script.charAt(this.at);
      if (char === '\\') {
        text += this.script.charAt(this.at + 1);
        this.at += 2;
        bare = false;
      } else if (char === "'") {
        text += this.until("'");
        bare = false;
      } else if (char === '"') {
        const quoted = this.doubleQuoted();
        text += quoted.text;
        exact &&= quoted.exact;
        bare = false;
      } else if (char === '$' || char === '`') {
        text += this.expansion();
        exact = false;
      } else {
        if (PATTERN.test(char) || (char === '~' && this.at === from)) exact = false;
        text += char;
        this.at += 1;
      }
    }
    const raw = this.script.slice(from, this.at);
    // A test is written with brackets, which are no pattern there.
    return { text, raw, exact: exact || raw === '[' || raw === '[[' || raw === '{', bare };
  }

  /** From one delimiter to the next. */
  private until(delimiter: string): string {
    const end = this.script.indexOf(delimiter, this.at + 1);
    if (end === -1) throw new Unended();
    const inner = this.script.slice(this.at + 1, end);
    this.at = end + 1;
    return inner;
  }

  private doubleQuoted(): { text: string; exact: boolean } {
    let text = '';
    let exact = true;
    for (this.at += 1; this.script.charAt(this.at) !== '"';) {
      const char = this.script.charAt(this.at);
      const after = this.script.charAt(this.at + 1);
      if (char === '') throw new Unended();
      if (char === '$' || char === '`') {
        exact = exact && char === '$' && !/[\w{(@*#?$!-]/.test(after);
        text += this.expansion();
      } else {
        const escapes = char === '\\' && /[$`"\\]/.test(after);
        text += escapes ? after : char;
        this.at += escapes ? 2 : 1;
      }
    }
    this.at += 1;
    return { text, exact };
  }

  /** What begins with `$` or a backtick, as it is written. */
  private expansion(): string {
    const from = this.at;
    const after = this.script.charAt(this.at + 1);
    if (this.script.charAt(this.at) === '`') this.until('`');
    else if (after === '(') this.nested('(', ')');
    else if (after === '{') this.nested('{', '}');
    else if (after === "'") {
      this.at += 1;
      this.until("'");
    } else this.at += 1;
    return this.script.slice(from, this.at);
  }

  /** To the end of what opens here, quotes inside of it and others of its kind passed over. */
  private nested(open: string, close: string): void {
    this.depth += 1;
    if (this.depth > MAX_NESTING) throw new Unended();
    let depth = 0;
    for (this.at += 1; this.at < this.script.length;) {
      const char = this.script.charAt(this.at);
      if (char === "'") this.until("'");
      else if (char === '"') this.doubleQuoted();
      else {
        if (char === '\\') this.at += 1;
        if (char === open) depth += 1;
        if (char === close) depth -= 1;
        this.at += 1;
        if (depth === 0) {
          this.depth -= 1;
          return;
        }
      }
    }
    throw new Unended();
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
