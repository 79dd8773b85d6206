import type { Reference, Text } from './text';

/**
 * A value of a template after its functions are evaluated: plain data, with references where only the cloud knows. `undefined` is what
 * `AWS::NoValue` leaves.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | TextValue
  | Base64Value
  | UnknownValue
  | readonly Value[]
  | ReadonlyMap<string, Value>;

/** Text with at least one reference in it. */
export class TextValue {
  public constructor(public readonly parts: Text) {}
}

/** What `Fn::Base64` wraps, not encoded: whoever asks for user data wants the text. */
export class Base64Value {
  public constructor(public readonly inner: Value) {}
}

/** A value that cannot be known from the file, and why. */
export class UnknownValue {
  public constructor(public readonly reason: string) {}
}

/** One of several values, by a key that only the cloud knows. */
export class AnyOfValue extends UnknownValue {
  public constructor(
    reason: string,
    public readonly values: readonly Value[],
  ) {
    super(reason);
  }
}

/** A value that is text all through, as text; `undefined` when it is none. */
export function toText(value: Value): Text | undefined {
  if (value instanceof TextValue) {
    return value.parts;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [String(value)]
    : undefined;
}

/** A value that is text without references; `undefined` when it is none. */
export function toLiteral(value: Value): string | undefined {
  return value instanceof TextValue ? undefined : toText(value)?.map(String).join('');
}

/** The value of a text: a plain string when it holds no reference. Adjacent literals become one, so that equal texts look equal. */
export function fromText(parts: Text): string | TextValue {
  const merged: (string | Reference)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      merged[merged.length - 1] = last + part;
    } else if (part !== '') {
      merged.push(part);
    }
  }
  const [only] = merged;
  if (merged.length === 0) {
    return '';
  }
  return merged.length === 1 && typeof only === 'string' ? only : new TextValue(merged);
}

/** A reference as a value. */
export function refer(logicalId: string, attribute?: string): TextValue {
  return new TextValue([attribute === undefined ? { logicalId } : { logicalId, attribute }]);
}

/** Whether a value is a list; narrows where `Array.isArray` does not see through `readonly`. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is a map. */
export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}
