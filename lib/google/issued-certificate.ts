import { ComputeManagedSslCertificate } from '@cdktf/provider-google/lib/compute-managed-ssl-certificate';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { resourceName } from './resource-name';

/** Properties of {@link issuedCertificate}. */
export interface IssuedCertificateProps {
  readonly project: string;
  readonly hostnames: readonly string[];
}

const MOST_NAMES = 100;
const LONGEST_NAME = 64;

/**
 * A certificate that Google issues and renews. It cannot change: other host names are another certificate, under another name, which is there
 * before the balancer lets go of this one.
 *
 * @throws UnsafeConfigurationError `ManagedHostnamesInvalid`
 * @see https://cloud.google.com/load-balancing/docs/quotas#ssl_certificates
 */
export function issuedCertificate(
  scope: Construct,
  { project, hostnames }: IssuedCertificateProps,
): ComputeManagedSslCertificate {
  const long = hostnames.find((name) => name.length > LONGEST_NAME);
  if (long !== undefined || hostnames.length > MOST_NAMES) {
    throw new UnsafeConfigurationError({
      code: 'ManagedHostnamesInvalid',
      given: `ManagedCertificate.forHostnames() for ${long === undefined ? `${hostnames.length} host names` : quote(long)}`,
      because: `Google issues certificates for up to ${MOST_NAMES} names of up to ${LONGEST_NAME} characters each`,
      write: 'name fewer or shorter ones, or bring your own with ManagedCertificate.fromCertificateId',
    });
  }
  return new ComputeManagedSslCertificate(scope, 'Certificate', {
    name: resourceName(scope, undefined, `Certificate/${hostnames.join(',')}`),
    project,
    managed: { domains: [...hostnames] },
    lifecycle: { createBeforeDestroy: true },
  });
}
