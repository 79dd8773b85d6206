import type { Text } from './text';

/** What a load balancer does besides forwarding. */
export interface BalancerSettings {
  /** Id of the balancer. */
  readonly id: string;
  readonly deletionProtected: boolean | 'unknown';
  /** The bucket of its access log; `off`. */
  readonly accessLog: Text | 'off' | 'unknown';
  /** Whether each of its addresses forwards to the targets of every zone. */
  readonly crossZone: boolean | 'unknown';
  /** Whether it drops header fields that are none (HTTP alone). */
  readonly dropsInvalidHeaders?: boolean | 'unknown';
  /** Target groups whose targets do not see the caller's address. */
  readonly hidesCaller: readonly string[];
  /** The certificates of its listeners. */
  readonly certificates: readonly Text[];
  /** Settings that are not understood. */
  readonly unmodelled: readonly string[];
}
