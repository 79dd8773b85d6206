import type { Stack } from 'aws-cdk-lib';
import { IngressAuth } from '../../lib/aws';
import { signingKey } from '../core/signing-key';
import { mutualTls, mutualTlsAuth } from './mutual-tls';
import { adminDoor, type Asked } from './template-of';

/** Keys of callers' API keys. */
export const KEYS = { jwks: { keys: [signingKey().jwk] } };

/** Every door and every credential that something is measured of. */
export function everything(stack: Stack): Asked {
  const auth = IngressAuth.anyOf(mutualTlsAuth(), IngressAuth.apiKeys(KEYS));
  return { ...adminDoor(stack), ingress: { ...mutualTls(stack).ingress, auth } };
}
