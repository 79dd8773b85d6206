import type { Json } from './template-text';
import type { Text } from './text';

/** What a resource says that was asked for; `malformed`: why that cannot be read. */
export type StatedIntent = { readonly subject: string } & (
  { readonly intent: Intent; readonly malformed?: never } | { readonly malformed: string; readonly intent?: never }
);

/** What was asked for, as whoever made the file wrote it down: `portcullis:intent` of a resource's metadata or comment. */
export interface Intent {
  readonly ingress: IntendedDoor & {
    /** Absent: every verified caller reaches every public handler. */
    readonly callers?: readonly IntendedCaller[];
    readonly forwardHeaders: readonly string[];
    readonly forwardQuery: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly limits: Readonly<Record<string, number>>;
  };
  /** Absent: nobody reaches the admin API. */
  readonly admin?: IntendedDoor & { readonly roles: Readonly<Record<string, readonly string[]>> };
}

/** Who comes to a door, and what they show there. */
export interface IntendedDoor {
  readonly hostnames: readonly string[];
  readonly auth: readonly IntendedAuth[];
  readonly peers: 'internet' | readonly IntendedPeer[];
}

/** One way of showing who one is. */
export interface IntendedAuth {
  readonly method: 'jwt' | 'apiKeys' | 'mutualTls';
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  readonly maxLifetimeSeconds?: number;
  readonly clockSkewSeconds?: number;
  readonly jwksUri?: string;
  /** Public keys, by the names of their members. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[];
  /** Ids of API keys that are refused. */
  readonly revoked?: readonly string[];
  /** PEM of authorities. */
  readonly ca?: string;
  /** Names of certificates. */
  readonly names?: readonly string[];
  readonly crl?: string;
}

/** Handlers of services, and of objects and workflows, whose paths hold a key. */
export interface IntendedCaller {
  readonly scope?: string;
  readonly certificate?: string;
  readonly handlers: readonly {
    readonly service?: string;
    readonly object?: string;
    readonly workflow?: string;
    readonly handlers: readonly string[];
  }[];
}

/** A peer, under the cloud's own word for what it is. */
export interface IntendedPeer {
  readonly cidr?: string;
  readonly securityGroup?: string;
  readonly prefixList?: string;
  readonly serviceAccount?: string;
  readonly networkTag?: string;
  readonly iapTunnel?: readonly string[];
}

/** More entries of one list, and longer texts, than anybody writes. */
const MOST_ITEMS = 5_000;
const LONGEST_TEXT = 200_000;
const VERSION = 1;

class Malformed extends Error {}

/** Reads what a resource says that was asked for. What is not understood of it leaves the whole unknown, never a part. */
export function readIntent(subject: string, value: Json): StatedIntent {
  try {
    const { version, ingress, admin } = entries(value, 'intent', ['version', 'ingress', 'admin']);
    if (version !== VERSION) throw new Malformed(`intent.version is not ${VERSION}, which alone is known`);
    const made = readIngress(ingress, 'ingress');
    return { subject, intent: admin === undefined ? { ingress: made } : { ingress: made, admin: readAdmin(admin) } };
  } catch (error) {
    if (error instanceof Malformed) return { subject, malformed: error.message };
    throw error;
  }
}

/** A name as other resources of the file write it: what Terraform writes as a reference is one. */
export function nameAsText(name: string): Text {
  const [, logicalId, attribute] = /^\$\{([\w.-]+)\.(\w+)\}$/.exec(name) ?? [];
  return logicalId === undefined || attribute === undefined ? [name] : [{ logicalId, attribute }];
}

const DOOR = ['hostnames', 'auth', 'peers'];
const INGRESS = [...DOOR, 'callers', 'forwardHeaders', 'forwardQuery', 'corsOrigins', 'limits'];

function readIngress(value: Json | undefined, path: string): Intent['ingress'] {
  const found = entries(value, path, INGRESS);
  const { callers, limits } = found;
  return {
    ...readDoor(found, path),
    ...(callers !== undefined && { callers: list(callers, `${path}.callers`, readCaller) }),
    forwardHeaders: texts(found['forwardHeaders'], `${path}.forwardHeaders`),
    forwardQuery: texts(found['forwardQuery'], `${path}.forwardQuery`),
    corsOrigins: texts(found['corsOrigins'], `${path}.corsOrigins`),
    limits: record(limits, `${path}.limits`, number),
  };
}

function readAdmin(value: Json): NonNullable<Intent['admin']> {
  const found = entries(value, 'admin', [...DOOR, 'roles']);
  return { ...readDoor(found, 'admin'), roles: record(found['roles'], 'admin.roles', texts) };
}

function readDoor({ hostnames, auth, peers }: Entries, path: string): IntendedDoor {
  return {
    hostnames: texts(hostnames, `${path}.hostnames`),
    auth: list(auth, `${path}.auth`, readAuth),
    peers: peers === 'internet' ? peers : list(peers, `${path}.peers`, readPeer),
  };
}

const OF_AUTH = {
  issuer: text,
  audiences: texts,
  maxLifetimeSeconds: number,
  clockSkewSeconds: number,
  jwksUri: text,
  keys: (value: Json | undefined, path: string) => list(value, path, (key, at) => record(key, at, plain)),
  revoked: texts,
  ca: text,
  names: texts,
  crl: text,
} as const;
const METHODS: readonly unknown[] = ['jwt', 'apiKeys', 'mutualTls'];

function readAuth(value: Json | undefined, path: string): IntendedAuth {
  const { method, ...found } = entries(value, path, ['method', ...Object.keys(OF_AUTH)]);
  if (!METHODS.includes(method)) throw new Malformed(`${path}.method is none that is known`);
  return { method: method as IntendedAuth['method'], ...parts(found, path, OF_AUTH) };
}

const OF_HANDLERS = { service: text, object: text, workflow: text } as const;

function readCaller(value: Json | undefined, path: string): IntendedCaller {
  const { handlers, ...who } = entries(value, path, ['scope', 'certificate', 'handlers']);
  return {
    ...parts(who, path, { scope: text, certificate: text }),
    handlers: list(handlers, `${path}.handlers`, (grant, at) => {
      const { handlers: named, ...of } = entries(grant, at, ['handlers', ...Object.keys(OF_HANDLERS)]);
      return { ...parts(of, at, OF_HANDLERS), handlers: texts(named, `${at}.handlers`) };
    }),
  };
}

const OF_PEER = {
  cidr: text,
  securityGroup: text,
  prefixList: text,
  serviceAccount: text,
  networkTag: text,
  iapTunnel: texts,
} as const;

function readPeer(value: Json | undefined, path: string): IntendedPeer {
  return parts(entries(value, path, Object.keys(OF_PEER)), path, OF_PEER);
}

type Entries = Readonly<Record<string, Json | undefined>>;
type Reader<T> = (value: Json | undefined, path: string) => T;

/** A map that has no other entries than these. */
function entries(value: Json | undefined, path: string, known: readonly string[]): Entries {
  if (!(value instanceof Map)) throw new Malformed(`${path} is no map`);
  const found = [...(value as ReadonlyMap<string, Json>)];
  const other = found.find(([name]) => !known.includes(name));
  if (other !== undefined) throw new Malformed(`${path}.${other[0].slice(0, 60)} is not known`);
  return Object.fromEntries(found);
}

/** Those entries that are there, each read. */
function parts<Readers extends Readonly<Record<string, Reader<unknown>>>>(
  found: Entries,
  path: string,
  readers: Readers,
): { readonly [Name in keyof Readers]?: ReturnType<Readers[Name]> } {
  return Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) =>
      found[name] === undefined ? [] : [[name, read(found[name], `${path}.${name}`)]],
    ),
  ) as { readonly [Name in keyof Readers]?: ReturnType<Readers[Name]> };
}

function record<T>(value: Json | undefined, path: string, read: Reader<T>): Readonly<Record<string, T>> {
  if (!(value instanceof Map) || value.size > MOST_ITEMS) throw new Malformed(`${path} is no map`);
  return Object.fromEntries(
    [...(value as ReadonlyMap<string, Json>)].map(([name, each]) => [name, read(each, `${path}.${name}`)]),
  );
}

function list<T>(value: Json | undefined, path: string, read: Reader<T>): readonly T[] {
  if (!Array.isArray(value) || value.length > MOST_ITEMS) throw new Malformed(`${path} is no list`);
  return (value as readonly Json[]).map((each, index) => read(each, `${path}[${index}]`));
}

function texts(value: Json | undefined, path: string): readonly string[] {
  return list(value, path, text);
}

/** A member of a key: text, or a list of texts, or something as small. */
function plain(value: Json | undefined, path: string): unknown {
  return Array.isArray(value) ? texts(value, path) : typeof value === 'object' ? text(value, path) : value;
}

function text(value: Json | undefined, path: string): string {
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) throw new Malformed(`${path} is no text`);
  return value;
}

/** A number, or one as a text, as some write it. */
function number(value: Json | undefined, path: string): number {
  const found = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof found !== 'number' || !Number.isFinite(found)) throw new Malformed(`${path} is no number`);
  return found;
}
