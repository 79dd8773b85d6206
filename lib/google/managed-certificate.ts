import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

const CERTIFICATE =
  /^(?:https:\/\/[a-z]+\.googleapis\.com\/compute\/v1\/)?projects\/[a-z0-9.:-]+\/global\/sslCertificates\/[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

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

  /**
   * One that exists: the `id` or self link of a global `google_compute_ssl_certificate` or `google_compute_managed_ssl_certificate`.
   *
   * @throws UnsafeConfigurationError `CertificateIdInvalid`
   */
  public static fromCertificateId(certificateId: string): ManagedCertificate {
    if (isToken(certificateId) || CERTIFICATE.test(certificateId)) return new ManagedCertificate(certificateId);
    throw new UnsafeConfigurationError({
      code: 'CertificateIdInvalid',
      given: `ManagedCertificate.fromCertificateId of ${quote(certificateId)}`,
      because:
        'a global load balancer takes global certificates of Compute Engine alone, which only the deployment would say',
      write: "give 'projects/my-project/global/sslCertificates/my-certificate', or the `id` of the resource",
    });
  }

  private constructor(
    /** Absent: the balancer has one issued. */
    public readonly certificateId: string | undefined,
  ) {}
}
