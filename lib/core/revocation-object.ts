import { quote, UnsafeConfigurationError } from './errors';
import { type IngressAuth, methodOf } from './ingress-auth';

/** Where in its cloud's store the machine fetches the revocation list of callers' certificates. */
export interface RevocationObject {
  /** Name of a bucket. May be a token. */
  readonly bucket: string;
  readonly key: string;
}

/** A store of objects, as its cloud speaks of it. */
export interface ObjectStore {
  readonly name: string;
  /** Of its URLs. */
  readonly scheme: string;
  /** What names of buckets are made of. */
  readonly bucket: RegExp;
  /** What it calls the name of an object. */
  readonly key: string;
}

/** A name that is known only at deployment. */
const TOKEN = /\$\{(?:Tf)?Token\[[^\]/]+\]\}/g;
/** What a URL and a policy take as it stands: a policy would read `*` and `?` as wildcards, and clients disagree on how to sign an escape. */
const KEY = /^(?!(?:.*\/)?\.{0,2}(?:\/|$))[A-Za-z0-9._/-]+$/;

/**
 * Reads the URL of the revocation list, `s3://bucket/key`, where callers show certificates.
 *
 * @throws UnsafeConfigurationError `RevocationListElsewhere`
 */
export function revocationObjectIn(store: ObjectStore, auth: IngressAuth): RevocationObject | undefined {
  const uri = methodOf(auth, 'mutualTls')?.crl;
  if (uri === undefined) return undefined;
  const { scheme, bucket = '', key = '' } = /^(?<scheme>\w+):\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(uri)?.groups ?? {};
  if (scheme === store.scheme && store.bucket.test(bucket.replaceAll(TOKEN, 'token')) && KEY.test(key)) {
    return { bucket, key };
  }
  throw new UnsafeConfigurationError({
    code: 'RevocationListElsewhere',
    given: `mutualTls crl ${quote(uri)}`,
    because: `the machine fetches the list from ${store.name} alone, by the name of a bucket and a ${store.key} of letters, digits and ._-/`,
    write: `publish the list there, e.g. '${store.scheme}://example-ca/ca.crl.pem'`,
  });
}
