import { quote, UnsafeConfigurationError } from '../core/errors';
import { typedConfig } from './typed-config';

/** Memory of the node that holds the revocation list, at the same path in the proxy's container, which may only read it. */
export const REVOCATION_DIRECTORY = '/run/portcullis/revocation';

/** Name, in that folder, of the file that the proxy reads: a resource of its secret discovery service. */
export const REVOCATION_RESOURCE_FILE = 'sds.json';

/** Name of the secret in that file. */
export const REVOCATION_SECRET = 'revocation';

/** One list in PEM. Base64 needs no escape in JSON. */
const LIST = /-----BEGIN X509 CRL-----\r?\n[A-Za-z0-9+/=\r\n]+-----END X509 CRL-----/g;

/**
 * Renders the exact text of the file that the proxy reads the revocation list from. It takes up another one as soon as that is renamed
 * over the file, and keeps the last good one when the new one cannot be read.
 *
 * Without a list the proxy would revoke nothing and say nothing, and anything else in the file would stand above its configuration: so what
 * is no list is left out.
 *
 * @param crlPem one list for each authority, PEM
 * @throws UnsafeConfigurationError `RevocationListInvalid`
 */
export function renderRevocationResource(crlPem: string): string {
  const lists = crlPem.match(LIST);
  if (lists === null) {
    throw new UnsafeConfigurationError({
      code: 'RevocationListInvalid',
      given: `a revocation list ${quote(crlPem.slice(0, 40))}`,
      because: 'no PEM list stands in it, and without one nothing is revoked',
      write: 'publish the list as PEM: openssl crl -inform DER -in ca.crl -out ca.crl.pem',
    });
  }
  const pem = lists.map((list) => `${list.replaceAll('\r', '')}\n`).join('');
  const secret = typedConfig('transport_sockets.tls.v3.Secret', {
    name: REVOCATION_SECRET,
    validation_context: { crl: { inline_string: pem } },
  });
  return `${JSON.stringify({ resources: [secret] })}\n`;
}
