import type { Property } from './property';
import { TextValue, type Value } from './value';

/** A resource that a file deploys. */
export interface Resource {
  /** Logical id, or address. */
  readonly id: string;
  readonly type: string;
  readonly constructPath?: string;
  readonly properties: Property;
  /** What stands beside the properties (CloudFormation): `DeletionPolicy`, `UpdateReplacePolicy`, `UpdatePolicy`. */
  readonly attributes?: Property;
}

/** The logical id when a value is exactly one reference, by itself or by an attribute. */
export function referredId(value: Value): string | undefined {
  const [only, ...rest] = value instanceof TextValue ? value.parts : [];
  return typeof only === 'object' && rest.length === 0 ? only.logicalId : undefined;
}
