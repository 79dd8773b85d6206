import { type Node, nodes } from './envoy';
import { the } from './template';

const ADMIN_PORT = 9070;

/** The proxy's listener that leads to the server's admin port. */
export function listenerOfOperators(bootstrap: Node): Node {
  return listenerTo(bootstrap, ADMIN_PORT);
}

/** The proxy's listener that leads to a port. */
export function listenerTo(bootstrap: Node, port: number): Node {
  const { listeners, clusters } = bootstrap['static_resources'] as { listeners: Node[]; clusters: Node[] };
  const names = clusters
    .filter((cluster) => nodes(cluster).some((node) => node['port_value'] === port))
    .map((cluster) => cluster['name']);
  const found = listeners.filter((each) => nodes(each).some((node) => names.includes(node['cluster'])));
  return the(found, `listener that leads to port ${port}`);
}
