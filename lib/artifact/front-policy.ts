import type { Stated } from './network';

/** Whom a balancer that ends HTTP lets call, by address. What no rule fits is let through. */
export interface FrontPolicy {
  /** Address of the resource. */
  readonly id: string;
  /** In the order in which they are asked; those that only watch are not here. `unknown`: not read. */
  readonly rules: Stated<readonly FrontRule[]>;
}

/** A rule of such a policy. */
export interface FrontRule {
  readonly action: Stated<'allow' | 'deny'>;
  /** Blocks of IPv4 and IPv6. `unknown`: whom it fits is said otherwise than by addresses. */
  readonly ranges: Stated<readonly string[]>;
}
