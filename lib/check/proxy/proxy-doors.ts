import { admittedBy } from './admission/admission';
import { isAnonymous } from './admission/credential-state';
import { certificateStates } from './model/client-demand';
import type { CheckedDeployment } from '../checked-deployment';
import type { ClusterKind, Listener, ListenerKind } from './model/proxy';
import { isRead, proxiesOf } from './model/proxies-of';
import { waysOf } from './ways';

/** A port that a proxy listens on, for whoever asks who gets there. */
export interface ProxyDoor {
  /** Id of the host that the proxy runs on, and name of its container. */
  readonly host: string;
  readonly container: string;
  readonly name: string;
  readonly kind: ListenerKind;
  /** Absent: a unix socket. */
  readonly address?: string;
  readonly port?: number;
  readonly tls: boolean;
  /** Whether a request, or connection, that shows nothing verified is led on to a server. */
  readonly anonymous: boolean | 'unknown';
  /** Kinds of the servers that it leads to. */
  readonly leadsTo: readonly ClusterKind[];
  /** What is not understood of the proxy's configuration. */
  readonly doubts: readonly string[];
}

/** What a deployment's proxies listen on; `unread`: why nothing is known about one of them. */
export function proxyDoors(deployment: CheckedDeployment): {
  readonly doors: readonly ProxyDoor[];
  readonly unread: readonly string[];
} {
  const proxies = proxiesOf(deployment);
  return {
    doors: proxies.filter(isRead).flatMap(({ host, container, listeners, doubts }) =>
      listeners.map((listener): ProxyDoor => ({
        host: host.id,
        container: container.name,
        name: listener.name,
        kind: listener.kind,
        ...(listener.address !== undefined && { address: listener.address }),
        ...(listener.port !== undefined && { port: listener.port }),
        tls: listener.chains.every(({ tls }) => tls !== undefined),
        anonymous: isOpen(listener, doubts.length > 0),
        leadsTo: leadsTo(listener),
        doubts: doubts.map(({ path, reason }) => `${path} ${reason}`),
      })),
    ),
    unread: proxies.flatMap((proxy) =>
      isRead(proxy) ? [] : [`${proxy.host.id}/${proxy.container.name}: ${proxy.reason}`],
    ),
  };
}

function leadsTo(listener: Listener): readonly ClusterKind[] {
  const clusters = [
    ...listener.chains.flatMap(({ raw }) => raw),
    ...waysOf(listener).flatMap(({ way }) => way.clusters),
  ];
  return [...new Set(clusters.map(({ kind }) => kind))];
}

function isOpen(listener: Listener, doubted: boolean): boolean | 'unknown' {
  const raw = listener.chains.some(
    ({ raw: led, tls }) => led.length > 0 && certificateStates(tls).some((state) => state !== 'verified'),
  );
  const clauses = waysOf(listener)
    .filter(({ way }) => way.clusters.length > 0)
    .flatMap(({ chain, way }) => admittedBy(chain, way))
    .filter(({ state }) => isAnonymous(state));
  if (raw || clauses.some(({ unknown }) => unknown.length === 0)) return true;
  return doubted || clauses.length > 0 ? 'unknown' : false;
}
