import { durationSeconds, settings } from '../proxy-listener';

/** A token bucket of the proxy. */
export interface TokenBucket {
  readonly burst: number;
  readonly perSecond: number;
  /** What it gets at once, in the seconds' stead. */
  readonly fill: number;
}

/** The one of a listener's token buckets that a flood empties first; `undefined` where none is stated. */
export function smallestBucket(listener: unknown): TokenBucket | undefined {
  type Stated = { readonly max_tokens?: number; readonly tokens_per_fill?: number; readonly fill_interval?: unknown };
  const stated = settings(listener, 'token_bucket') as readonly Stated[];
  return stated
    .map(({ max_tokens: burst = 1, tokens_per_fill: fill = 1, fill_interval: interval }) => ({
      burst,
      perSecond: fill / (durationSeconds(interval) ?? 1),
      fill,
    }))
    .toSorted((a, b) => a.burst - b.burst)[0];
}
