import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { type IngressAuth, methodOf } from '../core/ingress-auth';

/** Where in Amazon S3 the machine fetches the revocation list of callers' certificates. */
export interface RevocationObject {
  /** Name of a bucket in the region of the stack. May be a token. */
  readonly bucket: string;
  readonly key: string;
}

/**
 * What a URL and a policy take as it stands: a policy would read `*` and `?` as wildcards, and clients disagree on how to sign an escape. A
 * bucket that is known only at deployment holds a token.
 */
const OBJECT =
  /^s3:\/\/(?<bucket>(?![.-])(?:[a-z0-9.-]|\$\{Token\[[^\]/]+\]\})+)\/(?<key>(?!(?:.*\/)?\.{0,2}(?:\/|$))[A-Za-z0-9._/-]+)$/;

/**
 * Reads `s3://bucket/key`, where callers show certificates.
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
      'the machine fetches the list from Amazon S3 alone, by the name of a bucket and a key of letters, digits and ._-/',
    write: "publish the list there, e.g. 's3://example-ca/ca.crl.pem'",
  });
}

/** For the policies that admit the machine to it, and to nothing beside it. */
export function revocationObjectArn(scope: Construct, { bucket, key }: RevocationObject): string {
  return Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucket, resourceName: key });
}
