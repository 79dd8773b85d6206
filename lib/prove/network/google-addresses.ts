/** Where Google's tunnel of IAP comes from. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
export const IAP_TUNNEL = '35.235.240.0/20';

/** Where a private network reaches Google's services. @see https://cloud.google.com/vpc/docs/configure-private-google-access */
export const PRIVATE_ACCESS: readonly string[] = ['199.36.153.4/30', '199.36.153.8/30'];

/**
 * Where Google's health probes come from, and the front ends of its HTTPS balancers.
 *
 * @see https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
 */
export const PROBERS = ['35.191.0.0/16', '130.211.0.0/22', '209.85.152.0/22', '209.85.204.0/22'] as const;
export const PROBERS6 = '2600:2d00:1:b029::/64';
