import type { Container, Host } from '../../../artifact/artifact';
import type { Message } from '../fields/message';
import type { Doubt } from '../fields/read-message';

/** A proxy as its container gets it. */
export interface Proxy {
  readonly host: Host;
  readonly container: Container;
  readonly bootstrap: Message;
  readonly startup: Startup;
  readonly listeners: readonly Listener[];
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** What stands in its configuration or arguments and is not understood. With any, nothing holds that could rest on it. */
  readonly doubts: readonly Doubt[];
}

/** What the arguments of the program say beside the configuration. */
export interface Startup {
  /** Whether it opens the sockets by which another process of it takes over. */
  readonly hotRestart: boolean;
  /** Levels of its own log, of the whole and of single components. */
  readonly logLevels: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** Whom a listener serves, told by where it leads and never by its name. */
export type ListenerKind = 'callers' | 'operators' | 'health' | 'metadata' | 'other';

/** A port that the proxy listens on. */
export interface Listener {
  readonly name: string;
  readonly kind: ListenerKind;
  readonly message: Message;
  /** `undefined` for a unix socket. */
  readonly address?: string;
  readonly port?: number;
  /** Whether processes beside it alone reach it. */
  readonly local: boolean;
  readonly chains: readonly Chain[];
}

/** What a connection goes through. */
export interface Chain {
  readonly message: Message;
  /** Settings of TLS. Absent: the connection is not encrypted. */
  readonly tls?: Message;
  /** Most connections at once, where the chain limits them itself. */
  readonly connectionLimit?: number;
  readonly http?: Http;
  /** Clusters that bytes are led to as they are. */
  readonly raw: readonly Cluster[];
}

/** HTTP on a connection. */
export interface Http {
  readonly manager: Message;
  readonly ways: readonly Way[];
  /** Host names that requests may be for. */
  readonly domains: readonly string[];
  /** Filters that every request sees unless its way says otherwise. */
  readonly filters: readonly Filter[];
}

/** A filter as the requests of one way see it. */
export interface Filter {
  /** Name of its message: `RBAC`. */
  readonly type: string;
  readonly name: string;
  readonly settings: Message;
}

/** One route of one virtual host. */
export interface Way {
  /** `ingress, route 0 of ingress`. */
  readonly name: string;
  readonly domains: readonly string[];
  readonly match: Message;
  readonly route: Message;
  /** The action of a route that leads on. Absent: the proxy answers by itself. */
  readonly action?: Message;
  readonly clusters: readonly Cluster[];
  /** In the order in which a request sees them, without those that this way turns off. */
  readonly filters: readonly Filter[];
  /** Policies of the CORS filter, for this way. */
  readonly cors?: Message;
  /** Messages that add or remove headers for this way. */
  readonly headerRules: readonly Message[];
}

/** What stands behind the proxy. */
export type ClusterKind = 'ingress' | 'admin' | 'fabric' | 'metadata' | 'other' | 'unknown';

/** A server that the proxy talks to. */
export interface Cluster {
  readonly name: string;
  readonly kind: ClusterKind;
  readonly message: Message;
  readonly endpoints: readonly Endpoint[];
  /** Settings of TLS. Absent: the connection is not encrypted. */
  readonly tls?: Message;
  /** How it is spoken to, and what is done behind the router. */
  readonly options?: Message;
}

/** Where a server is. */
export interface Endpoint {
  readonly address: string;
  /** `undefined` for a unix socket, whose path is the address. */
  readonly port?: number;
}
