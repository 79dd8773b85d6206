import { API_KEY_ISSUER, type ApiKeysAuth } from '../../lib/core/api-keys-auth';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { signingKey } from '../core/signing-key';
import { HOSTNAME } from './policy';

const KEY = signingKey('operator-1');

export const REVOKED_BEFORE = 'key-withdrawn-before';
export const REVOKED_ID = 'key-withdrawn';

/** API keys under the key that this policy states; two are withdrawn. */
export const API_KEYS: ApiKeysAuth = IngressAuth.apiKeys({
  jwks: { keys: [KEY.jwk] },
  revoked: [REVOKED_BEFORE, REVOKED_ID],
});

/** The Authorization header of a good API key but for what is overridden; `undefined` leaves a claim out. */
export function apiKey(claims: Readonly<Record<string, unknown>> = {}): { authorization: string } {
  const now = Math.floor(Date.now() / 1_000);
  const good = {
    iss: API_KEY_ISSUER,
    aud: HOSTNAME,
    sub: 'warehouse',
    jti: 'key-00000001',
    iat: now,
    exp: now + 86_400,
  };
  return { authorization: `Bearer ${KEY.token({ ...good, ...claims })}` };
}
