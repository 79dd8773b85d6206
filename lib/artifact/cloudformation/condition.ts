import type { Json } from '../template-text';
import type { Evaluator } from './evaluator';
import { toLiteral } from '../value';

/**
 * Decides a condition from the parameters' defaults.
 *
 * @returns `undefined` when a reference, an unknown function or a circle stands in the way
 */
export function decide(condition: Json, evaluator: Evaluator): boolean | undefined {
  const [only] = condition instanceof Map ? [...(condition as ReadonlyMap<string, Json>)] : [];
  if (only === undefined) {
    return undefined;
  }
  const [name, argument] = only;
  const operands: readonly Json[] = Array.isArray(argument) ? argument : [argument];
  const decided = (): (boolean | undefined)[] => operands.map((operand) => decide(operand, evaluator));
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? evaluator.holds(argument) : undefined;
    case 'Fn::Equals':
      return equal(operands, evaluator);
    case 'Fn::Not': {
      const [inner] = decided();
      return inner === undefined ? undefined : !inner;
    }
    case 'Fn::And':
      return every(decided());
    case 'Fn::Or': {
      const none = every(decided().map((operand) => (operand === undefined ? undefined : !operand)));
      return none === undefined ? undefined : !none;
    }
    default:
      return undefined;
  }
}

function equal(operands: readonly Json[], evaluator: Evaluator): boolean | undefined {
  const [left, right] = operands.map((operand) => toLiteral(evaluator.evaluate(operand)));
  return left === undefined || right === undefined || operands.length !== 2 ? undefined : left === right;
}

/** Kleene's conjunction: one falsehood decides, else everything must be known. */
function every(operands: readonly (boolean | undefined)[]): boolean | undefined {
  if (operands.includes(false)) {
    return false;
  }
  return operands.includes(undefined) ? undefined : true;
}
