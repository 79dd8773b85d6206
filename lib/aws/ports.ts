/** TCP ports of a deployment. None of them is the server's own: that one listens on loopback. */
export const PORTS = {
  /** Callers and operators to their load balancers, and everybody to the VPC endpoints. */
  https: 443,
  /** Load balancer to Envoy, TLS. */
  proxy: 8443,
  /** Load balancer of the admin door to Envoy's second listener, TLS. */
  admin: 8444,
  /** Load balancer to Envoy's health listener, which answers `GET /healthz` and names nothing. */
  health: 8081,
  /** Restate to services. */
  services: 9080,
} as const;
