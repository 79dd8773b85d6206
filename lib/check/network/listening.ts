import type { Container } from '../../artifact/artifact';
import { type Bootstrap, bootstrapSource, parseBootstrap } from '../../artifact/bootstrap';
import { clustersOf } from '../../artifact/bootstrap-facts';
import type { Forwarder } from '../../artifact/forwarder';
import type { RestateDeployment } from '../../artifact/role';
import { resolve } from '../../artifact/text';
import { type BoundListener, boundListeners } from '../server/bound-listeners';
import { AddressSet } from './address-set';

/** What a port gives to whoever reaches it: a listener of the server, raw or by the proxy, or the proxy's own words. */
export type Worth = BoundListener['listener'] | 'proxy';

/** A port on which something of a deployment listens. */
export interface Listening {
  readonly port: number;
  /** What it binds: one address, or every one of a family. */
  readonly address: string;
  /** Whether something else than the host itself could connect. */
  readonly exposed: boolean;
  /** What listens: the server itself, or the proxy. */
  readonly by: 'server' | 'proxy';
  /** What is behind it. */
  readonly worth: readonly Worth[];
  /** For evidence. */
  readonly name: string;
}

/** Where a deployment listens, and why it may listen elsewhere, too. */
export interface ListeningPorts {
  readonly ports: readonly Listening[];
  readonly doubts: readonly string[];
}

const LOOPBACK = AddressSet.of('127.0.0.0/8', '::1/128');
/** Stands for what the cloud fills in: no port and no name of a cluster. */
const FILLED_IN = 'filled-in-by-the-cloud';

/** The ports of the server and of the proxy beside it, as their configuration says. */
export function listeningPorts({ host, restate, envoy }: RestateDeployment): ListeningPorts {
  const { listeners, doubt } = boundListeners(restate);
  const server = listeners.flatMap((listener) => ofServer(listener));
  const unknown = listeners
    .filter(({ tcp }) => tcp === 'unknown')
    .map((each) => `where the ${each.listener} listens is not known (${each.said})`);
  const proxy = envoy === undefined ? { ports: [], doubts: [] } : ofProxy(envoy, server);
  const beside = [...server, ...proxy.ports];
  return {
    ports: [...beside, ...(host.forwarders ?? []).map((each) => ofForwarder(each, beside))],
    doubts: [...(doubt === undefined ? [] : [doubt]), ...unknown, ...proxy.doubts],
  };
}

/** Whether an address is only the host's own. */
export function isLoopback(address: string): boolean {
  const parsed = AddressSet.parse(address);
  return parsed !== undefined && LOOPBACK.covers(parsed);
}

function ofServer({ listener, tcp, said }: BoundListener): readonly Listening[] {
  if (tcp === undefined || tcp === 'unknown') {
    return [];
  }
  const name = `Restate's ${listener} on ${tcp.address} port ${tcp.port} (${said})`;
  return [{ ...tcp, exposed: !isLoopback(tcp.address), by: 'server', worth: [listener], name }];
}

/** Whatever it leads to that is none of the host's ports gives what nobody knows: its own words, then. */
function ofForwarder({ by, address, port, leadsTo }: Forwarder, beside: readonly Listening[]): Listening {
  const worth = [...new Set(beside.filter((each) => leadsTo.includes(each.port)).flatMap((each) => each.worth))];
  return {
    address,
    port,
    exposed: !isLoopback(address),
    by: 'proxy',
    worth: worth.length === 0 ? ['proxy'] : worth,
    name: `${by} on ${address} port ${port}, which leads to port ${leadsTo.join(', ')}`,
  };
}

function ofProxy(envoy: Container, server: readonly Listening[]): ListeningPorts {
  const source = bootstrapSource(envoy);
  const bootstrap = source.kind === 'argument' ? parseBootstrap(resolve(source.text, () => FILLED_IN)) : undefined;
  if (bootstrap === undefined) {
    return { ports: [], doubts: [`where ${envoy.name} listens is not known`] };
  }
  const behind = worthOfClusters(bootstrap, server);
  const listeners = list(bootstrap, 'static_resources', 'listeners');
  const ports = listeners.flatMap((listener) =>
    [listener, ...list(listener, 'additional_addresses')].flatMap((place) => portOf(place, listener, behind)),
  );
  const dynamic = at(bootstrap, 'dynamic_resources') !== undefined;
  const admin = at(bootstrap, 'admin', 'address', 'socket_address');
  const unread = listeners.length > new Set(ports.map(({ name }) => name)).size;
  return {
    ports: [
      ...ports,
      ...(admin === undefined
        ? []
        : portOf({ address: { socket_address: admin } }, { name: 'admin interface of Envoy' }, behind)),
    ],
    doubts: [
      ...(dynamic ? [`${envoy.name} takes listeners from elsewhere (dynamic_resources)`] : []),
      ...(unread ? [`an address on which ${envoy.name} listens is not understood`] : []),
    ],
  };
}

function portOf(place: unknown, listener: unknown, behind: ReadonlyMap<string, Worth>): readonly Listening[] {
  const socket = at(place, 'address', 'socket_address');
  const [address, port] = [at(socket, 'address'), at(socket, 'port_value')];
  if (typeof address !== 'string' || typeof port !== 'number') {
    return [];
  }
  const worth = [...new Set(clusterNames(listener).flatMap((name) => behind.get(name) ?? []))];
  const called = at(listener, 'name');
  const name = `Envoy's listener ${typeof called === 'string' ? called : 'without a name'} on ${address} port ${port}`;
  return [
    { address, port, exposed: !isLoopback(address), by: 'proxy', worth: worth.length === 0 ? ['proxy'] : worth, name },
  ];
}

/** By name the clusters that lead to the server. A unix socket is the admin's, or told by its name. */
function worthOfClusters(bootstrap: Bootstrap, server: readonly Listening[]): ReadonlyMap<string, Worth> {
  const found = new Map<string, Worth>();
  for (const { name, endpoints } of clustersOf(bootstrap)) {
    const [worth] = endpoints.flatMap(({ port }) => server.find((each) => each.port === port)?.worth ?? []);
    if (worth !== undefined) found.set(name, worth);
  }
  for (const cluster of list(bootstrap, 'static_resources', 'clusters')) {
    const pipe = /"pipe":\{"path":"[^"]*\/(ingress|admin|fabric)\.sock"/.exec(JSON.stringify(cluster))?.[1];
    if (pipe !== undefined) found.set(String(at(cluster, 'name')), pipe as Worth);
  }
  return found;
}

/** Every cluster that a listener names anywhere: by routes, weighted ones, TCP proxies, mirrors. */
function clusterNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(clusterNames);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'cluster' && typeof inner === 'string' ? [inner] : []),
    ...(key === 'clusters' ? list(inner).map((weighted) => String(at(weighted, 'name'))) : []),
    ...clusterNames(inner),
  ]);
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
