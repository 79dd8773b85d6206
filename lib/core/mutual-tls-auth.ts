import { X509Certificate } from 'node:crypto';
import { concrete } from './concrete';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { refuseUnknownOptions } from './known-options';

/** Client certificates, verified by the proxy in the handshake. */
export interface MutualTlsAuth {
  readonly method: 'mutualTls';
  /** PEM of the authorities that callers' certificates are signed by. Public. */
  readonly ca: string;
  /** Subject alternative names that may call, exactly: host names and URIs. */
  readonly names: readonly string[];
  /** Where the authority publishes its revocation list: a URI of the cloud's own store. */
  readonly crl: string;
}

/** Options of {@link mutualTlsAuth}. */
export interface MutualTlsOptions {
  /** PEM of one or more certificates of authorities of yours. A public authority would vouch for everybody's certificates. */
  readonly ca: string;
  /** Subject alternative names of the certificates that may call, exactly: `shop.internal.example.com`, `spiffe://example.com/shop`. */
  readonly names: readonly string[];
  /**
   * The store's URI of the authority's revocation list, PEM: `s3://bucket/key` on AWS, `gs://bucket/name` on Google Cloud. The node fetches it again every five minutes and the proxy
   * takes it up without a restart. An expired list refuses everybody, which an alarm announces. With several authorities the object holds
   * a list of each, one after another: callers of one without a list are refused.
   */
  readonly crl: string;
}

const OPTIONS = ['ca', 'names', 'crl'];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const URI_NAME = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._~:/@!$&'()+,;=%-]+$/;
const STORE = /^(?:s3|gs):\/\/[^/\s]+\/[^\s?#]+$/;

/**
 * Client certificates: TLS ends in the proxy, which admits certificates of these authorities, for these exact names, neither expired nor
 * revoked; where they name purposes, client authentication must be among them. The balancer passes bytes on, so the proxy's own
 * certificate is a secret of yours.
 *
 * Whoever shows a good certificate must send no Authorization header: a request has one credential, and is answered 403 otherwise. A
 * certificate is verified with each connection, of which none takes new calls for more than five minutes; sessions are not resumed.
 *
 * @throws UnsafeConfigurationError `AuthorityInvalid`, `CertificateNamesInvalid`, `RevocationListInvalid`, `OptionUnknown`, `ValueNotConcrete`
 * @see https://docs.restate.dev/server/security "a reverse proxy that authenticates callers"
 */
export function mutualTlsAuth(options: MutualTlsOptions): MutualTlsAuth {
  refuseUnknownOptions('IngressAuth.mutualTls', options, OPTIONS);
  return deepFreeze({
    method: 'mutualTls',
    ca: authorities(options.ca),
    names: names(options.names),
    crl: revocationList(options.crl),
  });
}

/** Without an authority the proxy would admit clients that show no certificate at all. */
function authorities(pem: string): string {
  const found = typeof concrete('mutualTls ca', pem) === 'string' ? (pem.match(CERTIFICATE) ?? []) : [];
  const because = found.length === 0 ? 'no PEM certificate stands in it' : found.map(whyNoAuthority).find(Boolean);
  if (because !== undefined || /PRIVATE KEY/.test(pem)) {
    throw new UnsafeConfigurationError({
      code: 'AuthorityInvalid',
      given: `mutualTls ca of ${found.length} certificates`,
      because: because ?? 'a private key stands in it',
      write: "give the PEM certificates of your own authority: readFileSync('ca.pem', 'utf8')",
    });
  }
  return `${found.join('\n')}\n`;
}

function whyNoAuthority(pem: string): string | undefined {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.ca) return `${quote(certificate.subject)} is no certificate of an authority`;
    return Date.parse(certificate.validTo) < Date.now() ? `${quote(certificate.subject)} has expired` : undefined;
  } catch {
    return 'a certificate in it cannot be read';
  }
}

function names(given: readonly string[]): readonly string[] {
  const wrong = Array.isArray(given)
    ? given.find((name) => !HOST_NAME.test(concrete('a certificate name', name)) && !URI_NAME.test(name))
    : given;
  if (!Array.isArray(given) || given.length === 0 || wrong !== undefined) {
    throw new UnsafeConfigurationError({
      code: 'CertificateNamesInvalid',
      given: `mutualTls names ${quote(wrong ?? given)}`,
      because: 'without exact names every certificate of the authority, made for any other purpose, would be accepted',
      write: "list subject alternative names, e.g. ['shop.internal.example.com', 'spiffe://example.com/shop']",
    });
  }
  return [...new Set(given as readonly string[])].sort();
}

/** The bucket may be known only at deployment: it is no part of what is proven. */
function revocationList(uri: string): string {
  if (typeof uri === 'string' && STORE.test(uri) && !uri.includes('*')) return uri;
  throw new UnsafeConfigurationError({
    code: 'RevocationListInvalid',
    given: `mutualTls crl ${quote(uri)}`,
    because: 'without a revocation list a stolen key is good until its certificate expires',
    write:
      "give the object that your authority publishes its list to: 's3://example-ca/ca.crl.pem' on AWS, 'gs://example-ca/ca.crl.pem' on Google Cloud",
  });
}
