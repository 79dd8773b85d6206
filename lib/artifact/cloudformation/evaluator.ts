import type { ParameterDefault } from '../artifact';
import type { Json } from '../template-text';
import { decide } from './condition';
import { dynamicReferences } from './dynamic-reference';
import { findInMap } from './find-in-map';
import { parameterValue } from './parameter';
import { select, split } from './select';
import { join, substitute } from './substitute';
import type { Template } from './template';
import { Base64Value, fromText, isList, refer, toLiteral, toText, UnknownValue, type Value } from '../value';

type Intrinsic = (argument: Json, evaluator: Evaluator) => Value;

/**
 * CloudFormation's functions. One that only the cloud can answer becomes a reference named after itself, so that equal calls get equal
 * values when the deployment is booted.
 */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (argument, evaluator) => evaluator.ref(argument)],
  ['Fn::GetAtt', (argument, evaluator) => getAtt(evaluator.evaluate(argument))],
  ['Fn::Join', (argument, evaluator) => join(evaluator.evaluate(argument))],
  ['Fn::Sub', (argument, evaluator) => substitute(argument, evaluator)],
  ['Fn::Base64', (argument, evaluator) => new Base64Value(evaluator.evaluate(argument))],
  ['Fn::Select', (argument, evaluator) => select(evaluator.evaluate(argument))],
  ['Fn::Split', (argument, evaluator) => split(evaluator.evaluate(argument))],
  ['Fn::If', (argument, evaluator) => evaluator.either(argument)],
  ['Fn::FindInMap', (argument, evaluator) => findInMap(evaluator.evaluate(argument), evaluator.template)],
  ['Fn::ImportValue', (argument, evaluator) => named('Fn::ImportValue', evaluator.evaluate(argument))],
  ['Fn::GetAZs', (argument, evaluator) => named('Fn::GetAZs', evaluator.evaluate(argument))],
  ['Fn::Cidr', (_argument) => refer('Fn::Cidr')],
]);

/** Evaluates the functions of one template as far as the file alone allows. */
export class Evaluator {
  private readonly decisions = new Map<string, boolean | undefined>();
  private readonly taken = new Map<string, string>();

  public constructor(public readonly template: Template) {}

  /** The parameters whose defaults decided something that was evaluated so far. */
  public get defaults(): readonly ParameterDefault[] {
    return [...this.taken].map(([parameter, value]) => ({ parameter, value }));
  }

  public evaluate(json: Json | undefined): Value {
    if (typeof json === 'string') {
      return dynamicReferences(json);
    }
    if (Array.isArray(json)) {
      return (json as readonly Json[]).map((item) => this.evaluate(item)).filter((item) => item !== undefined);
    }
    return json instanceof Map ? this.map(json as ReadonlyMap<string, Json>) : json;
  }

  /** The value of a `Ref`: a parameter's default, nothing for `AWS::NoValue`, else a reference. */
  public ref(argument: Json): Value {
    if (typeof argument !== 'string') {
      return new UnknownValue('Ref of something that is no name');
    }
    if (argument === 'AWS::NoValue') {
      return undefined;
    }
    const parameter = this.template.parameters.get(argument);
    if (parameter === undefined) {
      return refer(argument);
    }
    const value = parameterValue(argument, parameter);
    const text = isList(value) ? value.map((item) => toLiteral(item) ?? '').join(',') : toLiteral(value);
    if (text !== undefined) {
      this.taken.set(argument, text);
    }
    return value;
  }

  /** The branch of an `Fn::If` that the parameters' defaults decide. */
  public either(argument: Json): Value {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
      return new UnknownValue('Fn::If that is not [condition, value, value]');
    }
    const [condition, yes, no] = argument as [string, Json, Json];
    const decided = this.holds(condition);
    if (decided === undefined) {
      return new UnknownValue(`Fn::If on condition ${condition}, which the parameters' defaults do not decide`);
    }
    return this.evaluate(decided ? yes : no);
  }

  /** Whether a condition holds under the parameters' defaults; `undefined` when they do not decide it. */
  public holds(condition: string): boolean | undefined {
    if (!this.decisions.has(condition)) {
      const body = this.template.conditions.get(condition);
      // Undecided while it is being decided, so that conditions that refer to each other in a circle end.
      this.decisions.set(condition, undefined);
      this.decisions.set(condition, body === undefined ? undefined : decide(body, this));
    }
    return this.decisions.get(condition);
  }

  private map(json: ReadonlyMap<string, Json>): Value {
    const [only, ...rest] = [...json];
    const intrinsic = only !== undefined && rest.length === 0 ? INTRINSICS.get(only[0]) : undefined;
    if (only !== undefined && intrinsic !== undefined) {
      return intrinsic(only[1], this);
    }
    const unsupported = [...json.keys()].find((key) => key.startsWith('Fn::'));
    if (unsupported !== undefined) {
      return new UnknownValue(`${unsupported}, which is not understood here`);
    }
    const entries = [...json].map(([key, item]) => [key, this.evaluate(item)] as const);
    return new Map(entries.filter(([, item]) => item !== undefined));
  }
}

function getAtt(argument: Value): Value {
  const text = toLiteral(argument);
  const parts = isList(argument) ? argument : (text?.split(/\.(.*)/s, 2) ?? []);
  const [logicalId, attribute] = parts;
  if (typeof logicalId !== 'string' || (typeof attribute !== 'string' && typeof attribute !== 'number')) {
    return new UnknownValue('Fn::GetAtt that is not a resource and an attribute');
  }
  return refer(logicalId, String(attribute));
}

function named(name: string, argument: Value): Value {
  const text = toText(argument);
  const key = text?.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
  return key === undefined
    ? new UnknownValue(`${name} of something that is no text`)
    : fromText([{ logicalId: name, attribute: key }]);
}
