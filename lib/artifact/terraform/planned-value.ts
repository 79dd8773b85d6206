import { entry, type Json } from '../template-text';
import { isList, isMap, toText, UnknownValue, type Value } from '../value';
import type { Evaluator } from './evaluator';

/** A value of a plan: what is known, what the plan hides, and what only the cloud will say, which is known by its expression or not at all. */
export class PlannedValue {
  public constructor(private readonly evaluator: Evaluator) {}

  /** One attribute of a change as it is known; `undefined` when some of it is not. */
  public static known(change: Json | undefined, name: string): Value {
    const marks = ['after_unknown', 'after_sensitive'].map((mark) => entry(entry(change, mark), name));
    return marks.some(isMarked) || entry(change, 'after_sensitive') === true
      ? undefined
      : entry(entry(change, 'after'), name);
  }

  /**
   * @param unknown the shape of `after`, with `true` where the value comes later
   * @param sensitive the same, with `true` where the value is not to be seen
   * @param expression what the configuration says there: blocks as maps, an argument as `references` and, where it was written in JSON, as
   * the `constant_value` that Terraform does not evaluate
   */
  public read(
    after: Json | undefined,
    unknown: Json | undefined,
    sensitive: Json | undefined,
    expression: Json | undefined,
  ): Value {
    if (unknown === true) {
      return this.later(expression);
    }
    if (sensitive === true) {
      return new UnknownValue('sensitive, so that the plan is not to be read there');
    }
    if (Array.isArray(after) || Array.isArray(unknown)) {
      const length = Math.max(...[after, unknown].map((each) => (Array.isArray(each) ? each.length : 0)));
      return Array.from({ length }, (_, index) =>
        this.read(item(after, index), item(unknown, index), item(sensitive, index), part(expression, index)),
      );
    }
    if (after instanceof Map || unknown instanceof Map) {
      const keys = new Set(
        [after, unknown].flatMap((each) => (each instanceof Map ? [...each.keys()] : []) as string[]),
      );
      return new Map(
        [...keys].map((key) => [
          key,
          isFilledIn(key, expression)
            ? this.read(entry(after, key), undefined, entry(sensitive, key), undefined)
            : this.read(entry(after, key), entry(unknown, key), entry(sensitive, key), part(expression, key)),
        ]),
      );
    }
    return after;
  }

  /** What the configuration says exactly about a value that the plan does not know. */
  private later(expression: Json | undefined): Value {
    const written = entry(expression, 'constant_value');
    if (written !== undefined) {
      const value = this.evaluator.evaluate(written);
      return isOpen(value) ? value : new UnknownValue(LATER);
    }
    const references = Array.isArray(entry(expression, 'references'))
      ? (entry(expression, 'references') as readonly Json[]).map(String)
      : [];
    // Terraform names the resource beside each of its attributes.
    const [only, ...others] = references.filter(
      (each) => !references.some((longer) => longer.startsWith(`${each}.`) || longer.startsWith(`${each}[`)),
    );
    const value =
      only === undefined || others.length > 0 || !ATTRIBUTE.test(only)
        ? undefined
        : this.evaluator.evaluate(`\${${only}}`);
    return value !== undefined && isOpen(value) ? value : new UnknownValue(LATER);
  }
}

const LATER = 'known after the plan is applied alone';

/**
 * Arguments that Google's provider lets Google fill in where nobody gives them, so that a plan never knows them. None is a block: plans do
 * not show dynamic blocks, so that of a block nobody can tell that it was not given.
 */
const FILLED_IN = [
  'direction',
  'source_ranges',
  'destination_ranges',
  'network',
  'subnetwork',
  'ip_cidr_range',
  'ip_protocol',
  'port_range',
  'port_name',
  'protocol',
  'ingress',
  'project',
  'region',
  'zone',
];

/** One attribute of one resource. */
const ATTRIBUTE = /^(?:data\.)?[a-z][a-z0-9_]*\.[\w-]+(?:\[(?:\d+|"[^"\\$%]*")\])?\.[a-z0-9_]+$/;

/** Whether the configuration, which must be known, gives nothing for an argument. */
function isFilledIn(name: string, expression: Json | undefined): boolean {
  const isOfBlock = expression instanceof Map && !expression.has('constant_value') && !expression.has('references');
  return isOfBlock && FILLED_IN.includes(name) && !expression.has(name);
}

/** Whether there is a reference in a value that is not unknown otherwise: one without would contradict the plan. */
function isOpen(value: Value): boolean {
  if (value instanceof UnknownValue) {
    return true;
  }
  if (isList(value)) {
    return value.some(isOpen);
  }
  return isMap(value)
    ? [...value.values()].some(isOpen)
    : toText(value)?.some((each) => typeof each !== 'string') === true;
}

function isMarked(json: Json | undefined): boolean {
  if (Array.isArray(json)) {
    return (json as readonly Json[]).some(isMarked);
  }
  return json instanceof Map ? [...(json as ReadonlyMap<string, Json>).values()].some(isMarked) : json === true;
}

function item(json: Json | undefined, index: number): Json | undefined {
  return Array.isArray(json) ? (json as readonly Json[])[index] : undefined;
}

/** The expression of a part: of a block that stands in a list, or of what was written in JSON. */
function part(expression: Json | undefined, key: string | number): Json | undefined {
  const written = entry(expression, 'constant_value');
  if (written !== undefined) {
    const inner = typeof key === 'number' ? item(written, key) : entry(written, key);
    return inner === undefined ? undefined : new Map([['constant_value', inner]]);
  }
  if (typeof key === 'number') {
    // Blocks of a set stand in another order than they were written in, so that only a single one is sure to be this one.
    const [only, ...others] = Array.isArray(expression) ? (expression as readonly Json[]) : [expression];
    return key === 0 && others.length === 0 ? only : undefined;
  }
  return entry(expression, key);
}
