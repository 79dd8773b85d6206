import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * A certificate that Envoy itself shows to callers, so that TLS is ended by nobody before it: the load balancer passes bytes on. Callers
 * that show certificates of their own need it, since only who ends TLS can ask for one.
 */
export class ProxyCertificate {
  /**
   * A secret of JSON with two fields of PEM text: `certificate`, the chain for all of `hostnames` with the leaf first, and `privateKey`.
   *
   * Envoy takes them when a task starts: after each rotation, redeploy the service. The container `expiry` logs how long the chain lasts.
   */
  public static fromSecret(secret: ISecret): ProxyCertificate {
    return new ProxyCertificate(secret);
  }

  private constructor(public readonly secret: ISecret) {}
}
