import { UnsafeConfigurationError } from '../core/errors';
import { type IngressAuth, methodOf } from '../core/ingress-auth';
import { CERTIFICATE_FILE, PRIVATE_KEY_FILE } from '../proxy/certificate-script';
import type { ListenerCertificate } from '../proxy/listener-certificate';
import { renderImage, type ServerImages } from './images';
import { TLS_DIRECTORY } from './machine-layout';
import { ManagedCertificate } from './managed-certificate';
import { ProxyCertificate } from './proxy-certificate';
import type { IngressProps } from './restate-server-props';
import type { ServerPlan } from './server-plan';

/** A certificate and its key as files of the machine. */
export type CertificateFiles = Extract<ListenerCertificate, { kind: 'files' }>;

/** What Envoy shows at the ingress: what the machine fetched, or minted where a load balancer ends the callers' TLS. */
export const INGRESS_CERTIFICATE: CertificateFiles = {
  kind: 'files',
  certificateFile: `${TLS_DIRECTORY}/${CERTIFICATE_FILE}`,
  privateKeyFile: `${TLS_DIRECTORY}/${PRIVATE_KEY_FILE}`,
};

/**
 * What stands before Envoy, which the certificate says.
 *
 * @throws UnsafeConfigurationError `CertificateEndsTooEarly`, and `OptionMissing` where no certificate of either kind was given
 */
export function frontOf(certificate: IngressProps['certificate'], auth: IngressAuth): ServerPlan['front'] {
  if (certificate instanceof ProxyCertificate) return 'passthrough';
  if (!(certificate instanceof ManagedCertificate)) {
    throw new UnsafeConfigurationError({
      code: 'OptionMissing',
      given: 'ingress has no certificate',
      because: 'callers could not tell this deployment from another, and would show their credentials to either',
      write: 'give ProxyCertificate.fromSecret(...) or ManagedCertificate.forHostnames()',
    });
  }
  if (methodOf(auth, 'mutualTls') === undefined) return 'https-balancer';
  throw new UnsafeConfigurationError({
    code: 'CertificateEndsTooEarly',
    given: 'ingress.certificate is one of the load balancer, beside IngressAuth.mutualTls',
    because: 'TLS would end before the proxy, which could never ask a caller for its certificate',
    write: 'give ProxyCertificate.fromSecret(...), which lets the load balancer pass TLS on',
  });
}

/**
 * The image that mints Envoy's certificate: there exactly where there is one to mint.
 *
 * @throws UnsafeConfigurationError `CertificateImageMissing`, `CertificateImageUnused`, and the codes of `renderImage`
 */
export function certificateImage({ certificate }: ServerImages, front: ServerPlan['front']): string | undefined {
  if (certificate === undefined) {
    if (front === 'passthrough') return undefined;
    throw new UnsafeConfigurationError({
      code: 'CertificateImageMissing',
      given: 'ManagedCertificate without images.certificate',
      because:
        'the load balancer speaks TLS to Envoy, whose certificate is made when the machine starts, by that image',
      write: 'give images.certificate, the image of Envoy with a shell: envoyproxy/envoy:v1.40.0',
    });
  }
  if (front === 'https-balancer') return renderImage('certificate', certificate);
  throw new UnsafeConfigurationError({
    code: 'CertificateImageUnused',
    given: 'images.certificate beside a ProxyCertificate',
    because: 'Envoy shows yours, and none is ever made',
    write: 'leave it out',
  });
}
