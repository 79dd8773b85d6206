import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { AdminAccess } from '../core/admin-access';
import { UnsafeConfigurationError } from '../core/errors';
import type { PeerHandle } from './peer';

/**
 * The admin door and its certificate come together.
 *
 * @throws UnsafeConfigurationError `AdminCertificateMissing`, `AdminCertificateUnused`
 */
export function assertAdminCertificate(admin: AdminAccess<PeerHandle>, certificate: ICertificate | undefined): void {
  if (admin.kind === 'peers' && certificate === undefined) {
    throw new UnsafeConfigurationError({
      code: 'AdminCertificateMissing',
      given: 'admin is AdminAccess.fromPeers without adminCertificate',
      because: 'operators could not tell the admin door from another server that asks for their credentials',
      write: `give adminCertificate, an ICertificate for ${admin.hostnames.join(', ')}`,
    });
  }
  if (admin.kind === 'nobody' && certificate !== undefined) {
    throw new UnsafeConfigurationError({
      code: 'AdminCertificateUnused',
      given: 'adminCertificate without an admin door',
      because: 'nobody would ever be shown it',
      write: 'leave it out, or name who may connect with admin: AdminAccess.fromPeers',
    });
  }
}
