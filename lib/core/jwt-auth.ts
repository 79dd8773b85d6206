import { concrete } from './concrete';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { refuseUnknownOptions } from './known-options';
import { publicKeys, type PublicJwk } from './public-jwk';
import { wholeSeconds } from './whole-seconds';

/** Where the issuer's signing keys come from. */
export type SigningKeys =
  | { readonly source: 'remote'; readonly uri: string }
  | { readonly source: 'inline'; readonly jwks: { readonly keys: readonly PublicJwk[] } };

/** Bearer tokens of an OpenID Connect issuer, verified by the proxy. */
export interface JwtAuth {
  readonly method: 'jwt';
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: SigningKeys;
  readonly maxLifetimeSeconds: number;
  readonly clockSkewSeconds: number;
}

/** Options of {@link jwtAuth}: exactly one of `jwksUri` and `jwks`. */
export type JwtOptions = {
  /** The `iss` of every token, exactly as the issuer writes it. An https URL. */
  readonly issuer: string;
  /** Accepted values of `aud`; a token must hold one of them. At least one. */
  readonly audiences: readonly string[];
  /**
   * The longest life (exp minus iat or now) of an accepted token, in seconds: 60 to 604800.
   *
   * @default 86400
   */
  readonly maxLifetimeSeconds?: number;
  /**
   * How far the clocks of issuer and proxy may differ, in seconds: 1 to 300 (Envoy reads 0 as its own 60). It also
   * prolongs an expired token by as much.
   *
   * @default 60
   */
  readonly clockSkewSeconds?: number;
} & (
  | {
      /** The issuer's key set over https, by name and on port 443. The proxy then needs a way out to public 443, which every report shows as `accepted`. */
      readonly jwksUri: string;
      readonly jwks?: never;
    }
  | {
      /** The issuer's public keys themselves. Nothing is fetched, so the node needs no way out; rotating a key is a deployment. */
      readonly jwks: { readonly keys: readonly PublicJwk[] };
      readonly jwksUri?: never;
    }
);

const JWT_OPTIONS = ['issuer', 'audiences', 'jwksUri', 'jwks', 'maxLifetimeSeconds', 'clockSkewSeconds'];

/**
 * Bearer tokens: signature, issuer, audience, expiry and lifetime are verified by the proxy; the token goes no further than the proxy.
 *
 * Callers send `Authorization: Bearer <token>`, the scheme in this spelling, once. A token for another audience is answered 403,
 * anything else that is wrong with it 401; why stands in the proxy's log alone. Of an audience that is a URL, scheme and final
 * slash do not count.
 *
 * @throws UnsafeConfigurationError `IssuerInvalid`, `AudiencesMissing`, `JwksUriInvalid`, `JwksInvalid`, `DurationOutOfRange`,
 * `OptionUnknown`, `ValueNotConcrete`
 * @see https://docs.restate.dev/server/security "a reverse proxy that authenticates callers"
 */
export function jwtAuth(options: JwtOptions): JwtAuth {
  refuseUnknownOptions('IngressAuth.jwt', options, JWT_OPTIONS);
  return deepFreeze({
    method: 'jwt',
    issuer: httpsUrl('IssuerInvalid', 'jwt issuer', options.issuer),
    audiences: audiences(options.audiences),
    keys: signingKeys(options),
    maxLifetimeSeconds: wholeSeconds('maxLifetimeSeconds', options.maxLifetimeSeconds ?? 86_400, 60, 604_800),
    clockSkewSeconds: wholeSeconds('clockSkewSeconds', options.clockSkewSeconds ?? 60, 1, 300),
  });
}

function signingKeys(options: JwtOptions): SigningKeys {
  if ((options.jwks === undefined) === (options.jwksUri === undefined)) {
    throw new UnsafeConfigurationError({
      code: 'JwksInvalid',
      given: 'IngressAuth.jwt needs exactly one of jwksUri and jwks',
      because: 'without keys no token can be verified, and two sources can disagree',
      write: "write jwksUri: 'https://...' to fetch the issuer's keys, or jwks: { keys: [...] } to state them",
    });
  }
  if (options.jwksUri !== undefined) {
    return { source: 'remote', uri: jwksUri(options.jwksUri) };
  }
  return { source: 'inline', jwks: { keys: publicKeys(options.jwks.keys) } };
}

function audiences(values: readonly string[]): readonly string[] {
  if (
    !Array.isArray(values) ||
    values.length === 0 ||
    values.some((value) => concrete('an audience', value).trim() === '')
  ) {
    throw new UnsafeConfigurationError({
      code: 'AudiencesMissing',
      given: `jwt audiences ${quote(values)}`,
      because: 'without an audience every token of the issuer, made for any other application, would be accepted',
      write: "name the audience that your callers ask for, e.g. audiences: ['orders']",
    });
  }
  return [...values];
}

/** What a URL reader would strip or turn (blanks, control characters, backslashes) two readers turn differently. */
const VISIBLE_ASCII = /^[\x21-\x5b\x5d-\x7e]+$/;

/** A password that was pasted with the URL stays out of the message. */
const URL_USER_INFO = /:[/\\]*[^/?#]*@/;

function httpsUrl(code: string, what: string, value: string): string {
  concrete(what, value);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    !VISIBLE_ASCII.test(value) ||
    url?.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    url.hash !== ''
  ) {
    throw new UnsafeConfigurationError({
      code,
      given: `${what} ${quote(URL_USER_INFO.test(value) ? value.replace(URL_USER_INFO, '://...@') : value)}`,
      because: 'keys and tokens are only as good as the connection and the name that they come from',
      write: "give an https URL without credentials or fragment, e.g. 'https://login.example.com/'",
    });
  }
  return value;
}

/** The way out leads to 443 alone, and an address has no name that a public authority vouches for. */
function jwksUri(value: string): string {
  const { hostname, port } = new URL(httpsUrl('JwksUriInvalid', 'jwksUri', value));
  if (port !== '' || hostname.startsWith('[') || /^[0-9.]+$/.test(hostname) || !hostname.includes('.')) {
    throw new UnsafeConfigurationError({
      code: 'JwksUriInvalid',
      given: `jwksUri ${quote(value)}`,
      because: 'keys are fetched from a public name on port 443, whose certificate is verified',
      write: "give a URL like 'https://login.example.com/keys.json', or state the keys themselves as jwks",
    });
  }
  return value;
}
