import { Remembered } from '../../artifact/remembered';

/** A line of a log as JSON, its members by name. */
export type LogLine = Readonly<Record<string, string | number | null>>;

type Test = (line: LogLine) => boolean;

const TOKEN = /\s*(?:(\|\||&&|[(){}])|(!=|>=|<=|=|<|>)|\$\.([A-Za-z_][\w]*)|"([^"\\]*)"|(\*)|(-?\d+(?:\.\d+)?))/y;

/**
 * What a filter pattern of CloudWatch Logs for JSON lines matches.
 *
 * @returns `undefined` where it is none, or has something in it that is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(text: string): Test | undefined {
  return KNOWN.of(text, () => read(text));
}

/** Each pattern is asked for each of many needs. */
const KNOWN = new Remembered<Test | undefined>(500);

function read(text: string): Test | undefined {
  const tokens = tokensOf(text.trim());
  if (tokens === undefined || tokens.shift()?.text !== '{' || tokens.pop()?.text !== '}') return undefined;
  const parser = new Parser(tokens);
  const test = parser.either();
  return parser.isDone ? test : undefined;
}

interface Token {
  readonly kind: 'sign' | 'comparison' | 'member' | 'text' | 'any' | 'number';
  readonly text: string;
}

const KINDS: readonly Token['kind'][] = ['sign', 'comparison', 'member', 'text', 'any', 'number'];

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const index = match.slice(1).findIndex((group) => group !== undefined);
    const kind = KINDS[index];
    if (kind === undefined) return undefined;
    tokens.push({ kind, text: match[index + 1] ?? '' });
  }
  return tokens;
}

/** `or` binds weaker than `and`. Nested deeper than any filter is, nothing is understood. */
class Parser {
  private at = 0;
  private depth = 0;

  public constructor(private readonly tokens: readonly Token[]) {}

  public get isDone(): boolean {
    return this.at === this.tokens.length;
  }

  public either(): Test | undefined {
    return this.joined(
      '||',
      () => this.both(),
      (tests) => (line) => tests.some((test) => test(line)),
    );
  }

  private both(): Test | undefined {
    return this.joined(
      '&&',
      () => this.single(),
      (tests) => (line) => tests.every((test) => test(line)),
    );
  }

  private joined(sign: string, part: () => Test | undefined, join: (tests: readonly Test[]) => Test): Test | undefined {
    const tests: Test[] = [];
    do {
      const test = part();
      if (test === undefined) return undefined;
      tests.push(test);
    } while (this.takes(sign));
    return join(tests);
  }

  private single(): Test | undefined {
    if (this.takes('(')) {
      this.depth += 1;
      const test = this.depth > MAX_DEPTH ? undefined : this.either();
      this.depth -= 1;
      return this.takes(')') ? test : undefined;
    }
    const [member, comparison, value] = this.tokens.slice(this.at, this.at + 3);
    this.at += 3;
    if (member?.kind !== 'member' || comparison?.kind !== 'comparison' || value === undefined) return undefined;
    return comparing(member.text, comparison.text, value);
  }

  private takes(text: string): boolean {
    const next = this.tokens[this.at];
    const taken = next?.kind === 'sign' && next.text === text;
    if (taken) this.at += 1;
    return taken;
  }
}

const MAX_DEPTH = 20;

function comparing(member: string, comparison: string, { kind, text }: Token): Test | undefined {
  if (kind === 'any') {
    return comparison === '=' ? (line) => line[member] !== undefined && line[member] !== null : undefined;
  }
  if (kind === 'text') {
    if (text.includes('*')) return undefined;
    if (comparison === '=') return (line) => line[member] === text;
    return comparison === '!=' ? (line) => line[member] !== undefined && line[member] !== text : undefined;
  }
  if (kind !== 'number') return undefined;
  const than = Number(text);
  const compares = COMPARISONS[comparison];
  return compares === undefined
    ? undefined
    : (line) => {
        const value = line[member];
        return typeof value === 'number' && compares(value, than);
      };
}

const COMPARISONS: Readonly<Record<string, (value: number, than: number) => boolean>> = {
  '=': (value, than) => value === than,
  '!=': (value, than) => value !== than,
  '<': (value, than) => value < than,
  '<=': (value, than) => value <= than,
  '>': (value, than) => value > than,
  '>=': (value, than) => value >= than,
};
