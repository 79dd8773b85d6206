/** A value that the cloud fills in at deployment: `{ Ref }` or `{ Fn::GetAtt }` of CloudFormation, `${type.name.attribute}` of Terraform. */
export interface Reference {
  /** Logical id of the resource or parameter, or a pseudo parameter such as `AWS::Region`. */
  readonly logicalId: string;
  /** The attribute asked for; absent for a plain `Ref`. */
  readonly attribute?: string;
}

/** The attribute of a reference to something of which nobody knows what it is: it may be what another text names, or not. */
export const UNKNOWN = 'unknown';

/** Text as the artifact gives it: literal pieces, and references where the cloud will put a value. */
export type Text = readonly (string | Reference)[];

/** The text when it holds no reference, else `undefined`. */
export function literal(text: Text): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

/** The text with each reference replaced by what `resolve` returns for it. */
export function resolve(text: Text, value: (reference: Reference) => string): string {
  return text.map((part) => (typeof part === 'string' ? part : value(part))).join('');
}

/** Whether two texts say the same, letter by letter. */
export function isEqual(one: Text, other: Text): boolean {
  return one.length === other.length && one.every((part, index) => isSamePart(part, other[index]));
}

function isSamePart(one: string | Reference, other: string | Reference | undefined): boolean {
  if (typeof one === 'string' || typeof other !== 'object') return one === other;
  return one.logicalId === other.logicalId && one.attribute === other.attribute;
}

/** The references of a text, in order. */
export function references(text: Text): readonly Reference[] {
  return text.filter((part): part is Reference => typeof part !== 'string');
}
