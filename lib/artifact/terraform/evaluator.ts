import { MAX_FILE_BYTES } from '../bounds';
import type { Json } from '../template-text';
import type { Text } from '../text';
import { fromText, isList, isMap, TextValue, toLiteral, toText, UnknownValue, type Value } from '../value';
import type { Expression } from './expression';
import { call } from './functions';
import { binary, unary } from './operators';
import { parseTemplate } from './parse-expression';
import { NotUnderstood } from './scanner';

/** What names stand for where an expression is. */
export interface Scope {
  /** @param path what stands after the first name, indices as numbers or texts */
  resolve(root: string, path: readonly (string | number)[]): Value;
}

/** Levels of values, expressions and names that lead on to each other; more than people write, less than the stack holds. */
const MAX_LEVELS = 400;

/** What all values of one file may weigh together, written out, so that values made of each other twice, and again twice, end. */
const MAX_WEIGHT = 16 * MAX_FILE_BYTES;

/** About what a value weighs beside its characters. */
const WEIGHT = 16;

/** What Terraform does not read, in its JSON syntax. */
const COMMENT = '//';

const TOO_LONG = 'longer than anything that deploys';

/** Evaluates expressions of Terraform as far as the file alone allows: exactly, or to an UnknownValue that says why. */
export class Evaluator {
  private levels = 0;
  private weight = 0;
  private readonly weights = new WeakMap<object, number>();

  public constructor(private readonly scope: Scope) {}

  /** The value of JSON whose strings are templates. */
  public evaluate(json: Json | undefined): Value {
    return this.deeper(() => {
      if (typeof json === 'string') {
        return this.template(json);
      }
      if (Array.isArray(json)) {
        return (json as readonly Json[]).map((item) => this.evaluate(item));
      }
      if (typeof json === 'number' && !isExact(json)) {
        return new UnknownValue('a number too large to be read exactly');
      }
      return json instanceof Map ? this.map(json as ReadonlyMap<string, Json>) : json;
    });
  }

  /** The value of one string. */
  private template(text: string): Value {
    if (!text.includes('${') && !text.includes('%{')) {
      return text;
    }
    try {
      return this.value(parseTemplate(text));
    } catch (error) {
      if (error instanceof NotUnderstood) {
        return new UnknownValue(error.message);
      }
      throw error;
    }
  }

  private map(json: ReadonlyMap<string, Json>): Value {
    const dynamic = dynamicBlocks(json.get('dynamic'));
    const entries = [...json]
      .filter(([key]) => key !== COMMENT && !(key === 'dynamic' && dynamic.length > 0))
      .map(([key, item]) => [toLiteral(this.template(key)), this.evaluate(item)] as const);
    return fromEntries([...entries, ...dynamic]);
  }

  private value(expression: Expression, item?: Expression): Value {
    return this.deeper(() => this.open(expression, item));
  }

  private open(expression: Expression, item?: Expression): Value {
    const value = (inner: Expression): Value => this.value(inner, item);
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'text':
        return expression.text;
      case 'template':
        return this.joined(expression.parts.map(value));
      case 'item':
        return item === undefined ? new UnknownValue('an item of nothing') : this.value(item);
      case 'root':
      case 'attribute':
      case 'index':
        return this.reference(expression, item);
      case 'splat':
        return this.splat(expression.of, expression.each, item);
      case 'call':
        return this.call(expression.name, expression.given.map(value), expression.expands);
      case 'list':
        return expression.items.map(value);
      case 'object':
        return fromEntries(expression.entries.map(([key, entry]) => [toLiteral(value(key)), value(entry)] as const));
      case 'unary':
        return unary(expression.operator, value(expression.of));
      case 'binary':
        return binary(expression.operator, value(expression.left), value(expression.right));
      case 'either':
        return chosen(
          value(expression.on),
          () => value(expression.yes),
          () => value(expression.no),
        );
      default:
        return expression satisfies never;
    }
  }

  /** A name with what follows it, or a part of another value. */
  private reference(expression: Expression, item?: Expression): Value {
    const path: (string | number)[] = [];
    let from = expression;
    for (;;) {
      if (from.kind === 'attribute') {
        path.unshift(from.name);
        from = from.of;
      } else if (from.kind === 'index') {
        const at = this.value(from.at, item);
        if (typeof at !== 'string' && typeof at !== 'number') {
          return new UnknownValue('picked by an index that the file alone does not say');
        }
        path.unshift(at);
        from = from.of;
      } else if (from.kind === 'item' && item !== undefined) {
        from = item;
      } else {
        break;
      }
    }
    return from.kind === 'root'
      ? this.weighed(this.scope.resolve(from.name, path))
      : pick(this.value(from, item), path);
  }

  /** `[*]` of a list is for every item; of a value that is no list, for that value alone. */
  private splat(of: Expression, each: Expression, item?: Expression): Value {
    const whole = this.value(of, item);
    if (isList(whole)) {
      return whole.map((value) => this.value(each, { kind: 'value', value }));
    }
    const isResource = of.kind === 'attribute' && of.of.kind === 'root';
    if (whole instanceof UnknownValue && !isResource) {
      return whole;
    }
    return whole === null ? [] : [this.value(each, of.kind === 'item' && item !== undefined ? item : of)];
  }

  private call(name: string, given: readonly Value[], expands: boolean): Value {
    const last = given.at(-1);
    if (!expands) {
      return this.weighed(call(name, given));
    }
    return isList(last)
      ? this.weighed(call(name, [...given.slice(0, -1), ...last]))
      : new UnknownValue(`${name}() of a list that the file alone does not say`);
  }

  private joined(parts: readonly Value[]): Value {
    const unknown = parts.find((part) => part instanceof UnknownValue);
    const texts = parts.map(toText);
    if (unknown !== undefined || texts.includes(undefined)) {
      return unknown ?? new UnknownValue('text with a piece that is none');
    }
    return this.weighed(fromText((texts as Text[]).flat()));
  }

  /** A value, as long as all of them together are no heavier than they may be. */
  private weighed(value: Value): Value {
    this.weight += this.weigh(value);
    return this.weight > MAX_WEIGHT ? new UnknownValue(TOO_LONG) : value;
  }

  private weigh(value: Value): number {
    if (typeof value === 'string') {
      return WEIGHT + value.length;
    }
    if (value instanceof TextValue) {
      return value.parts.reduce((sum, part) => sum + WEIGHT + (typeof part === 'string' ? part.length : 0), WEIGHT);
    }
    if (!isList(value) && !isMap(value)) {
      return WEIGHT;
    }
    const known = this.weights.get(value);
    if (known !== undefined) {
      return known;
    }
    const weight = [...value.values()].reduce<number>((sum, each) => sum + this.weigh(each), WEIGHT);
    this.weights.set(value, weight);
    return weight;
  }

  /** One level deeper, bounded, whatever a hostile file does to the stack or to the length of a text. */
  private deeper(evaluate: () => Value): Value {
    if (this.levels >= MAX_LEVELS) {
      return new UnknownValue(`nested deeper than ${MAX_LEVELS}`);
    }
    this.levels += 1;
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof RangeError) {
        return new UnknownValue(TOO_LONG);
      }
      throw error;
    } finally {
      this.levels -= 1;
    }
  }
}

/** A part of a value, by names and indices; `undefined` where there is none. */
export function pick(value: Value, path: readonly (string | number)[]): Value {
  const [first, ...rest] = path;
  if (first === undefined || value instanceof UnknownValue) {
    return value;
  }
  if (isList(value)) {
    const index = Number(first);
    return Number.isInteger(index) && index >= 0 && index < value.length
      ? pick(value[index], rest)
      : new UnknownValue('an item that its list does not have');
  }
  return isMap(value) && value.has(String(first))
    ? pick(value.get(String(first)), rest)
    : new UnknownValue(`a part .${first} of something that has none`);
}

function chosen(on: Value, yes: () => Value, no: () => Value): Value {
  if (typeof on === 'boolean') {
    return on ? yes() : no();
  }
  return new UnknownValue('decided by something that the file alone does not say');
}

/** Blocks that are made from a list, by the name of the block: not known, together with those of the same name beside them. */
function dynamicBlocks(json: Json | undefined): readonly (readonly [string, Value])[] {
  const labels: readonly (Json | undefined)[] = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return labels
    .flatMap((each) => (each instanceof Map ? [...(each as ReadonlyMap<string, Json>)] : []))
    .filter(([, body]) => body instanceof Map || Array.isArray(body))
    .map(([label]) => [label, new UnknownValue('made by dynamic blocks, which are not understood here')]);
}

/** A map, when every key is known. */
function fromEntries(entries: readonly (readonly [string | undefined, Value])[]): Value {
  return entries.every(([key]) => key !== undefined)
    ? new Map(entries as readonly (readonly [string, Value])[])
    : new UnknownValue('a map with a key that the file alone does not say');
}

/** Terraform's numbers are exact to any length; these are up to here. */
export function isExact(number: number): boolean {
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER;
}
