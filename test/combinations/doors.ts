import type { CallerGrant } from '../../lib/core/caller-grant';
import { IngressAuth, type SingleAuth } from '../../lib/core/ingress-auth';
import { SHOP } from '../aws/mutual-tls';
import { methods } from './options';

const KEY = {
  kty: 'EC',
  crv: 'P-256',
  alg: 'ES256',
  kid: 'operator-1',
  x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
  y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
} as const;
const CART = [{ object: 'Cart', handlers: ['add', 'remove'] }];

/** Scopes of operators. */
export const ROLES = {
  viewer: ['restate:view'],
  deployer: ['restate:deploy'],
  operator: ['restate:operate'],
} as const;

/**
 * The methods of a door, for an audience of its own: what opens one of two doors must not open the other.
 *
 * @param mutualTls with the revocation list where the cloud keeps it
 */
export function authOf(auth: string, audience: string, mutualTls: () => SingleAuth): IngressAuth {
  const issuer = { issuer: 'https://login.example.com/', audiences: [audience] };
  const made: Readonly<Record<string, () => SingleAuth>> = {
    jwt: () => IngressAuth.jwt({ ...issuer, jwks: { keys: [{ ...KEY, kid: 'login-1' }] } }),
    'jwt-fetched': () => IngressAuth.jwt({ ...issuer, jwksUri: 'https://login.example.com/keys.json' }),
    'api-keys': () => IngressAuth.apiKeys({ jwks: { keys: [KEY] }, revoked: ['leaked-in-june'] }),
    'mutual-tls': mutualTls,
  };
  const [first, ...others] = methods(auth).map((method) => made[method]!());
  return others.length === 0 ? first! : IngressAuth.anyOf(first!, ...others);
}

/** Who may call what, if not everybody everything. */
export function callersOf(granted: 'everybody' | 'by-scope' | 'by-certificate'): {
  readonly callers?: readonly CallerGrant[];
} {
  if (granted === 'everybody') return {};
  return {
    callers: [{ ...(granted === 'by-scope' ? { scope: 'cart:write' } : { certificate: SHOP }), handlers: CART }],
  };
}
