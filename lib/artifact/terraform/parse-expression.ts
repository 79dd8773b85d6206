import { Remembered } from '../remembered';
import type { Expression } from './expression';
import { NotUnderstood, Scanner } from './scanner';
import { quotedParts, templateParts } from './template-parts';

const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const DIGITS = /\d+/y;
const FOR = /for\s/y;

/** Operators of two sides, from the loosest. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/**
 * Parses a string of Terraform's JSON syntax: literal text, in which `${...}` is an expression, `$${` and `%%{` are themselves with one sign
 * less, and a backslash is a backslash. A single expression and nothing else is that expression, of whatever type.
 *
 * @throws NotUnderstood
 */
export function parseTemplate(text: string): Expression {
  return PARSED.of(text, () => unwrapped(templateParts(new Scanner(text), parseExpression)));
}

/** Thousands of rules name one network. */
const PARSED = new Remembered<Expression>(1_000);

function unwrapped(parts: readonly Expression[]): Expression {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'template', parts };
}

/** Parses one expression; what stands after it is left. */
function parseExpression(scanner: Scanner): Expression {
  return scanner.deeper(() => {
    const on = binary(scanner, 0);
    if (!scanner.take('?')) {
      return on;
    }
    const yes = parseExpression(scanner);
    scanner.expect(':');
    return { kind: 'either', on, yes, no: parseExpression(scanner) };
  });
}

function binary(scanner: Scanner, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) {
    return unary(scanner);
  }
  let left = binary(scanner, level + 1);
  for (;;) {
    const operator = operators.find((each) => scanner.take(each));
    if (operator === undefined) {
      return left;
    }
    const before = left;
    left = { kind: 'binary', operator, left: before, right: binary(scanner, level + 1) };
  }
}

function unary(scanner: Scanner): Expression {
  const operator = ['!', '-'].find((each) => scanner.take(each));
  return operator === undefined
    ? traversal(scanner, primary(scanner))
    : scanner.deeper(() => ({ kind: 'unary', operator, of: unary(scanner) }));
}

/** What follows a value: attributes, indices and splats. */
function traversal(scanner: Scanner, start: Expression): Expression {
  let of = start;
  for (;;) {
    if (scanner.take('...')) {
      scanner.at -= 3;
      return of;
    }
    if (scanner.take('.')) {
      if (scanner.take('*')) {
        return { kind: 'splat', of, each: attributes(scanner) };
      }
      of = attribute(scanner, of);
    } else if (scanner.take('[')) {
      if (scanner.take('*')) {
        scanner.expect(']');
        return { kind: 'splat', of, each: traversal(scanner, { kind: 'item' }) };
      }
      of = { kind: 'index', of, at: parseExpression(scanner) };
      scanner.expect(']');
    } else {
      return of;
    }
  }
}

/** After `.*` only attributes belong to the splat. */
function attributes(scanner: Scanner): Expression {
  let each: Expression = { kind: 'item' };
  while (scanner.take('.')) {
    each = attribute(scanner, each);
  }
  if (scanner.take('[')) {
    throw new NotUnderstood('an index after .*, which is not understood here');
  }
  return each;
}

function attribute(scanner: Scanner, of: Expression): Expression {
  scanner.blank();
  const digits = scanner.match(DIGITS);
  if (digits !== undefined) {
    return { kind: 'index', of, at: { kind: 'value', value: Number(digits) } };
  }
  const name = scanner.match(NAME);
  if (name === undefined) {
    throw new NotUnderstood('an expression with a dot and no name after it');
  }
  return { kind: 'attribute', of, name };
}

function primary(scanner: Scanner): Expression {
  if (scanner.take('(')) {
    const inner = parseExpression(scanner);
    scanner.expect(')');
    return inner;
  }
  if (scanner.take('"')) {
    return scanner.deeper(() => unwrapped(quotedParts(scanner, parseExpression)));
  }
  if (scanner.take('[')) {
    return { kind: 'list', items: separated(scanner, ']', parseExpression).items };
  }
  if (scanner.take('{')) {
    return { kind: 'object', entries: separated(scanner, '}', property).items };
  }
  scanner.blank();
  const number = scanner.match(NUMBER);
  if (number !== undefined) {
    return { kind: 'value', value: Number(number) };
  }
  return named(scanner);
}

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function named(scanner: Scanner): Expression {
  const name = scanner.match(NAME);
  if (name === undefined) {
    throw new NotUnderstood('an expression that is not understood here');
  }
  if (scanner.take('(')) {
    const { items, expands } = separated(scanner, ')', parseExpression);
    return { kind: 'call', name, given: items, expands };
  }
  if (scanner.take('::')) {
    throw new NotUnderstood(`a function of provider ${name}, which is not understood here`);
  }
  const constant = CONSTANTS.get(name);
  return constant === undefined ? { kind: 'root', name } : { kind: 'value', value: constant };
}

function property(scanner: Scanner): readonly [Expression, Expression] {
  scanner.blank();
  const start = scanner.at;
  const name = scanner.match(NAME);
  scanner.blank();
  const isWord = name !== undefined && /[=:]/.test(scanner.text[scanner.at] ?? '');
  if (!isWord) {
    scanner.at = start;
  }
  const key: Expression = isWord ? { kind: 'value', value: name } : parseExpression(scanner);
  if (!scanner.take('=')) {
    scanner.expect(':');
  }
  return [key, parseExpression(scanner)];
}

/** Items up to a closing sign, with commas between them and one after the last if need be; `...` says that the last one is a list of them. */
function separated<T>(
  scanner: Scanner,
  end: string,
  parse: (scanner: Scanner) => T,
): { readonly items: readonly T[]; readonly expands: boolean } {
  const items: T[] = [];
  let expands = false;
  let goesOn = true;
  while (goesOn && !scanner.take(end)) {
    if (scanner.match(FOR) !== undefined) {
      throw new NotUnderstood('a for expression, which is not understood here');
    }
    items.push(parse(scanner));
    expands = end === ')' && scanner.take('...');
    goesOn = !expands && scanner.take(',');
    if (!goesOn) {
      scanner.expect(end);
    }
  }
  return { items, expands };
}
