import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from './proxy-listener';

/** What the proxy's access log says about one request. */
export interface LoggedRequest {
  /** Absent where the request was refused before its path was known. */
  readonly path?: string;
  readonly status?: number;
  /** Envoy's RESPONSE_CODE_DETAILS. */
  readonly details?: string;
  /** Address and TCP port of the connection's other end, as far as they are logged. */
  readonly clientAddress?: string;
  readonly clientPort?: number;
}

/** Which request is meant: one whose path holds a text that no other path holds, or one of a connection. */
export type WantedRequest =
  { readonly marker: string } | { readonly clientAddress: string; readonly clientPort: number };

type Field = keyof LoggedRequest;

/** Envoy writes its log out every 10 s unless its arguments say otherwise. */
const LONGEST_FLUSH_MS = 11_500;
const POLL_MS = 60;

const OPERATORS: readonly (readonly [RegExp, Field])[] = [
  [/^PATH$|^REQ$/, 'path'],
  [/^RESPONSE_CODE$/, 'status'],
  [/^RESPONSE_CODE_DETAILS$/, 'details'],
  [/^DOWNSTREAM_(?:DIRECT_)?REMOTE_ADDRESS(?:_WITHOUT_PORT)?$/, 'clientAddress'],
  [/^DOWNSTREAM_(?:DIRECT_)?REMOTE_PORT$/, 'clientPort'],
];

/**
 * Reads the access log by the format that the bootstrap itself states, so that the names of its fields do not matter.
 * A bootstrap without a JSON access log gives none, and then nobody can be named.
 */
export function readProxyLog(bootstrap: unknown, log: string, wanted: WantedRequest): readonly LoggedRequest[] {
  const formats = jsonFormats(bootstrap).map((format) => ({ fields: fieldsOf(format), words: wordsOf(format) }));
  const needle = 'marker' in wanted ? wanted.marker : String(wanted.clientPort);
  return log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(needle))
    .flatMap((line) => formats.flatMap((format) => parsed(line, format)))
    .filter((entry) => matches(entry, wanted));
}

/** The first entry of the wanted request that is `accepted`, waiting for it to be written out. */
export async function awaitProxyLog(
  source: { readonly bootstrap: unknown; log(): string },
  wanted: WantedRequest,
  accepted: (entry: LoggedRequest) => boolean,
): Promise<LoggedRequest | undefined> {
  if (jsonFormats(source.bootstrap).length === 0) return undefined;
  const deadline = performance.now() + LONGEST_FLUSH_MS;
  while (performance.now() < deadline) {
    const entry = readProxyLog(source.bootstrap, source.log(), wanted).find(accepted);
    if (entry !== undefined) return entry;
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Whether the log tells connections from one another. */
export function logsClientPorts(bootstrap: unknown): boolean {
  return jsonFormats(bootstrap).some((format) =>
    Object.values(format).some((value) => /^%DOWNSTREAM_(?:DIRECT_)?REMOTE_(?:ADDRESS|PORT)%$/.test(String(value))),
  );
}

function jsonFormats(bootstrap: unknown): readonly Readonly<Record<string, unknown>>[] {
  return settings(settings(bootstrap, 'access_log'), 'json_format').filter(
    (format): format is Readonly<Record<string, unknown>> => typeof format === 'object' && format !== null,
  );
}

/** Which field of the log holds what: `{ p: '%PATH(NQ)%' }` gives `p` to `path`. */
function fieldsOf(format: Readonly<Record<string, unknown>>): ReadonlyMap<string, Field> {
  const named = Object.entries(format).flatMap(([name, value]) => {
    const operator = typeof value === 'string' ? /^%([A-Z_]+)(?:\(([^)]*)\))?(?::\d+)?%$/.exec(value) : null;
    if (operator?.[1] === undefined) return [];
    if (operator[1] === 'REQ' && !/:PATH$/i.test(operator[2] ?? '')) return [];
    const field = OPERATORS.find(([pattern]) => pattern.test(operator[1] ?? ''))?.[1];
    return field === undefined ? [] : [[name, field] as const];
  });
  return new Map(named);
}

/** What every line of a format says, by which it is told from lines of other formats: `{ log: 'ingress' }`. */
function wordsOf(format: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(format).flatMap(([name, value]) =>
    typeof value === 'string' && !value.includes('%') ? [[name, value] as const] : [],
  );
}

interface LogFormat {
  readonly fields: ReadonlyMap<string, Field>;
  readonly words: ReturnType<typeof wordsOf>;
}

function parsed(line: string, { fields, words }: LogFormat): readonly LoggedRequest[] {
  let entry: Readonly<Record<string, string | number | null>>;
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch {
    return [];
  }
  if (words.some(([name, word]) => entry[name] !== word)) return [];
  const values = [...fields].flatMap(([name, field]) => {
    const value = entry[name] ?? null;
    return value === null ? [] : Object.entries(valueOf(field, value));
  });
  return [Object.fromEntries(values)];
}

function valueOf(field: Field, value: string | number): LoggedRequest {
  if (field === 'clientAddress') return client(String(value));
  if (field === 'path') return { path: String(value).split('?')[0] ?? '' };
  return field === 'details' ? { details: String(value) } : { [field]: Number(value) };
}

/** `10.0.0.1:443`, `[::1]:443`, or an address alone. */
function client(text: string): Pick<LoggedRequest, 'clientAddress' | 'clientPort'> {
  const [, address, port] =
    /^\[?(.*?)\]?(?::(\d+))?$/.exec(text.includes('.') || text.startsWith('[') ? text : `[${text}]`) ?? [];
  return { clientAddress: address ?? text, ...(port === undefined ? {} : { clientPort: Number(port) }) };
}

function matches(entry: LoggedRequest, wanted: WantedRequest): boolean {
  if ('marker' in wanted) return entry.path?.includes(wanted.marker) === true;
  const sameAddress = entry.clientAddress === undefined || entry.clientAddress === wanted.clientAddress;
  return entry.clientPort === wanted.clientPort && sameAddress;
}
