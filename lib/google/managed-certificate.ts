/**
 * A certificate that Google's global HTTPS load balancer shows to callers: it ends their TLS and speaks TLS of its own to Envoy. Callers that
 * show certificates (`IngressAuth.mutualTls`) cannot be told apart behind it: they need a `ProxyCertificate`.
 */
export class ManagedCertificate {
  /**
   * One that Google issues for all of `ingress.hostnames` and renews. It becomes valid once each of them resolves to the balancer's address,
   * which takes up to an hour; until then no call succeeds.
   *
   * @see https://cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs
   */
  public static forHostnames(): ManagedCertificate {
    return new ManagedCertificate(undefined);
  }

  /** One that exists: the `id` or self link of a global `google_compute_ssl_certificate` or `google_compute_managed_ssl_certificate`. */
  public static fromCertificateId(certificateId: string): ManagedCertificate {
    return new ManagedCertificate(certificateId);
  }

  private constructor(
    /** Absent: the balancer has one issued. */
    public readonly certificateId: string | undefined,
  ) {}
}
