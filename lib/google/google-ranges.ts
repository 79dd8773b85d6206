/** Google's front ends: what they forward for an HTTPS load balancer, and probes of most kinds of health checks. */
export const FRONT_RANGES: string[] = ['35.191.0.0/16', '130.211.0.0/22'];

/** Where else an external passthrough load balancer probes from. */
const EXTERNAL_PASSTHROUGH = ['209.85.152.0/22', '209.85.204.0/22'];

/** Tunnels of Identity-Aware Proxy. @see https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule */
export const IAP_RANGE = '35.235.240.0/20';

/**
 * Where probes come from. All are addresses that no customer of Google can send from.
 *
 * @see https://cloud.google.com/load-balancing/docs/firewall-rules
 */
export function probeRanges(isExternalPassthrough: boolean): string[] {
  return [...FRONT_RANGES, ...(isExternalPassthrough ? EXTERNAL_PASSTHROUGH : [])];
}
