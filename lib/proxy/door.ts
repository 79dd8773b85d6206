import type { IngressAuth } from '../core/ingress-auth';

/** A TLS listener of the proxy at which everybody shows who they are. */
export interface Door {
  /** In every line of the access log that the door writes. */
  readonly name: 'ingress' | 'admin';
  readonly auth: IngressAuth;
  /** Exact host names. They are also the audiences of the API keys that open this door. */
  readonly hostnames: readonly string[];
}
