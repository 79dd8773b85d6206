import { AdminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import type { JwtAuth } from '../../lib/core/jwt-auth';
import { defineSecurityModel, type IngressPolicy, type SecurityModelProps } from '../../lib/core/security-model';
import { signingKey } from '../core/signing-key';

export const HOSTNAME = 'restate.example.com';
export const ORIGIN = 'https://app.example.com';
export const ISSUER = 'https://login.example.com/';

const KEY = signingKey();

/** Tokens under the key that this policy states inline. */
export const INLINE_AUTH: JwtAuth = IngressAuth.jwt({
  issuer: ISSUER,
  audiences: ['orders'],
  jwks: { keys: [KEY.jwk] },
});

/** Keys that are fetched. */
export const REMOTE_AUTH: JwtAuth = IngressAuth.jwt({
  issuer: ISSUER,
  audiences: ['orders'],
  jwksUri: 'https://login.example.com/keys.json',
});

/** An ingress with one browser origin and inline keys, unless said otherwise. */
export function ingressPolicy(given: Partial<SecurityModelProps['ingress']> = {}): IngressPolicy {
  return defineSecurityModel({
    listeners: [],
    ingress: { auth: INLINE_AUTH, hostnames: [HOSTNAME], corsOrigins: [ORIGIN], ...given },
    admin: AdminAccess.nobody(),
  }).ingress;
}

/** A token that is good in every respect but what is overridden; `undefined` leaves a claim out. */
export function token(claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  return KEY.token({ iss: ISSUER, aud: 'orders', sub: 'alice', iat: now, exp: now + 600, ...claims });
}

/** The Authorization header of a good caller. */
export function bearer(claims: Readonly<Record<string, unknown>> = {}): { authorization: string } {
  return { authorization: `Bearer ${token(claims)}` };
}
