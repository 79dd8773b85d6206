import type { SecretVersion } from './secret-version';

/** The two secrets of {@link ProxyCertificate.fromSecret}. */
export interface ProxyCertificateSecrets {
  /** PEM chain for all of `hostnames`, the leaf first. */
  readonly certificate: SecretVersion;
  /** PEM private key of the leaf. */
  readonly privateKey: SecretVersion;
}

/**
 * A certificate that Envoy itself shows to callers, so that TLS is ended by nobody before it: a passthrough load balancer hands packets
 * on. Callers that show certificates of their own need it, since only who ends TLS can ask for one.
 */
export class ProxyCertificate {
  /**
   * Two secrets of Secret Manager, each a file of PEM text: there they have versions, readers and a log of their own. The machine takes them
   * when it starts: a renewed certificate is a new version, and naming it replaces the machine.
   */
  public static fromSecret(secrets: ProxyCertificateSecrets): ProxyCertificate {
    return new ProxyCertificate(secrets.certificate, secrets.privateKey);
  }

  private constructor(
    public readonly certificate: SecretVersion,
    public readonly privateKey: SecretVersion,
  ) {}
}
