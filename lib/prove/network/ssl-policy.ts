import type { SecureVersion } from 'node:tls';

/** The oldest and newest TLS that a balancer's security policy speaks. */
export interface TlsVersions {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
}

/**
 * The TLS versions of an Elastic Load Balancing security policy, read from its name, which lists them. A policy that is absent or
 * of no known name is taken for the widest, so that the run never refuses what the cloud would admit.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export function tlsVersions(policy: string | undefined): TlsVersions {
  const name = policy ?? '';
  const maxVersion = name.includes('TLS13') ? 'TLSv1.3' : 'TLSv1.2';
  if (/TLS13-1-3/.test(name)) return { minVersion: 'TLSv1.3', maxVersion };
  if (/TLS13-1-2|TLS-1-2|FS-1-2/.test(name)) return { minVersion: 'TLSv1.2', maxVersion };
  if (/TLS13-1-1|TLS-1-1|FS-1-1/.test(name)) return { minVersion: 'TLSv1.1', maxVersion };
  return { minVersion: 'TLSv1', maxVersion: 'TLSv1.3' };
}
