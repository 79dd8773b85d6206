import { deepFreeze } from './deep-freeze';

/** The doors of a durable-execution server, in the vendor's words. */
export type ListenerName = 'ingress' | 'admin' | 'fabric';

/**
 * A door of a server: where it listens and what it is worth to whoever gets through.
 */
export interface Listener {
  readonly name: ListenerName;
  /** Where the server itself listens: a TCP port on loopback, or a unix socket below its data directory. */
  readonly bind:
    { readonly kind: 'loopback'; readonly port: number } | { readonly kind: 'unix'; readonly file: string };
  /** What an attacker gains who reaches it. Shown in reports. */
  readonly worth: string;
}

/** Freezes a listener. */
export function defineListener(listener: Listener): Listener {
  return deepFreeze(listener);
}
