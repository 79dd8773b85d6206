import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { callerAttack, type Calls } from '../caller-attack';
import { takesNoTokens } from './each-issuer';
import { goodPath } from '../good-call';
import { plantedSecret, uniqueKey } from '../planted';

/** Calls whose caller shows no credential, or shows it where none belongs. */
export const AUTHENTICATION_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'no-token',
    claim: 'ingress-authenticated',
    attempt: 'call a handler without a credential, and with things that are none',
    expected: 'refused by the proxy before the server is asked',
    calls: (deployment) => {
      const foreign = deployment.issuer.token({ signature: 'foreign' });
      return withoutCredential(deployment, {
        'nothing at all': {},
        'an empty token': { headers: [['authorization', 'Bearer ']] },
        garbage: { headers: [['authorization', `Bearer ${plantedSecret()}`]] },
        'three empty parts': { headers: [['authorization', 'Bearer ..']] },
        'a password': {
          headers: [['authorization', `Basic ${Buffer.from(`admin:${plantedSecret()}`).toString('base64')}`]],
        },
        'another scheme': { headers: [['authorization', `Negotiate ${plantedSecret()}`]] },
        'two headers': {
          headers: [
            ['authorization', `Bearer ${foreign}`],
            ['authorization', `Bearer ${plantedSecret()}`],
          ],
        },
        'claimed identity': {
          headers: [
            ['x-forwarded-user', 'admin'],
            ['x-jwt-payload', 'eyJzdWIiOiJhZG1pbiJ9'],
          ],
        },
        'a sent call': sentCall(deployment),
      });
    },
  }),
  callerAttack({
    id: 'token-elsewhere',
    claim: 'token-header-only',
    attempt: 'show a good token in the query, a cookie, the body or another header instead of Authorization',
    expected: 'refused by the proxy as a call without a token',
    notApplicable: takesNoTokens,
    calls: (deployment) => {
      const token = deployment.issuer.token();
      const key = uniqueKey();
      return {
        query: { key, path: `${goodPath(deployment, key)}?access_token=${token}` },
        cookie: { headers: [['cookie', `access_token=${token}; token=${token}; Authorization=${token}`]] },
        body: { headers: [['content-type', 'application/x-www-form-urlencoded']], body: `access_token=${token}` },
        'x-access-token': { headers: [['x-access-token', token]] },
        'x-authorization': { headers: [['x-authorization', `Bearer ${token}`]] },
        'proxy-authorization': { headers: [['proxy-authorization', `Bearer ${token}`]] },
        'x-forwarded-access-token': { headers: [['x-forwarded-access-token', token]] },
        'x-goog-iap-jwt-assertion': { headers: [['x-goog-iap-jwt-assertion', token]] },
      };
    },
  }),
];

function sentCall(deployment: Deployment): { key: string; path: string } {
  const key = uniqueKey();
  return { key, path: `${goodPath(deployment, key)}/send` };
}

/** Where a certificate is all that is asked for, none is shown; beside tokens it is no credential that would do alone. */
function withoutCredential({ credentials }: Deployment, calls: Calls): Calls {
  if (credentials.issuers.length > 0) return calls;
  const bare = Object.entries(calls).map(([name, call]) => [name, { ...call, certificate: 'none' }] as const);
  return Object.fromEntries(bare);
}
