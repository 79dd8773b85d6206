import type { IngressAuth } from '../../core/ingress-auth';
import { type ObjectStore, type RevocationObject, revocationObjectIn } from '../../core/revocation-object';

const CLOUD_STORAGE: ObjectStore = {
  name: 'Cloud Storage',
  scheme: 'gs',
  bucket: /^(?![.-])[a-z0-9._-]+$/,
  key: 'name',
};

/** @throws UnsafeConfigurationError `RevocationListElsewhere` */
export function revocationObject(auth: IngressAuth): RevocationObject | undefined {
  return revocationObjectIn(CLOUD_STORAGE, auth);
}
