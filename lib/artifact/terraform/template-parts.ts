import type { Expression } from './expression';
import { NotUnderstood, type Scanner } from './scanner';

/** Parses the expression after `${`; given, for an expression may hold templates again. */
type Parse = (scanner: Scanner) => Expression;

const LITERAL = /(?:(?!\$\{|%\{|\$\$\{|%%\{)[^])+/y;
const QUOTED = /(?:(?!\$\{|%\{|\$\$\{|%%\{)[^"\\\n])+/y;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** The parts of a string of the JSON syntax, in which a backslash is a backslash. */
export function templateParts(scanner: Scanner, parse: Parse): readonly Expression[] {
  const parts: Expression[] = [];
  while (!scanner.done) {
    parts.push(interpolation(scanner, parse) ?? text(scanner.match(LITERAL)));
  }
  return parts;
}

/** The parts of a text in quotes inside an expression, the first quote taken already. */
export function quotedParts(scanner: Scanner, parse: Parse): readonly Expression[] {
  const parts: Expression[] = [];
  while (scanner.text[scanner.at] !== '"') {
    const escape = scanner.match(ESCAPE);
    parts.push(
      escape === undefined
        ? (interpolation(scanner, parse) ?? text(scanner.match(QUOTED)))
        : text(unescape(escape.slice(1))),
    );
  }
  scanner.at += 1;
  return parts;
}

/** An expression or an escaped sign, where one stands. */
function interpolation(scanner: Scanner, parse: Parse): Expression | undefined {
  const { at } = scanner;
  if (scanner.text.startsWith('$${', at) || scanner.text.startsWith('%%{', at)) {
    scanner.at += 3;
    return text(scanner.text.slice(at + 1, at + 3));
  }
  if (scanner.text.startsWith('%{', at)) {
    throw new NotUnderstood('a template with a directive %{...}, which is not understood here');
  }
  if (!scanner.text.startsWith('${', at)) {
    return undefined;
  }
  scanner.at += 2;
  if (scanner.text[scanner.at] === '~') {
    throw new NotUnderstood('a template that trims around ${~...}, which is not understood here');
  }
  const expression = parse(scanner);
  scanner.expect('}');
  return expression;
}

function text(literal: string | undefined): Expression {
  if (literal === undefined) {
    throw new NotUnderstood('a template that does not end');
  }
  return { kind: 'text', text: literal };
}

function unescape(escape: string): string {
  const code = Number.parseInt(escape.slice(1), 16);
  return ESCAPED.get(escape) ?? (code > 0x10_ff_ff ? '\uFFFD' : String.fromCodePoint(code));
}
