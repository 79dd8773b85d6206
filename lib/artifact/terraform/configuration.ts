import type { ParameterDefault, Unreadable } from '../artifact';
import { entry, type Json } from '../template-text';
import { isList, isMap, toLiteral, UnknownValue, type Value } from '../value';
import { annotations, attributeOf, type Document, type RawResource } from './document';
import { Evaluator, pick, type Scope } from './evaluator';
import { Variables } from './variables';

/** What Terraform itself reads of the body of a resource. */
const META = ['//', 'count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'connection'];

/** Of `terraform_data` and any other resource. */
export const PROVISIONED = 'runs a provisioner, which changes things in ways that are not read';

type Path = readonly (string | number)[];

/** A configuration in Terraform's JSON syntax, `cdk.tf.json` or another. */
export class Configuration implements Document, Scope {
  public readonly resources: ReadonlyMap<string, RawResource>;
  public readonly unreadable: readonly Unreadable[];
  private readonly evaluator = new Evaluator(this);
  private readonly bodies = new Map<string, ReadonlyMap<string, Json>>();
  private readonly locals = new Map<string, Json>();
  private readonly variables: Variables;
  private readonly values = new Map<string, Value>();

  public constructor(private readonly content: ReadonlyMap<string, Json>) {
    this.variables = new Variables(labelled(content.get('variable'), 1));
    for (const [name, value] of blocks(content.get('locals')).flatMap((block) => [...block])) {
      this.locals.set(name, value);
    }
    const sections = [
      ...labelled(content.get('resource'), 2).map(([labels, body]) => [labels.join('.'), labels[0], body] as const),
      ...labelled(content.get('data'), 2).map(
        ([labels, body]) => [`data.${labels.join('.')}`, `data.${labels[0] ?? ''}`, body] as const,
      ),
    ];
    for (const [address, , body] of sections) {
      this.bodies.set(address, body);
    }
    this.resources = new Map(
      sections.flatMap(([address, type = '', body]) => {
        const raw = this.raw(address, type, body);
        return raw === undefined ? [] : [[address, raw] as const];
      }),
    );
    const provisioned = [...this.bodies].filter(([, body]) => body.has('provisioner'));
    this.unreadable = [
      ...labelled(content.get('module'), 1).map(([[name = '']]) => ({
        subject: `module.${name}`,
        reason: 'is a module, whose files are not read; give the plan as JSON (terraform show -json)',
        concerns: 'template' as const,
      })),
      ...provisioned.map(([subject]) => ({ subject, reason: PROVISIONED, concerns: 'template' as const })),
    ];
  }

  public defaults(): readonly ParameterDefault[] {
    return this.variables.defaults;
  }

  /** Of the provider, where there is but one of Google's. */
  public project(): string | undefined {
    const [[, body] = []] = this.providers();
    return this.providers().length === 1 ? toLiteral(this.evaluator.evaluate(body?.get('project'))) : undefined;
  }

  /** An alias of the provider may be for another project. */
  public get hasOneProject(): boolean {
    return this.providers().length <= 1;
  }

  private providers(): ReturnType<typeof labelled> {
    return labelled(this.content.get('provider'), 1).filter(([[name]]) => name === 'google');
  }

  public resolve(root: string, path: Path): Value {
    const [name = '', ...rest] = path.map(String);
    switch (root) {
      case 'var':
        return pick(
          this.once(`var.${name}`, () => this.variables.value(name, this.evaluator)),
          path.slice(1),
        );
      case 'local':
        return this.locals.has(name)
          ? pick(
              this.once(`local.${name}`, () => this.evaluator.evaluate(this.locals.get(name))),
              path.slice(1),
            )
          : new UnknownValue(`local.${name}, which is not in the file`);
      case 'data':
        return this.attribute(`data.${name}.${rest[0] ?? ''}`, path.slice(2));
      case 'module':
        return new UnknownValue(`an output of module.${name}, which is not read`);
      case 'path':
      case 'terraform':
      case 'each':
      case 'count':
      case 'self':
        return new UnknownValue(`${root}.${name}, which the file alone does not say`);
      default:
        return this.attribute(`${root}.${name}`, path.slice(1));
    }
  }

  /** An attribute of a resource: as its body says it, or a reference to what Google fills in. */
  private attribute(address: string, path: Path): Value {
    const body = this.bodies.get(address);
    if (body === undefined) {
      return new UnknownValue(`a reference to ${address}, which is not in the file`);
    }
    const counted = typeof path[0] === 'number' && this.copies(body) === 1;
    const [name, ...rest] = counted ? path.slice(1) : path;
    if (typeof name !== 'string' || (body.has('count') && !counted) || body.has('for_each')) {
      return new UnknownValue(`a reference to ${address} that is no attribute of a single resource`);
    }
    const whole = this.once(`${address}.${name}`, () => this.argument(body, name));
    if (whole instanceof UnknownValue) {
      return whole;
    }
    const found = whole === undefined || whole === null ? whole : within(whole, rest);
    return found ?? attributeOf(address, [name, ...rest]);
  }

  private argument(body: ReadonlyMap<string, Json>, name: string): Value {
    const read = this.evaluator.evaluate(new Map([...body].filter(([key]) => key === name || key === 'dynamic')));
    return isMap(read) ? read.get(name) : read;
  }

  private raw(address: string, type: string, body: ReadonlyMap<string, Json>): RawResource | undefined {
    const copies = this.copies(body);
    const isRepeated =
      copies === undefined
        ? [
            {
              reason: `is made by ${body.has('count') ? 'count' : 'for_each'}, which is not read; it is read as if it were one; give the plan as JSON (terraform show -json)`,
              concerns: 'template' as const,
            },
          ]
        : [];
    return copies === 0
      ? undefined
      : {
          address,
          type,
          read: () => this.once(address, () => this.evaluator.evaluate(argumentsOf(body))),
          ...annotations(body),
          preventsDestroy: blocks(body.get('lifecycle')).some((lifecycle) => {
            const said = lifecycle.get('prevent_destroy');
            return said === true || said === 'true';
          }),
          doubts: isRepeated,
        };
  }

  /** How many of it there are; `undefined` for several, and where the file alone does not say. */
  private copies(body: ReadonlyMap<string, Json>): number | undefined {
    const each = body.has('for_each') ? this.evaluator.evaluate(body.get('for_each')) : undefined;
    if (body.has('for_each')) {
      return (isList(each) && each.length === 0) || (isMap(each) && each.size === 0) ? 0 : undefined;
    }
    const count = body.has('count') ? toLiteral(this.evaluator.evaluate(body.get('count'))) : '1';
    return count === '0' || count === '1' ? Number(count) : undefined;
  }

  /** Evaluated once; while it is, it is unknown, so that names that lead to each other in a circle end. */
  private once(name: string, evaluate: () => Value): Value {
    if (!this.values.has(name)) {
      this.values.set(name, new UnknownValue(`part of a circle through ${name}`));
      this.values.set(name, evaluate());
    }
    return this.values.get(name);
  }
}

function argumentsOf(body: ReadonlyMap<string, Json>): ReadonlyMap<string, Json> {
  return new Map([...body].filter(([name]) => !META.includes(name)));
}

/** A part of a block: a single one may stand without a list around it, and is its first item. */
function within(value: Value, path: Path): Value {
  const [first, ...rest] = path;
  if (first === undefined) {
    return value;
  }
  if (isMap(value) && first === 0) {
    return within(value, rest);
  }
  const next = isMap(value) ? value.get(String(first)) : isList(value) ? value[Number(first)] : undefined;
  return next === undefined || next === null ? undefined : within(next, rest);
}

/** Blocks by their labels; lists may stand at any level. */
function labelled(
  json: Json | undefined,
  labels: number,
): readonly (readonly [readonly string[], ReadonlyMap<string, Json>])[] {
  if (labels === 0) {
    return blocks(json).map((block) => [[], block]);
  }
  return blocks(json)
    .flatMap((block) => [...block])
    .filter(([label]) => label !== '//')
    .flatMap(([label, inner]) => labelled(inner, labels - 1).map(([more, body]) => [[label, ...more], body] as const));
}

function blocks(json: Json | undefined): readonly ReadonlyMap<string, Json>[] {
  const list: readonly (Json | undefined)[] = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return list.filter((item): item is ReadonlyMap<string, Json> => item instanceof Map);
}

/** Whether something is a configuration at all. */
export function isConfiguration(content: Json): content is ReadonlyMap<string, Json> {
  return ['resource', 'module', 'data', 'locals', 'variable', 'terraform', 'provider', 'output'].some(
    (section) => entry(content, section) !== undefined,
  );
}
