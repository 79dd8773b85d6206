import type { Host } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { listenersOf } from '../../artifact/bootstrap-facts';
import { literal } from '../../artifact/text';
import { RESTATE_PORTS } from '../../restate/listeners';
import { settings } from '../attacks/proxy-listener';
import { statedBootstrap } from '../stated-bootstrap';

/**
 * The port of the proxy's listener that leads to the server's admin API, found by where its requests go and not by its name. A listener
 * that leads elsewhere, too, is one of callers, at whose door the admin API is asked for.
 *
 * @returns `undefined` where there is none
 */
export function operatorsPort(
  host: Host,
  bootstrap: Bootstrap | undefined = statedBootstrap(host),
): number | undefined {
  const found = routesOf(host, bootstrap).find(({ admin, others }) => admin && !others);
  return found?.port;
}

/** Whether any listener of the proxy leads to the server's admin API. */
export function leadsToAdmin(host: Host, bootstrap: Bootstrap | undefined = statedBootstrap(host)): boolean {
  return routesOf(host, bootstrap).some(({ admin }) => admin);
}

/** Where a listener of the proxy leads. */
interface Routes {
  readonly port: number | undefined;
  readonly admin: boolean;
  readonly others: boolean;
}

function routesOf(host: Host, bootstrap: Bootstrap | undefined): readonly Routes[] {
  if (bootstrap === undefined) return [];
  const clusters = adminClusters(bootstrap, adminPorts(host));
  const { listeners = [] } = (bootstrap['static_resources'] ?? {}) as { readonly listeners?: readonly unknown[] };
  const ports = listenersOf(bootstrap).map(({ port }) => port);
  return listeners.map((listener, index) => {
    const names = settings(listener, 'cluster').filter((name) => typeof name === 'string');
    const routed = names.filter((name) => !isKeySet(listener, name));
    return {
      port: ports[index],
      admin: routed.some((name) => clusters.includes(name)),
      others: routed.some((name) => !clusters.includes(name)),
    };
  });
}

/** A cluster that keys are fetched from is no route. */
function isKeySet(listener: unknown, name: string): boolean {
  return settings(listener, 'http_uri').some((uri) => (uri as { readonly cluster?: string }).cluster === name);
}

function adminClusters(bootstrap: Bootstrap, ports: readonly number[]): readonly string[] {
  const { clusters = [] } = (bootstrap['static_resources'] ?? {}) as { readonly clusters?: readonly SomeCluster[] };
  return clusters
    .filter((cluster) => isAdmin(cluster, ports))
    .flatMap(({ name }) => (name === undefined ? [] : [name]));
}

interface SomeCluster {
  readonly name?: string;
}

/** By the port or by the socket's file, as the server names it. */
function isAdmin(cluster: SomeCluster, ports: readonly number[]): boolean {
  const bySocket = settings(cluster, 'pipe').some((pipe) =>
    String((pipe as { readonly path?: string }).path).endsWith('admin.sock'),
  );
  return bySocket || settings(cluster, 'port_value').some((port) => ports.includes(Number(port)));
}

/** As the server is told, or its default. */
function adminPorts({ containers }: Host): readonly number[] {
  const stated = containers.flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, value]) => {
      if (!/^RESTATE_ADMIN__BIND_(?:ADDRESS|PORT)$/.test(name)) return [];
      const port = /(\d+)\/?$/.exec(literal(value) ?? '')?.[1];
      return port === undefined ? [] : [Number(port)];
    }),
  );
  return stated.length > 0 ? stated : [RESTATE_PORTS.admin];
}
