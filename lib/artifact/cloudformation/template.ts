import { acceptedRisks } from '../accepted-risks';
import { entry, type Json } from '../template-text';

const ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'] as const;

/** A resource as the template declares it, before its functions are evaluated. */
export interface RawResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  /** Name of the condition on which it exists. */
  readonly condition?: string;
  /** Risks that the resource names as accepted. */
  readonly accepted: readonly { readonly claim: string; readonly reason: string }[];
  /** What it says that was asked for. */
  readonly intent?: Json;
  /** `aws:cdk:path`, where the template carries metadata. */
  readonly constructPath?: string;
  /** What stands beside the properties: `DeletionPolicy`, `UpdateReplacePolicy`, `UpdatePolicy`. */
  readonly attributes: Json;
}

/** The sections of a template that the reader looks at. */
export interface Template {
  readonly resources: ReadonlyMap<string, RawResource>;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly mappings: ReadonlyMap<string, Json>;
  readonly conditions: ReadonlyMap<string, Json>;
  /** Entries of `Resources` that are no resource: `Fn::ForEach`, or nonsense. */
  readonly strange: readonly string[];
  /** Whether macros rewrite the template at deployment. */
  readonly transformed: boolean;
}

/** Sorts a parsed template into its sections. */
export function openTemplate(content: ReadonlyMap<string, Json>): Template {
  const resources = new Map<string, RawResource>();
  const strange: string[] = [];
  for (const [id, body] of section(content, 'Resources')) {
    const type = entry(body, 'Type');
    if (typeof type === 'string') {
      resources.set(id, rawResource(id, type, body));
    } else {
      strange.push(id);
    }
  }
  return {
    resources,
    parameters: section(content, 'Parameters'),
    mappings: section(content, 'Mappings'),
    conditions: section(content, 'Conditions'),
    strange,
    transformed: content.has('Transform') || [content, ...section(content, 'Resources').values()].some(isTransformed),
  };
}

/** A macro that is called where it stands, beside the other entries of a map. */
function isTransformed(body: Json): boolean {
  return entry(body, 'Fn::Transform') !== undefined;
}

function rawResource(id: string, type: string, body: Json): RawResource {
  const condition = entry(body, 'Condition');
  const path = entry(entry(body, 'Metadata'), 'aws:cdk:path');
  const intent = entry(entry(body, 'Metadata'), 'portcullis:intent');
  return {
    id,
    type,
    properties: entry(body, 'Properties') ?? new Map<string, Json>(),
    accepted: acceptedRisks(entry(entry(body, 'Metadata'), 'portcullis:accepted')),
    attributes: new Map(
      ATTRIBUTES.flatMap((name) => {
        const value = entry(body, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    ...(intent !== undefined && { intent }),
    ...(typeof condition === 'string' && { condition }),
    ...(typeof path === 'string' && { constructPath: path.replace(/\/Resource$/, '') }),
  };
}

function section(content: ReadonlyMap<string, Json>, name: string): ReadonlyMap<string, Json> {
  const found = content.get(name);
  return found instanceof Map ? (found as ReadonlyMap<string, Json>) : new Map<string, Json>();
}
