import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

/** What one caller, or all together, may use of the ingress. */
export interface IngressLimits {
  /** Largest request body in bytes, 1 to 33554432 (the server's own limit is 32 MiB). @default 10485760 */
  readonly maxBodyBytes: number;
  /** Requests a second that are admitted in the long run, by one proxy. @default 1000 */
  readonly requestsPerSecond: number;
  /** Requests admitted at once before the rate applies. @default 2000 */
  readonly burst: number;
  /** Requests a second that are admitted in the long run from one address. @default 500 */
  readonly requestsPerSecondPerAddress: number;
  /** Requests admitted at once from one address before its rate applies. @default 1000 */
  readonly burstPerAddress: number;
  /** Calls in flight at once; each holds a connection to the server. 1 to 25000. @default 10000 */
  readonly concurrentCalls: number;
  /** Longest silence of a call that waits for its result, in seconds. Durable calls are long; nothing else ends them. @default 3600 */
  readonly longestCallSeconds: number;
  /** Longest time for the TLS handshake, and then for the request headers, in seconds. @default 10 */
  readonly headersSeconds: number;
  /** Longest time for the whole request to arrive, in seconds. @default 60 */
  readonly uploadSeconds: number;
  /** Open connections to one proxy. @default 5000 */
  readonly maxConnections: number;
}

interface Bound {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

const BOUNDS: Readonly<Record<keyof IngressLimits, Bound>> = {
  maxBodyBytes: { fallback: 10_485_760, least: 1, most: 33_554_432 },
  requestsPerSecond: { fallback: 1_000, least: 1, most: 1_000_000 },
  burst: { fallback: 2_000, least: 1, most: 1_000_000 },
  requestsPerSecondPerAddress: { fallback: 500, least: 1, most: 1_000_000 },
  burstPerAddress: { fallback: 1_000, least: 1, most: 1_000_000 },
  concurrentCalls: { fallback: 10_000, least: 1, most: 25_000 },
  longestCallSeconds: { fallback: 3_600, least: 1, most: 604_800 },
  headersSeconds: { fallback: 10, least: 1, most: 60 },
  uploadSeconds: { fallback: 60, least: 1, most: 3_600 },
  maxConnections: { fallback: 5_000, least: 1, most: 1_000_000 },
};

/**
 * Fills in and validates the limits of the ingress.
 *
 * @throws UnsafeConfigurationError `LimitOutOfRange`, `LimitUnknown`, `ValueNotConcrete`
 */
export function ingressLimits(given: Partial<IngressLimits>): IngressLimits {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(BOUNDS, name)) {
      throw new UnsafeConfigurationError({
        code: 'LimitUnknown',
        given: `limits names ${quote(name)}`,
        because: 'a limit that nobody reads protects nothing',
        write: `choose among ${Object.keys(BOUNDS).join(', ')}`,
      });
    }
  }
  const filled = Object.entries(BOUNDS).map(([name, bound]) => {
    const value = given[name as keyof IngressLimits] ?? bound.fallback;
    return [name, within(name, value, bound)];
  });
  return Object.fromEntries(filled) as IngressLimits;
}

function within(name: string, value: number, { least, most }: Bound): number {
  concrete(`limits.${name}`, value);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UnsafeConfigurationError({
      code: 'LimitOutOfRange',
      given: `limits.${name} ${quote(value)}`,
      because: `it must be a whole number from ${least} to ${most}`,
      write: 'leave it out, or give a number within that range',
    });
  }
  return value;
}
