import type { AdminAccess } from '../core/admin-access';
import { UnsafeConfigurationError } from '../core/errors';
import type { CertificateFiles } from './ingress-certificate';
import { TLS_DIRECTORY } from './machine-layout';
import type { PeerHandle } from './peer';
import { ProxyCertificate } from './proxy-certificate';

/** What Envoy shows operators: files of their own, beside what it shows callers. */
export const ADMIN_CERTIFICATE: CertificateFiles = {
  kind: 'files',
  certificateFile: `${TLS_DIRECTORY}/admin-cert.pem`,
  privateKeyFile: `${TLS_DIRECTORY}/admin-key.pem`,
};

/**
 * The admin door and its certificate come together.
 *
 * @throws UnsafeConfigurationError `AdminCertificateMissing`, `AdminCertificateUnused`
 */
export function assertAdminCertificate(
  admin: AdminAccess<PeerHandle>,
  certificate: ProxyCertificate | undefined,
): void {
  if (admin.kind === 'peers' && !(certificate instanceof ProxyCertificate)) {
    throw new UnsafeConfigurationError({
      code: 'AdminCertificateMissing',
      given: 'admin admits operators without adminCertificate',
      because: 'operators could not tell the admin door from another server that asks for their credentials',
      write: `give adminCertificate, ProxyCertificate.fromSecret(...) for ${admin.hostnames.join(', ')}`,
    });
  }
  if (admin.kind === 'nobody' && certificate !== undefined) {
    throw new UnsafeConfigurationError({
      code: 'AdminCertificateUnused',
      given: 'adminCertificate without an admin door',
      because: 'nobody would ever be shown it',
      write: 'leave it out, or name who may connect with admin: AdminAccess.fromPeers or AdminAccess.fromIapTunnel',
    });
  }
}
