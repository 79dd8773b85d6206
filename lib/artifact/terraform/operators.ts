import { UnknownValue, type Value } from '../value';

type Arithmetic = (left: number, right: number) => number | boolean;

const ARITHMETIC: ReadonlyMap<string, Arithmetic> = new Map<string, Arithmetic>([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', (left, right) => left % right],
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
]);

const UNDECIDED = 'an operation on something that the file alone does not say';

/** `!` and `-`. */
export function unary(operator: string, of: Value): Value {
  if (operator === '!' && typeof of === 'boolean') {
    return !of;
  }
  return operator === '-' && typeof of === 'number' ? -of : new UnknownValue(UNDECIDED);
}

/** Operators of two sides, on values that need no conversion; integers alone, which JavaScript has as exactly as Terraform. */
export function binary(operator: string, left: Value, right: Value): Value {
  if (operator === '==' || operator === '!=') {
    const isEqual = equal(left, right);
    return isEqual === undefined ? new UnknownValue(UNDECIDED) : isEqual === (operator === '==');
  }
  if (typeof left === 'boolean' && typeof right === 'boolean' && (operator === '&&' || operator === '||')) {
    return operator === '&&' ? left && right : left || right;
  }
  const result =
    Number.isSafeInteger(left) && Number.isSafeInteger(right)
      ? ARITHMETIC.get(operator)?.(left as number, right as number)
      : undefined;
  return typeof result === 'boolean' || Number.isSafeInteger(result) ? result : new UnknownValue(UNDECIDED);
}

/** Values of different types are never equal in Terraform, text and number neither. `undefined`: one of them is not known. */
function equal(left: Value, right: Value): boolean | undefined {
  return isPlain(left) && isPlain(right) ? left === right : undefined;
}

function isPlain(value: Value): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
