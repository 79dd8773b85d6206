import type { Text } from './text';

/**
 * A rule of a VPC network's own firewall, as Google has it: stateful; the lowest number of priority decides, and among equals deny before
 * allow; what no rule fits is denied on the way in and allowed on the way out. Rules that are switched off are not here.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export interface FirewallRule {
  /** Address of the resource: `google_compute_firewall.admin`. */
  readonly id: string;
  /** The network that it belongs to, as its subnets and hosts name it. */
  readonly network: Text;
  readonly direction: 'in' | 'out';
  /** 0 to 65535; the lower number is asked first. */
  readonly priority: number;
  readonly action: 'allow' | 'deny';
  readonly flows: readonly FirewallFlow[];
  /**
   * The other side: of the way in, sources, which one of the three lists has to name; of the way out, destinations, by range alone. On the
   * way in all three empty means no restriction.
   */
  readonly ranges: readonly string[];
  readonly sourceTags: readonly string[];
  readonly sourceAccounts: readonly Text[];
  /** Whom it protects. Both empty: every instance of the network. */
  readonly targetTags: readonly string[];
  readonly targetAccounts: readonly Text[];
}

/** What a rule of a firewall speaks of: a protocol and ports of it. */
export interface FirewallFlow {
  /** `all` covers every protocol and port; `other` one that no attack speaks. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all' | 'other';
  /** Inclusive. Empty: all of them. */
  readonly ports: readonly { readonly from: number; readonly to: number }[];
}
