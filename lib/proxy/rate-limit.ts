import type { IngressLimits } from '../core/limits';
import type { Door } from './door';
import { extension, type JsonObject } from './typed-config';

type RateLimits = Pick<
  IngressLimits,
  'requestsPerSecond' | 'burst' | 'requestsPerSecondPerAddress' | 'burstPerAddress'
>;

const REMOTE_ADDRESS = 'remote_address';

/**
 * Two token buckets before anything is verified: one for each caller's address, then one for all. A flood from one address empties its
 * own bucket alone. Without `filter_enabled` and `filter_enforced` Envoy would count and admit everything.
 */
export function rateLimit(door: Door['name'], limits: RateLimits): JsonObject {
  return extension('envoy.filters.http.local_ratelimit', 'filters.http.local_ratelimit.v3.LocalRateLimit', {
    stat_prefix: door,
    token_bucket: bucket(limits.burst, limits.requestsPerSecond),
    rate_limits: [{ actions: [{ remote_address: {} }] }],
    descriptors: [
      {
        entries: [{ key: REMOTE_ADDRESS }],
        token_bucket: bucket(limits.burstPerAddress, limits.requestsPerSecondPerAddress),
      },
    ],
    max_dynamic_descriptors: 10_000,
    filter_enabled: EVERY_REQUEST,
    filter_enforced: EVERY_REQUEST,
  });
}

const EVERY_REQUEST: JsonObject = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

function bucket(burst: number, requestsPerSecond: number): JsonObject {
  return { max_tokens: burst, tokens_per_fill: requestsPerSecond, fill_interval: '1s' };
}
