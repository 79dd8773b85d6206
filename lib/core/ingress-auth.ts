import { type ApiKeysAuth, apiKeysAuth, type ApiKeysOptions } from './api-keys-auth';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { type JwtAuth, jwtAuth, type JwtOptions } from './jwt-auth';
import { type MutualTlsAuth, mutualTlsAuth, type MutualTlsOptions } from './mutual-tls-auth';

/** One way of showing who one is. */
export type SingleAuth = JwtAuth | ApiKeysAuth | MutualTlsAuth;

/** Several ways, of which a caller uses exactly one. */
export interface AnyOfAuth {
  readonly method: 'anyOf';
  /** At least two, of different methods. */
  readonly methods: readonly SingleAuth[];
}

/** How a caller at the ingress shows who it is. A closed set, without a `none`. */
export type IngressAuth = SingleAuth | AnyOfAuth;

/** The factories of {@link IngressAuth}. */
export const IngressAuth = {
  /** Bearer tokens of an OpenID Connect issuer: see {@link jwtAuth}. */
  jwt: (options: JwtOptions): JwtAuth => jwtAuth(options),

  /** API keys that an operator signs: see {@link apiKeysAuth}. */
  apiKeys: (options: ApiKeysOptions): ApiKeysAuth => apiKeysAuth(options),

  /** Client certificates: see {@link mutualTlsAuth}. */
  mutualTls: (options: MutualTlsOptions): MutualTlsAuth => mutualTlsAuth(options),

  /**
   * Any one of several methods, each at most once. What is shown must be good: a bad credential beside a good one is refused, and none of
   * them travels on. Two good ones are refused as well, with 403; and where certificates are among the ways, so is whoever shows nothing.
   *
   * @throws UnsafeConfigurationError `MethodsInvalid`
   */
  anyOf(...methods: readonly SingleAuth[]): AnyOfAuth {
    const kinds = methods.map(({ method }) => method as string);
    if (methods.length < 2 || new Set(kinds).size < methods.length || kinds.includes('anyOf')) {
      throw new UnsafeConfigurationError({
        code: 'MethodsInvalid',
        given: `IngressAuth.anyOf of ${quote(kinds)}`,
        because: 'it is a choice among at least two methods, each of which has one set of keys',
        write: 'give two or three of IngressAuth.jwt, .apiKeys and .mutualTls, each once',
      });
    }
    return deepFreeze({ method: 'anyOf', methods: [...methods] });
  },
} as const;

/** The ways that a door admits, one or several. */
export function methodsOf(auth: IngressAuth): readonly SingleAuth[] {
  return auth.method === 'anyOf' ? auth.methods : [auth];
}

/** The way of one method, where a door admits it. */
export function methodOf<Method extends SingleAuth['method']>(
  auth: IngressAuth,
  method: Method,
): Extract<SingleAuth, { method: Method }> | undefined {
  return methodsOf(auth).find((each): each is Extract<SingleAuth, { method: Method }> => each.method === method);
}

/**
 * Validates what callers must show, once more: the types have no secret, so that a copy with other members (no audiences, no limit) or an
 * object written by hand is as good to the compiler as what a factory made.
 *
 * @throws UnsafeConfigurationError the codes of the factories of {@link IngressAuth}, and `AuthInvalid` for a method that there is none of
 */
export function ingressAuth(auth: IngressAuth): IngressAuth {
  if (auth?.method === 'anyOf') return IngressAuth.anyOf(...auth.methods.map(singleAuth));
  return singleAuth(auth);
}

function singleAuth(auth: SingleAuth): SingleAuth {
  switch (auth?.method) {
    case 'jwt': {
      const { method: _method, keys, ...rest } = auth;
      return jwtAuth({ ...rest, ...(keys.source === 'remote' ? { jwksUri: keys.uri } : { jwks: keys.jwks }) });
    }
    case 'apiKeys': {
      const { method: _method, ...rest } = auth;
      return apiKeysAuth(rest);
    }
    case 'mutualTls': {
      const { method: _method, ...rest } = auth;
      return mutualTlsAuth(rest);
    }
    default:
      throw new UnsafeConfigurationError({
        code: 'AuthInvalid',
        given: `auth ${quote((auth as { method?: unknown } | undefined)?.method)}`,
        because: 'a door without a known way to show who one is would be open',
        write: 'use IngressAuth.jwt, .apiKeys, .mutualTls or .anyOf',
      });
  }
}
