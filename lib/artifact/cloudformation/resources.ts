import type { AcceptedRisk, ParameterDefault, Unreadable } from '../artifact';
import { Evaluator } from './evaluator';
import { Property } from './property';
import type { RawResource, Template } from './template';
import { TextValue, type Value } from './value';

/** A resource that the template deploys. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly constructPath?: string;
  readonly properties: Property;
}

/** The resources of one template, and what could not be read of those that were asked for. */
export class Resources {
  private readonly reported = new Map<string, Unreadable>();
  private readonly evaluator: Evaluator;
  private readonly evaluated = new Map<string, Value>();

  public constructor(private readonly template: Template) {
    this.evaluator = new Evaluator(template);
    for (const id of template.strange) {
      this.report(id, 'is no resource with a Type, so what it deploys is not known', 'template');
    }
    if (template.transformed) {
      this.report('Transform', 'macros rewrite this template at deployment; give the processed template', 'template');
    }
  }

  public get unreadable(): readonly Unreadable[] {
    return [...this.reported.values()];
  }

  public get accepted(): readonly AcceptedRisk[] {
    return [...this.template.resources.values()].flatMap(({ id, accepted }) =>
      accepted.map(({ claim, reason }) => ({ claim, subject: id, reason })),
    );
  }

  /** The parameters whose defaults something was read with so far. */
  public get defaults(): readonly ParameterDefault[] {
    return this.evaluator.defaults;
  }

  public report(subject: string, reason: string, concerns?: Unreadable['concerns']): void {
    this.reported.set(`${subject}\n${reason}`, { subject, reason, ...(concerns !== undefined && { concerns }) });
  }

  /** Whether something of a resource could not be read. */
  public isReported(subject: string): boolean {
    return this.unreadable.some((each) => each.subject === subject);
  }

  public ofType(...types: readonly string[]): readonly Resource[] {
    return [...this.template.resources.values()]
      .filter(({ type }) => types.includes(type))
      .flatMap((raw) => this.open(raw) ?? []);
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
    if (!this.evaluated.has(raw.id)) {
      this.evaluated.set(raw.id, this.evaluator.evaluate(raw.properties));
    }
    return {
      id: raw.id,
      type: raw.type,
      ...(raw.constructPath !== undefined && { constructPath: raw.constructPath }),
      properties: new Property('Properties', this.evaluated.get(raw.id), (reason) => this.report(raw.id, reason)),
    };
  }
}

/** The logical id when a value is exactly one reference, by `Ref` or by an attribute. */
export function referredId(value: Value): string | undefined {
  const [only, ...rest] = value instanceof TextValue ? value.parts : [];
  return typeof only === 'object' && rest.length === 0 ? only.logicalId : undefined;
}
