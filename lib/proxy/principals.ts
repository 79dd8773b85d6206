import { API_KEY_ISSUER } from '../core/api-keys-auth';
import { type IngressAuth, methodOf } from '../core/ingress-auth';
import { claim, CLAIMS, type Claims } from './claims';
import { allOf, anyOf, not } from './identities';
import type { JsonObject } from './typed-config';

/** Everybody whose credential a door admits; as a principal of a rule that allows. */
export function admitted(auth: IngressAuth): JsonObject {
  const names = methodOf(auth, 'mutualTls')?.names;
  // Without certificates the filter before has refused everybody who has no good token.
  if (names === undefined) return { any: true };
  return anyOf([...tokens(auth).map((token) => bearer(auth, verified(token))), ...names.map(certificate)]);
}

/** Bearers of a good token or API key with a scope. */
export function scoped(auth: IngressAuth, scope: string): JsonObject {
  const hasScope = tokens(auth).map(({ claims }) =>
    claim(claims, 'scope', { list_match: { one_of: { string_match: { exact: scope } } } }),
  );
  return bearer(auth, anyOf(hasScope));
}

/**
 * Holders of a certificate with a name, exactly: the handshake lets a wildcard certificate pass for it.
 *
 * A request has one credential, so nothing else may stand beside it, good or bad. A good token was taken out of its header, and left its
 * claims; what is not even read as a token is still there.
 */
export function certificate(name: string): JsonObject {
  return allOf([
    { authenticated: { principal_name: { exact: name } } },
    ...Object.values(CLAIMS).map((claims) => not(claim(claims, 'iss', { present_match: true }))),
    not({ header: { name: 'authorization', present_match: true } }),
  ]);
}

/** Any certificate: whoever shows none has the empty name. */
const ANY_CERTIFICATE: JsonObject = { authenticated: { principal_name: { safe_regex: { regex: '.+' } } } };

function bearer(auth: IngressAuth, token: JsonObject): JsonObject {
  return methodOf(auth, 'mutualTls') ? allOf([token, not(ANY_CERTIFICATE)]) : token;
}

/** The kinds of tokens that a door admits, with their issuers. */
function tokens(auth: IngressAuth): readonly { readonly claims: Claims; readonly issuer: string }[] {
  const jwt = methodOf(auth, 'jwt');
  return [
    ...(jwt ? [{ claims: CLAIMS.jwt, issuer: jwt.issuer }] : []),
    ...(methodOf(auth, 'apiKeys') ? [{ claims: CLAIMS.apiKeys, issuer: API_KEY_ISSUER }] : []),
  ];
}

function verified({ claims, issuer }: { claims: Claims; issuer: string }): JsonObject {
  return claim(claims, 'iss', { string_match: { exact: issuer } });
}
