import type { Container } from '../../artifact/artifact';
import { bootstrapSource, parseBootstrap } from '../../artifact/bootstrap';
import type { RestateDeployment } from '../../artifact/role';
import { RESTATE_PORTS } from '../../restate/listeners';
import type { LogLine } from './filter-pattern';

/** A door of the proxy, and the lines that it writes. */
export interface Door {
  readonly name: string;
  /** `handshake`: lines about connections that came to no request. */
  readonly kind: 'ingress' | 'admin' | 'handshake';
  /** A line of it, by the status of the answer. Absent: it writes none, or not as JSON. */
  readonly line?: (status: number) => LogLine;
  /** Whether lines may be left out by a filter. */
  readonly filtered: boolean;
  /** The members that hold when the API key of a request expires. */
  readonly keyExpiry: readonly string[];
}

const STATUS = '%RESPONSE_CODE%';
const KEY_EXPIRY = /^%DYNAMIC_METADATA\(envoy\.filters\.http\.jwt_authn:api_key:exp\)%$/;
const MANAGER = 'http_connection_manager.v3.HttpConnectionManager';

/** The doors of the proxy; `undefined` where its configuration is not known from the file. */
export function doorsOf({ envoy }: RestateDeployment): readonly Door[] | undefined {
  if (envoy === undefined) return undefined;
  if (!READ.has(envoy)) READ.set(envoy, readDoors(envoy));
  return READ.get(envoy);
}

/** Several claims ask for them, and a bootstrap is long. */
const READ = new WeakMap<Container, readonly Door[] | undefined>();

function readDoors(envoy: Container): readonly Door[] | undefined {
  const source = bootstrapSource(envoy);
  if (source.kind === 'unreadable') return undefined;
  const bootstrap = parseBootstrap(source.text.map((part) => (typeof part === 'string' ? part : 'x')).join(''));
  if (bootstrap === undefined) return undefined;
  const ofAdmin = adminClusters(bootstrap);
  return list(bootstrap, 'static_resources', 'listeners').flatMap((listener) => [
    ...handshakes(listener),
    ...list(listener, 'filter_chains')
      .flatMap((chain) => list(chain, 'filters'))
      .filter((filter) => String(at(filter, 'typed_config', '@type')).endsWith(MANAGER))
      .flatMap((filter) => doorOf(String(at(listener, 'name')), at(filter, 'typed_config'), ofAdmin)),
  ]);
}

/** A connection manager that routes to no cluster answers by itself: what it says is no one's call. */
function doorOf(name: string, manager: unknown, ofAdmin: ReadonlySet<string>): readonly Door[] {
  const clusters = [
    ...JSON.stringify(at(manager, 'route_config') ?? at(manager, 'rds') ?? {}).matchAll(/"cluster":"([^"]+)"/g),
  ].map(([, cluster = '']) => cluster);
  if (clusters.length === 0) return [];
  const kind = clusters.every((cluster) => ofAdmin.has(cluster)) ? 'admin' : 'ingress';
  return [{ name, kind, ...written(list(manager, 'access_log')) }];
}

function handshakes(listener: unknown): readonly Door[] {
  const logs = list(listener, 'access_log');
  if (logs.length === 0) return [];
  return [{ name: String(at(listener, 'name')), kind: 'handshake', ...written(logs), filtered: false }];
}

/** The one JSON log of a door. */
function written(logs: readonly unknown[]): Pick<Door, 'line' | 'filtered' | 'keyExpiry'> {
  const json = logs.filter((log) => typeof at(log, 'typed_config', 'log_format', 'json_format') === 'object');
  const filtered = logs.some((log) => at(log, 'filter') !== undefined);
  const [only] = json;
  const members = entries(at(only, 'typed_config', 'log_format', 'json_format'));
  if (only === undefined || !String(at(only, 'typed_config', '@type')).endsWith('StdoutAccessLog')) {
    return { filtered, keyExpiry: [] };
  }
  return {
    filtered,
    line: (status) =>
      Object.fromEntries(members.map(([name, format]) => [name, format === STATUS ? status : sample(format)])),
    keyExpiry: members.flatMap(([name, format]) => (KEY_EXPIRY.test(String(format)) ? [name] : [])),
  };
}

/** Literal members stand in every line; what a request decides is left open. */
function sample(format: unknown): string | null {
  return typeof format === 'string' && !format.includes('%') ? format : null;
}

/** Clusters whose every endpoint is the admin API. */
function adminClusters(bootstrap: unknown): ReadonlySet<string> {
  return new Set(
    list(bootstrap, 'static_resources', 'clusters')
      .filter((cluster) => {
        const endpoints = list(cluster, 'load_assignment', 'endpoints').flatMap((locality) =>
          list(locality, 'lb_endpoints'),
        );
        return endpoints.length > 0 && endpoints.every(isAdmin);
      })
      .map((cluster) => String(at(cluster, 'name'))),
  );
}

function isAdmin(endpoint: unknown): boolean {
  const address = at(endpoint, 'endpoint', 'address');
  const path = at(address, 'pipe', 'path');
  return (
    at(address, 'socket_address', 'port_value') === RESTATE_PORTS.admin ||
    (typeof path === 'string' && path.endsWith('/admin.sock'))
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
