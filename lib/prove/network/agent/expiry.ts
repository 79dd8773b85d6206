/** A time that runs out, unless it is cancelled. */
export interface Expiry {
  readonly expired: Promise<void>;
  cancel(): void;
}

/**
 * Runs out when `timeoutMs` have really passed since the callers of this turn were done, and what had come by then was looked at.
 *
 * A plain timer is unjust on a busy machine: its clock stands still while other work of the same turn is done, so that it could run
 * out before a connection was even begun, or with the answer waiting to be read.
 */
export function expireAfter(timeoutMs: number): Expiry {
  let timer: NodeJS.Timeout | undefined;
  let cancelled = false;
  const expired = new Promise<void>((resolve) => {
    process.nextTick(() => {
      const deadline = performance.now() + timeoutMs;
      const look = (): void => {
        if (cancelled) return;
        const leftMs = deadline - performance.now();
        if (leftMs > 0) timer = setTimeout(look, Math.ceil(leftMs));
        // Reading comes between two immediates.
        else setImmediate(() => setImmediate(resolve));
      };
      look();
    });
  });
  return {
    expired,
    cancel: () => {
      cancelled = true;
      clearTimeout(timer);
    },
  };
}
