/** Where a claim comes from. */
export const SERVER_SECURITY = 'Restate documentation, Server security';
/** Where a claim comes from. */
export const CLOUD_RUN = 'Restate documentation, services on Cloud Run';
/** Where a claim comes from. */
export const MEASURED_SERVER = 'measured on restate-server 1.7.12';
/** Where a claim comes from. */
export const MEASURED_PROXY = 'measured on Envoy 1.40.0';
/** Where a claim comes from. */
export const BENCHMARK = 'cloud security benchmarks';
/** Where a claim comes from. */
export const OPERATORS = 'what operators need';
