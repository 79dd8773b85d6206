import type { IngressLimits } from '../core/limits';

/**
 * What operators may use of the admin API. Commands like `restate invocations cancel` send up to 500 requests at once. The server takes
 * 52 s to give up a registration whose service cannot be reached, and longer than anybody waits for one that is silent. It takes no body
 * of more than 2 MiB.
 */
export const ADMIN_LIMITS: Omit<IngressLimits, 'concurrentCalls'> = {
  maxBodyBytes: 2_097_152,
  requestsPerSecond: 200,
  burst: 2_000,
  requestsPerSecondPerAddress: 100,
  burstPerAddress: 1_000,
  longestCallSeconds: 120,
  headersSeconds: 10,
  uploadSeconds: 60,
  maxConnections: 200,
};
