import { readTokens, type ShellWord } from './shell-tokens';

/** A simple command of a shell script. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Values given to variables before the command, or with none. */
  readonly assignments: ReadonlyMap<string, ShellWord>;
  /** Whether the script may come by without running it. */
  readonly conditional: boolean;
  /** The function that it stands in. */
  readonly inside?: string;
  /** What stands behind it: a line's end or `;`, or an operator that does something with how it ends. */
  readonly next: string;
}

/** Words that a block begins with, and those that end it. */
const OPENS = ['if', 'while', 'until', 'for', 'select', 'case'];
const CLOSES = ['fi', 'done', 'esac'];
const INSIDE = ['then', 'else', 'elif', 'do', '!', 'time'];
const FUNCTION = 'function ';
const LEAVES = ['exit', 'return', 'exec', 'break', 'continue'];
const ASSIGNMENT = /^([A-Za-z_]\w*)=/s;

/**
 * The simple commands of a script, in the order in which they stand. It is read and not run: a command in a block, behind a test, in a
 * function or behind the script's end is conditional.
 *
 * @returns `undefined` when it is no script that can be read
 */
export function shellCommands(script: string): readonly ShellCommand[] | undefined {
  const tokens = readTokens(script);
  return tokens === undefined ? undefined : new Reader().read(tokens);
}

class Reader {
  private readonly commands: ShellCommand[] = [];
  /** Blocks that are open: what began each. */
  private readonly open: string[] = [];
  private words: ShellWord[] = [];
  private before = '';
  private over = false;

  public read(tokens: readonly (ShellWord | string)[]): readonly ShellCommand[] {
    for (const [index, token] of tokens.entries()) {
      if (typeof token !== 'string') this.word(token);
      else if (token === '(' && tokens[index + 1] === ')') this.functionHead();
      else this.operator(token);
    }
    this.end('\n');
    return this.commands;
  }

  private word(word: ShellWord): void {
    const isFirst = this.words.length === 0;
    const { text } = word;
    const isPattern = this.words.length === 1 && this.words[0] === PATTERN;
    if (isPattern && text === 'esac') {
      this.words = [];
      this.close();
    } else if (!isFirst || !word.bare) {
      this.words.push(word);
    } else if (OPENS.includes(text)) {
      this.open.push(text);
      // What follows is no command: a variable and values, or a word and patterns.
      if (['for', 'select', 'case'].includes(text)) this.words.push(word);
    } else if (CLOSES.includes(text) || text === '}') this.close();
    else if (text === 'function') this.over = true;
    else if (text === '{') this.open.push(this.isConditional() ? 'if' : '{');
    else if (!INSIDE.includes(text)) this.words.push(word);
    if (this.open.at(-1) === 'case' && text === 'in' && !isFirst) this.words = [PATTERN];
  }

  private operator(token: string): void {
    if (token === ')' && this.words[0] === PATTERN) this.words = [];
    else if (token === ')' && this.open.at(-1) === '(') {
      this.end(token);
      this.close();
    } else if (token === '(' && this.words[0] !== PATTERN) this.open.push('(');
    else if (token.startsWith(';;') || token === ';&') {
      this.end(token);
      this.words = [PATTERN];
    } else if (this.words[0] === PATTERN) {
      if (token === '\n' && this.words.length === 1) return;
    } else this.end(token);
  }

  private close(): void {
    this.open.pop();
    if (this.open.at(-1)?.startsWith(FUNCTION) === true) this.open.pop();
  }

  /** Its body is a block that nobody may call. */
  private functionHead(): void {
    this.open.push(`${FUNCTION}${this.words[0]?.text ?? ''}`);
    this.words = [];
  }

  private end(operator: string): void {
    const [first, ...others] = this.words;
    const isHeader = first !== undefined && first.bare && ['for', 'select', 'case'].includes(first.text);
    if (first !== undefined && first !== PATTERN && !isHeader) this.add([first, ...others], operator);
    this.words = [];
    if (operator !== '\n' || first !== undefined) this.before = operator;
  }

  private add(all: readonly ShellWord[], next: string): void {
    const count = all.findIndex((word) => !ASSIGNMENT.test(word.raw));
    const given = all.slice(0, count === -1 ? all.length : count);
    const words = all.slice(given.length);
    const assignments = new Map(given.map((word) => [word.raw.slice(0, word.raw.indexOf('=')), valueOf(word)]));
    const conditional = this.isConditional();
    const inside = this.open.findLast((each) => each.startsWith(FUNCTION))?.slice(FUNCTION.length);
    this.commands.push({ words, assignments, conditional, next, ...(inside !== undefined && { inside }) });
    const [first] = words;
    // `exec` with redirections alone is none of them: it goes on.
    if (
      !conditional &&
      first !== undefined &&
      LEAVES.includes(first.text) &&
      (first.text !== 'exec' || words.length > 1)
    ) {
      this.over = true;
    }
  }

  private isConditional(): boolean {
    return this.over || this.open.some((each) => each !== '{') || ['&&', '||', '|', '|&'].includes(this.before);
  }
}

/** Stands where the patterns of a `case` are. */
const PATTERN: ShellWord = { text: '', raw: '', exact: true, bare: false };

function valueOf({ text, raw, exact }: ShellWord): ShellWord {
  return { text: afterSign(text), raw: afterSign(raw), exact, bare: false };
}

function afterSign(text: string): string {
  return text.slice(text.indexOf('=') + 1);
}
