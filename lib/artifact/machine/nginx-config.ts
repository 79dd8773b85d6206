/** A directive of nginx, with what stands in its block. */
export interface NginxDirective {
  readonly words: readonly string[];
  /** Absent: it has none. */
  readonly block?: readonly NginxDirective[];
}

const TOKEN = /\s+|#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([{};])|((?:\$\{\w+\}|[^\s{};"'\\]|\\.)+)/sy;
const MAX_DEPTH = 20;

/** Thrown where a configuration does not end what it began. */
class Unended extends Error {}

/**
 * Reads a file of nginx's configuration.
 *
 * @see https://nginx.org/en/docs/beginners_guide.html#conf_structure
 * @returns `undefined` when it is none
 */
export function nginxConfig(text: string): readonly NginxDirective[] | undefined {
  const tokens = tokensOf(text);
  try {
    return tokens === undefined ? undefined : blockOf(tokens, 0);
  } catch (error) {
    if (error instanceof Unended) return undefined;
    throw error;
  }
}

interface Token {
  readonly text: string;
  readonly isSign: boolean;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, double, single, sign, word] = match;
    const said = double ?? single ?? word;
    if (sign !== undefined) tokens.push({ text: sign, isSign: true });
    else if (said !== undefined) tokens.push({ text: said, isSign: false });
  }
  return tokens;
}

function blockOf(tokens: Token[], depth: number): readonly NginxDirective[] {
  if (depth > MAX_DEPTH) throw new Unended();
  const found: NginxDirective[] = [];
  let words: string[] = [];
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (!token.isSign) words.push(token.text);
    else if (token.text === ';') {
      found.push({ words });
      words = [];
    } else if (token.text === '{') {
      found.push({ words, block: blockOf(tokens, depth + 1) });
      words = [];
    } else if (depth === 0 || words.length > 0) throw new Unended();
    else return found;
  }
  if (depth > 0 || words.length > 0) throw new Unended();
  return found;
}
