/** TCP ports of a deployment. None of them is the server's own: that one listens on loopback. */
export const PORTS = {
  /** Callers to the front and to the machine, and everybody to Google's APIs. */
  https: 443,
  /** Envoy's listener for callers, in the network of the containers, TLS. */
  proxy: 8443,
  /** Operators to the machine and there to Envoy's second listener, TLS. Not the vendor's own port, which nothing outside ever answers at. */
  admin: 8444,
  /** Probes of Google to Envoy's health listener, which answers `GET /healthz` and names nothing. */
  health: 8081,
  /** Restate to Envoy's way to the metadata server, on loopback. */
  metadata: 8079,
  /** Break-glass: a shell on the machine. */
  ssh: 22,
} as const;
