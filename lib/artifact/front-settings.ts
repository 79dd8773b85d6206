import type { Stated } from './network';

/** What Google's balancers are told beside where they lead. */
export interface FrontSettings {
  readonly rules: readonly FrontRule[];
  readonly services: readonly FrontService[];
  /** Addresses of the internet that groups give their machines beside what the template says. */
  readonly addresses: readonly { readonly id: string; readonly hosts: readonly string[] }[];
}

/** A forwarding rule. */
export interface FrontRule {
  readonly id: string;
  /** Whether its address, or what it leads to, is one of the internet, although it says that it is internal. */
  readonly facesInternet: boolean;
  /** Whether callers of other regions are let in. */
  readonly isGlobal: Stated<boolean>;
  /** Absent: it ends no TLS. */
  readonly tls?: {
    /** Which ciphers are taken: the profile of its policy. */
    readonly profile: Stated<string>;
    /** Those of a profile of one's own. */
    readonly ciphers: Stated<readonly string[]>;
    /** Whether requests are taken before the handshake has ended. */
    readonly earlyData: Stated<string>;
  };
}

/** A backend service. */
export interface FrontService {
  readonly id: string;
  /** Whether answers are kept, and given to others. */
  readonly caches: Stated<boolean>;
}
