import { Remembered } from '../../../artifact/remembered';

/** An entry of a log, or a series of numbers: members of members. */
export interface LogEntry {
  readonly [member: string]: string | number | boolean | null | LogEntry;
}

const LONGEST_PATTERN = 500;
const REPEATS_REPETITION = /[+*}?][^()]*\)[+*{]|\)[+*{][^()]*\)[+*{]/;

type Test = (entry: LogEntry) => boolean;

const TOKEN = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|(=~|!~|!=|>=|<=|[=:<>])|([^\s()"=!<>:~]+))/y;

/**
 * A filter of Cloud Logging or Cloud Monitoring as a test of what it lets through; `undefined` where something of it is not understood.
 *
 * @see https://cloud.google.com/logging/docs/view/logging-query-language
 */
export function loggingQuery(text: string): Test | undefined {
  return KNOWN.of(text, () => read(text));
}

/** Each filter is asked for each of many needs. */
const KNOWN = new Remembered<Test | undefined>(500);

function read(text: string): Test | undefined {
  if (text.trim() === '') return () => true;
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const test = reader.either();
  return reader.isAtEnd ? test : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) return undefined;
    tokens.push(match.slice(1).find((token) => token !== undefined) ?? '');
  }
  return tokens;
}

/** Reads a filter from its first word to its last; what is not understood ends it early. */
class Reader {
  private position = 0;

  public constructor(private readonly tokens: readonly string[]) {}

  public get isAtEnd(): boolean {
    return this.position === this.tokens.length;
  }

  public either(): Test | undefined {
    const tests = [this.all()];
    while (this.takes('OR')) tests.push(this.all());
    return combined(tests, (each) => (entry) => each.some((test) => test(entry)));
  }

  /** Words that stand beside each other must all be true, as if AND stood between them. */
  private all(): Test | undefined {
    const tests = [this.one()];
    while (!this.isAtEnd && !['OR', ')'].includes(this.next)) {
      this.takes('AND');
      tests.push(this.one());
      if (tests.at(-1) === undefined) return undefined;
    }
    return combined(tests, (each) => (entry) => each.every((test) => test(entry)));
  }

  private one(): Test | undefined {
    if (this.takes('NOT')) {
      const test = this.one();
      return test && ((entry) => !test(entry));
    }
    if (this.takes('(')) {
      const test = this.either();
      return this.takes(')') ? test : undefined;
    }
    const [member = '', operator = '', value = ''] = this.tokens.slice(this.position, this.position + 3);
    this.position += 3;
    return /^[A-Za-z_][\w.]*$/.test(member) ? comparison(member, operator, value) : undefined;
  }

  private get next(): string {
    return this.tokens[this.position] ?? '';
  }

  private takes(token: string): boolean {
    if (this.next !== token) return false;
    this.position += 1;
    return true;
  }
}

function combined(tests: readonly (Test | undefined)[], by: (tests: readonly Test[]) => Test): Test | undefined {
  const known = tests.filter((test) => test !== undefined);
  return known.length === tests.length ? by(known) : undefined;
}

function comparison(member: string, operator: string, written: string): Test | undefined {
  const value = unquoted(written);
  if (value === undefined) return undefined;
  switch (operator) {
    case '=':
      return (entry) => at(entry, member)?.toLowerCase() === value.toLowerCase();
    case '!=':
      return (entry) => at(entry, member)?.toLowerCase() !== value.toLowerCase();
    case ':':
      return (entry) => at(entry, member)?.toLowerCase().includes(value.toLowerCase()) === true;
    case '=~':
    case '!~': {
      const pattern = regularExpression(value);
      const wanted = operator === '=~';
      return pattern && ((entry) => pattern.test(at(entry, member) ?? '') === wanted);
    }
    default:
      return undefined;
  }
}

/** Inside quotes a backslash keeps what stands behind it. */
function unquoted(written: string): string | undefined {
  if (!written.startsWith('"')) return /^[\w./-]+$/.test(written) ? written : undefined;
  return written
    .slice(1, -1)
    .replaceAll(/\\(.)/g, (whole, sign: string) => (sign === '"' || sign === '\\' ? sign : whole));
}

/** Google's own expressions never take long; here one that repeats what repeats could. */
function regularExpression(source: string): RegExp | undefined {
  if (source.length > LONGEST_PATTERN || REPEATS_REPETITION.test(source)) return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function at(entry: LogEntry, path: string): string | undefined {
  let inner: LogEntry[string] | undefined = entry;
  for (const name of path.split('.')) {
    inner = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? inner[name] : undefined;
  }
  return typeof inner === 'object' || inner === undefined ? undefined : String(inner);
}
