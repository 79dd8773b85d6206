import { everyScope } from '../../admin-door/role-rights';
import type { Deployment, Issuer } from '../../deployment';
import { type AdminCall, type AdminCalls, adminDoorOf, operatorsToken } from './door';
import { plantedSecret } from '../planted';

const HOUR_SECONDS = 3_600;

/** Credentials that are none, or no longer, or of somebody without a role. */
export function strangersCalls(deployment: Deployment, path: string): AdminCalls {
  const door = adminDoorOf(deployment);
  const good = operatorsToken(deployment);
  const calls: Readonly<Record<string, Partial<AdminCall>>> = {
    'nothing at all': {},
    'an empty token': { headers: [['authorization', 'Bearer ']] },
    garbage: { token: plantedSecret() },
    'a password': { headers: [['authorization', `Basic ${btoa(`admin:${plantedSecret()}`)}`]] },
    'a token in the query': { path: `${path}?access_token=${good}` },
    'a token in a cookie': { headers: [['cookie', `access_token=${good}; authorization=${good}`]] },
    'a token in another header': { headers: [['x-authorization', `Bearer ${good}`]] },
    'a claimed identity': {
      headers: [
        ['x-forwarded-user', 'admin'],
        ['x-jwt-payload', 'eyJzY29wZSI6InJlc3RhdGU6b3BlcmF0ZSJ9'],
      ],
    },
    ...Object.assign({}, ...door.issuers.map((issuer) => forged(deployment, issuer))),
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, { path, ...call }]));
}

function forged(deployment: Deployment, issuer: Issuer): Readonly<Record<string, Partial<AdminCall>>> {
  const { roles, revokedIds } = adminDoorOf(deployment);
  const now = Math.floor(Date.now() / 1_000);
  const scopes = everyScope({ roles });
  const token = (overrides: Parameters<Issuer['token']>[0], held = scopes): Partial<AdminCall> => ({
    token: operatorsToken(deployment, held, overrides, issuer),
  });
  const everybody = roles.some((role) => role.everybody);
  const roleless = everybody ? {} : { 'no scope': token({}, []), 'scopes alike': token({}, scopes.flatMap(alike)) };
  const [revoked] = revokedIds;
  const tokens = {
    'a foreign signature': token({ signature: 'foreign' }),
    'no signature': token({ signature: 'none' }),
    'a signature by the public key': token({ signature: 'hmac-public-key' }),
    'an expired token': token({ claims: { iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS } }),
    'a token without end': token({ claims: { exp: undefined } }),
    'a token of the future': token({ claims: { nbf: now + HOUR_SECONDS, exp: now + 2 * HOUR_SECONDS } }),
    'another issuer': token({ claims: { iss: 'https://attacker.example/' } }),
    'another audience': token({ claims: { aud: 'somebody-else' } }),
    'no audience': token({ claims: { aud: undefined } }),
    ...(revoked === undefined ? {} : { 'a withdrawn key': token({ claims: { jti: revoked } }) }),
    ...roleless,
  };
  return Object.fromEntries(Object.entries(tokens).map(([name, call]) => [`${issuer.name}: ${name}`, call]));
}

function alike(scope: string): readonly string[] {
  return [`${scope}x`, `x${scope}`, scope.slice(0, -1), scope.toUpperCase(), `${scope}:*`, '*'];
}
