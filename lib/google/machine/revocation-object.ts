import { quote, UnsafeConfigurationError } from '../../core/errors';
import { type IngressAuth, methodOf } from '../../core/ingress-auth';

/** Where in Cloud Storage the machine fetches the revocation list of callers' certificates. */
export interface RevocationObject {
  /** Name of a bucket. May be a token. */
  readonly bucket: string;
  readonly key: string;
}

/** What a URL takes as it stands. A bucket that is known only at deployment is a token. */
const OBJECT =
  /^gs:\/\/(?<bucket>(?![.-])(?:[a-z0-9._-]|\$\{TfToken\[[^\]/]+\]\})+)\/(?<key>(?!(?:.*\/)?\.{0,2}(?:\/|$))[A-Za-z0-9._/-]+)$/;

/**
 * Reads `gs://bucket/key`, where callers show certificates.
 *
 * @throws UnsafeConfigurationError `RevocationListElsewhere`
 */
export function revocationObject(auth: IngressAuth): RevocationObject | undefined {
  const uri = methodOf(auth, 'mutualTls')?.crl;
  if (uri === undefined) return undefined;
  const { bucket, key } = OBJECT.exec(uri)?.groups ?? {};
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new UnsafeConfigurationError({
    code: 'RevocationListElsewhere',
    given: `mutualTls crl ${quote(uri)}`,
    because:
      'the machine fetches the list from Cloud Storage alone, by the name of a bucket and a name of letters, digits and ._-/',
    write: "publish the list there, e.g. 'gs://example-ca/ca.crl.pem'",
  });
}
