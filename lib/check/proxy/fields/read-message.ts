import { messageOfType } from './extension-types';
import { Json, Message, type Value } from './message';
import type { FieldKind } from './message-fields';
import { MESSAGES } from './messages';
import { REQUIRED } from './required-fields';

/** Something that stands in the configuration and is not understood. */
export interface Doubt {
  /** Where: `static_resources.listeners[0].filter_chains[0]`. */
  readonly path: string;
  readonly reason: string;
}

/** Stands in a text for a value that only the cloud knows. No configuration holds it. */
export const REFERENCE = '\uE000';

/** Of the alternatives of a message one is set. Envoy refuses two, and so no meaning is given to them. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  RouteMatch: ['prefix', 'path', 'path_separated_prefix', 'safe_regex'],
  Route: ['route', 'redirect', 'direct_response'],
  RouteAction: ['cluster', 'weighted_clusters'],
  JwtRequirement: [
    'provider_name',
    'provider_and_audiences',
    'requires_any',
    'requires_all',
    'allow_missing',
    'allow_missing_or_failed',
  ],
  RequirementRule: ['requires', 'requirement_name'],
  JwtProvider: ['remote_jwks', 'local_jwks'],
  Permission: ['any', 'and_rules', 'or_rules', 'not_rule', 'header', 'url_path', 'metadata', 'sourced_metadata'],
  Principal: [
    'any',
    'and_ids',
    'or_ids',
    'not_id',
    'authenticated',
    'header',
    'url_path',
    'metadata',
    'sourced_metadata',
    'source_ip',
    'remote_ip',
    'direct_remote_ip',
  ],
  HeaderMatcher: [
    'string_match',
    'exact_match',
    'prefix_match',
    'suffix_match',
    'contains_match',
    'safe_regex_match',
    'present_match',
  ],
  StringMatcher: ['exact', 'prefix', 'suffix', 'contains', 'safe_regex'],
  ValueMatcher: ['string_match', 'present_match', 'list_match', 'or_match'],
  HeaderChange: ['remove', 'remove_on_match', 'append'],
  Address: ['socket_address', 'pipe'],
  DataSource: ['filename', 'inline_string', 'inline_bytes', 'environment_variable'],
  CommonTlsContext: ['validation_context', 'combined_validation_context', 'validation_context_sds_secret_config'],
  ExplicitHttp: ['http_protocol_options', 'http2_protocol_options'],
  LogFormat: ['text_format', 'text_format_source', 'json_format'],
};

/** Reads plain data as a message. Everything that is not in the tables, or of another kind than they say, is a doubt. */
export function readMessage(
  type: string,
  data: unknown,
): { readonly message: Message; readonly doubts: readonly Doubt[] } {
  const reader = new Reader();
  return { message: reader.message(type, data, ''), doubts: reader.doubts };
}

class Reader {
  public readonly doubts: Doubt[] = [];

  public message(type: string, data: unknown, path: string): Message {
    const known = MESSAGES[type]!;
    const fields = new Map<string, Value>();
    if (!isObject(data)) {
      this.doubt(path, `is no ${type}`);
      return new Message(type, path, fields);
    }
    for (const [key, value] of Object.entries(data)) {
      const name = Object.hasOwn(known, key) ? key : underscored(key);
      if (key === '@type' || value === null) continue;
      const at = path === '' ? name : `${path}.${name}`;
      if (!Object.hasOwn(known, name)) this.doubt(at, 'is no field that is understood');
      else if (fields.has(name)) this.doubt(at, 'is set twice');
      else this.set(fields, name, this.value(known[name]!, value, at));
    }
    const set = (ALTERNATIVES[type] ?? []).filter((name) => fields.has(name));
    if (set.length > 1) this.doubt(path, `sets ${set.join(' and ')}, which exclude each other`);
    const isKnown = Object.keys(data).every(
      (key) => key === '@type' || Object.hasOwn(known, key) || Object.hasOwn(known, underscored(key)),
    );
    const lacking = isKnown
      ? (REQUIRED[type] ?? []).filter((names) => !names.some((name) => isStated(fields.get(name))))
      : [];
    for (const names of lacking)
      this.doubt(path, `lacks ${names.join(' or ')}, without which the proxy does not start`);
    return new Message(type, path, fields);
  }

  private set(fields: Map<string, Value>, name: string, value: Value | undefined): void {
    if (value !== undefined) fields.set(name, value);
  }

  private value(kind: FieldKind, value: unknown, path: string): Value | undefined {
    if (kind.startsWith('[')) return this.list(kind.slice(1, -1), value, path);
    if (kind.startsWith('{')) return this.map(kind.slice(1, -1), value, path);
    if (kind === 'json') return new Json(value);
    if (kind === 'any') return this.extension(value, path);
    if (Object.hasOwn(MESSAGES, kind)) return this.message(kind, value, path);
    const read = scalar(kind, value);
    if (read === undefined) this.doubt(path, `is ${brief(value)}, which is not understood`);
    return read;
  }

  private list(kind: FieldKind, value: unknown, path: string): Value | undefined {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => this.value(kind, item, `${path}[${index}]`) ?? []);
    }
    this.doubt(path, 'is no list');
    return undefined;
  }

  private map(kind: FieldKind, value: unknown, path: string): Value | undefined {
    if (!isObject(value)) {
      this.doubt(path, 'is no map');
      return undefined;
    }
    const read = Object.entries(value).map(([key, item]) => [key, this.value(kind, item, `${path}.${key}`)] as const);
    return new Map(read.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
  }

  private extension(value: unknown, path: string): Value {
    const type = isObject(value) ? value['@type'] : undefined;
    const known = typeof type === 'string' ? messageOfType(type) : undefined;
    if (known !== undefined) return this.message(known, value, path);
    this.doubt(path, `is of type ${brief(type)}, which is not understood`);
    return new Message('?', path, new Map());
  }

  private doubt(path: string, reason: string): void {
    this.doubts.push({ path, reason });
  }
}

function scalar(kind: FieldKind, value: unknown): Value | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'true':
      return value === true ? true : undefined;
    case 'number':
      return numberOf(value);
    case 'duration': {
      const seconds = typeof value === 'string' ? /^(\d+(?:\.\d{1,9})?)s$/.exec(value)?.[1] : undefined;
      return seconds === undefined ? undefined : Number(seconds);
    }
    default:
      return typeof value === 'string' && kind.split('|').includes(value) ? value : undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A text or list that is empty is as good as none. */
function isStated(value: Value | undefined): boolean {
  if (value instanceof Map) return value.size > 0;
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Protobuf takes `maxLifetime` for `max_lifetime`. */
function underscored(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
