import type { AcceptedRisk, ParameterDefault } from '../artifact';
import { readIntent, type StatedIntent } from '../intent';
import { Property } from '../property';
import { Reports } from '../reports';
import { referredId, type Resource } from '../resource';
import { Evaluator } from './evaluator';
import type { RawResource, Template } from './template';

/** The resources of one template, and what could not be read of those that were asked for. */
export class Resources extends Reports {
  private readonly evaluator: Evaluator;
  private readonly evaluated = new Map<string, Pick<Resource, 'properties' | 'attributes'>>();

  public constructor(private readonly template: Template) {
    super();
    this.evaluator = new Evaluator(template);
    for (const id of template.strange) {
      this.report(id, 'is no resource with a Type, so what it deploys is not known', 'template');
    }
    if (template.transformed) {
      this.report('Transform', 'macros rewrite this template at deployment; give the processed template', 'template');
    }
  }

  public get accepted(): readonly AcceptedRisk[] {
    return [...this.template.resources.values()].flatMap(({ id, accepted }) =>
      accepted.map(({ claim, reason }) => ({ claim, subject: id, reason })),
    );
  }

  public get intents(): readonly StatedIntent[] {
    return this.declared.flatMap(({ id, intent }) => (intent === undefined ? [] : [readIntent(id, intent)]));
  }

  /** The parameters whose defaults something was read with so far. */
  public get defaults(): readonly ParameterDefault[] {
    return this.evaluator.defaults;
  }

  /** What the template declares and no condition takes away, before anything of it is evaluated. */
  public get declared(): readonly RawResource[] {
    return [...this.template.resources.values()].filter(
      ({ condition }) => condition === undefined || this.evaluator.holds(condition) !== false,
    );
  }

  public ofType(...types: readonly string[]): readonly Resource[] {
    return [...this.template.resources.values()]
      .filter(({ type }) => types.includes(type))
      .flatMap((raw) => this.open(raw) ?? []);
  }

  /** Every resource, evaluated. */
  public get opened(): readonly Resource[] {
    return [...this.template.resources.values()].flatMap((raw) => this.open(raw) ?? []);
  }

  /** The type of a resource of this file. */
  public typeOf(id: string): string | undefined {
    return this.template.resources.get(id)?.type;
  }

  /** The resource that a property refers to, if it is one of these types in this file. */
  public referredBy(property: Property, ...types: readonly string[]): Resource | undefined {
    const raw = this.template.resources.get(referredId(property.value) ?? '');
    return raw !== undefined && types.includes(raw.type) ? this.open(raw) : undefined;
  }

  private open(raw: RawResource): Resource | undefined {
    const exists = raw.condition === undefined || this.evaluator.holds(raw.condition);
    if (exists === false) {
      return undefined;
    }
    if (exists === undefined) {
      this.report(
        raw.id,
        `exists on condition ${raw.condition ?? ''}, which the parameters' defaults do not decide; it is read as if it did`,
      );
    }
    const evaluated = this.evaluated.get(raw.id) ?? this.evaluate(raw);
    this.evaluated.set(raw.id, evaluated);
    return {
      id: raw.id,
      type: raw.type,
      ...(raw.constructPath !== undefined && { constructPath: raw.constructPath }),
      ...evaluated,
    };
  }

  private evaluate({ id, properties, attributes }: RawResource): Pick<Resource, 'properties' | 'attributes'> {
    const report = (reason: string): void => this.report(id, reason);
    return {
      properties: new Property('Properties', this.evaluator.evaluate(properties), report),
      attributes: new Property('', this.evaluator.evaluate(attributes), report),
    };
  }
}
