import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IngressAuth } from '../core/ingress-auth';
import { type ObjectStore, type RevocationObject, revocationObjectIn } from '../core/revocation-object';

/** The bucket is one in the region of the stack. */
const S3: ObjectStore = { name: 'Amazon S3', scheme: 's3', bucket: /^(?![.-])[a-z0-9.-]+$/, key: 'key' };

/** @throws UnsafeConfigurationError `RevocationListElsewhere` */
export function revocationObject(auth: IngressAuth): RevocationObject | undefined {
  return revocationObjectIn(S3, auth);
}

/** For the policies that admit the machine to it, and to nothing beside it. */
export function revocationObjectArn(scope: Construct, { bucket, key }: RevocationObject): string {
  return Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucket, resourceName: key });
}
