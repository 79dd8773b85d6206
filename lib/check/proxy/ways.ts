import type { Chain, Cluster, ClusterKind, Filter, Listener, Proxy, Way } from './model/proxy';

/** A way that requests take, and what it is part of. */
export interface PlacedWay {
  readonly listener: Listener;
  readonly chain: Chain;
  readonly way: Way;
  /** For messages. */
  readonly name: string;
}

/** Every way of the listeners that others than the proxy's neighbours reach. */
export function openWays({ listeners }: Proxy): readonly PlacedWay[] {
  return listeners.filter(({ local }) => !local).flatMap(waysOf);
}

/** Every way of a listener. */
export function waysOf(listener: Listener): readonly PlacedWay[] {
  return listener.chains.flatMap((chain) =>
    (chain.http?.ways ?? []).map((way) => ({ listener, chain, way, name: `listener ${listener.name}, ${way.name}` })),
  );
}

/** The ways that lead to a kind of server. */
export function waysTo(proxy: Proxy, ...kinds: readonly ClusterKind[]): readonly PlacedWay[] {
  return openWays(proxy).filter(({ way }) => way.clusters.some(({ kind }) => kinds.includes(kind)));
}

/** The listeners at which callers or operators show who they are. */
export function doorsOf(proxy: Proxy): readonly Listener[] {
  return proxy.listeners.filter(({ local, kind }) => !local && (kind === 'callers' || kind === 'operators'));
}

/** The clusters of a kind that any way leads to. */
export function clustersTo(proxy: Proxy, ...kinds: readonly ClusterKind[]): readonly Cluster[] {
  return [...proxy.clusters.values()].filter(({ kind }) => kinds.includes(kind));
}

/** The filters of a type that any way of the listeners has. */
export function filtersOf(listeners: readonly Listener[], type: string): readonly Filter[] {
  const all = listeners.flatMap((listener) => [
    ...listener.chains.flatMap(({ http }) => http?.filters ?? []),
    ...waysOf(listener).flatMap(({ way }) => way.filters),
  ]);
  return [...new Set(all.filter((filter) => filter.type === type))];
}
