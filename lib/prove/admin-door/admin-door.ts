import type { Issuer } from '../deployment';

/** A policy of the operators' listener: who is let through by it. */
export interface DoorRole {
  /** As the proxy's configuration names it. */
  readonly name: string;
  /** Words of the scope claim of which one opens it. */
  readonly scopes: readonly string[];
  /** Whether it is open to every verified operator. */
  readonly everybody: boolean;
}

/** The proxy's door of the server's admin API, and how operators reach it. */
export interface AdminDoor {
  readonly address: string;
  readonly address6: string;
  readonly port: number;
  readonly hostname: string;
  /** PEM of the run's own certificate authority. */
  readonly ca: string;
  /** Port of the proxy's listener, at the task. */
  readonly taskPort: number;
  /** Whether a balancer stands before the listener. */
  readonly balanced: boolean;
  /** Whether the callers of the ingress are let in here by the network, too. */
  readonly callersToo: boolean;
  /** Who signs what operators show, one for each provider of the listener. Empty: it asks nobody who they are. */
  readonly issuers: readonly Issuer[];
  /** Read from the proxy's configuration. */
  readonly roles: readonly DoorRole[];
  /** Ids (`jti`) that are refused. */
  readonly revokedIds: readonly string[];
  /** Runs the vendor's command line at an operator's desk, with a token for its own setting; none for an empty one. */
  commandLine(args: readonly string[], token: string): Promise<{ readonly code: number; readonly output: string }>;
}
