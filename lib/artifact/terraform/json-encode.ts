import type { Reference, Text } from '../text';
import { fromText, isList, isMap, TextValue, UnknownValue, type Value } from '../value';

/** What Go's encoder writes otherwise than JavaScript's. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** Attributes that are text for every resource, so that their value stands in quotes whatever it will be. */
const TEXTS =
  /^(?:id|name|email|member|self_link|secret_id|uri|url|address|ip_address|network_ip|unique_id|account_id)$/;

/** JSON as Terraform writes it: keys sorted, `<`, `>` and `&` escaped, no blanks. */
export function jsonEncode(value: Value): Value {
  const text = encode(value);
  return text instanceof UnknownValue ? text : fromText(text);
}

function encode(value: Value): Text | UnknownValue {
  if (value instanceof UnknownValue) {
    return value;
  }
  if (value instanceof TextValue) {
    return encodeText(value.parts);
  }
  if (isList(value)) {
    return between('[', value.map(encode), ']');
  }
  if (isMap(value)) {
    const keys = [...value.keys()].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    return between(
      '{',
      keys.map((key) => prefixed(`${quote(key)}:`, encode(value.get(key)))),
      '}',
    );
  }
  if (typeof value === 'string') {
    return [quote(value)];
  }
  return value === null || typeof value === 'boolean' || typeof value === 'number'
    ? [String(value)]
    : new UnknownValue('jsonencode() of something that the file alone does not say');
}

/** A reference alone may be a number, which would stand without quotes. */
function encodeText(parts: Text): Text | UnknownValue {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object' && !TEXTS.test(only.attribute ?? '')) {
    return new UnknownValue('jsonencode() of a value whose type only the cloud knows');
  }
  const inner = parts.map((part): string | Reference => (typeof part === 'string' ? quote(part).slice(1, -1) : part));
  return ['"', ...inner, '"'];
}

function between(start: string, items: readonly (Text | UnknownValue)[], end: string): Text | UnknownValue {
  const unknown = items.find((item) => item instanceof UnknownValue);
  return (
    unknown ?? [
      start,
      ...(items as readonly Text[]).flatMap((item, index) => (index === 0 ? item : [',', ...item])),
      end,
    ]
  );
}

function prefixed(prefix: string, text: Text | UnknownValue): Text | UnknownValue {
  return text instanceof UnknownValue ? text : [prefix, ...text];
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    ESCAPED,
    (sign) => `\\u${sign.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}`,
  );
}
