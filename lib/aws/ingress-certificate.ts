import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { type IngressAuth, methodOf } from '../core/ingress-auth';
import { CERTIFICATE_FILE, PRIVATE_KEY_FILE } from '../proxy/certificate-script';
import type { ListenerCertificate } from '../proxy/listener-certificate';
import { isElsewhere } from './elsewhere';
import { ProxyCertificate } from './proxy-certificate';
import { TLS_DIRECTORY } from './task-layout';

/** Variables of Envoy that hold a certificate by secret. */
export const CERTIFICATE_VARIABLE = 'TLS_CERTIFICATE';
/** @see CERTIFICATE_VARIABLE */
export const PRIVATE_KEY_VARIABLE = 'TLS_PRIVATE_KEY';

/** What the container `certificate` mints, for a hop from a load balancer that ends TLS itself. */
export const MINTED_CERTIFICATE: ListenerCertificate = {
  kind: 'files',
  certificateFile: `${TLS_DIRECTORY}/${CERTIFICATE_FILE}`,
  privateKeyFile: `${TLS_DIRECTORY}/${PRIVATE_KEY_FILE}`,
};

/**
 * What Envoy shows at the ingress.
 *
 * @throws UnsafeConfigurationError `CertificateEndsTooEarly`, `ProxyCertificateElsewhere`, and `OptionMissing` where none was given, which
 * plain JavaScript allows
 */
export function ingressCertificate(
  scope: Construct,
  certificate: ICertificate | ProxyCertificate,
  auth: IngressAuth,
): ListenerCertificate {
  assertGiven(certificate);
  if (certificate instanceof ProxyCertificate) {
    assertHere(scope, certificate);
    return { kind: 'variables', certificate: CERTIFICATE_VARIABLE, privateKey: PRIVATE_KEY_VARIABLE };
  }
  if (methodOf(auth, 'mutualTls') === undefined) return MINTED_CERTIFICATE;
  throw new UnsafeConfigurationError({
    code: 'CertificateEndsTooEarly',
    given: 'ingress.certificate is one of the load balancer, beside IngressAuth.mutualTls',
    because: 'TLS would end before the proxy, which could never ask a caller for its certificate',
    write: 'give ProxyCertificate.fromSecret(secret), which lets the load balancer pass TLS on',
  });
}

function assertHere(scope: Construct, { secret }: ProxyCertificate): void {
  if (!isElsewhere(scope, secret)) return;
  throw new UnsafeConfigurationError({
    code: 'ProxyCertificateElsewhere',
    given: `the secret of ingress.certificate is in ${quote(`${secret.env.account}/${secret.env.region}`)}`,
    because:
      'the endpoint that the node has instead of a way out leads to the secrets of its own account and region alone',
    write: 'store certificate and key in a secret beside the stack',
  });
}

function assertGiven(certificate: ICertificate | ProxyCertificate | undefined): void {
  if (certificate !== undefined) return;
  throw new UnsafeConfigurationError({
    code: 'OptionMissing',
    given: 'ingress has no certificate',
    because: 'callers could not tell this deployment from another, and would show their credentials to either',
    write:
      'give a certificate for the host names of the ingress, from AWS Certificate Manager or by ProxyCertificate.fromSecret',
  });
}
