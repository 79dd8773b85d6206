import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, unproven } from '../judgement';
import { providerName, tokenClaim } from './token-claim';

/** Whether a token has to be meant for this door. */
export const TOKEN_AUDIENCE_BOUND: CheckedClaim = tokenClaim('token-audience-bound', (provider) =>
  [provider.settings.texts('audiences'), ...provider.otherAudiences].map((audiences) => {
    const name = providerName(provider);
    if (audiences.length === 0) return broken(`${name} names no audience: a token for anything else opens it, too`);
    if (audiences.some((each) => each.trim() === '')) return broken(`${name} takes a token for an empty audience`);
    return holds(`${name} takes tokens for ${audiences.join(', ')} alone`);
  }),
);

/** Whether a token has to come from the issuer that is named, whose keys nobody else shares. */
export const TOKEN_ISSUER_BOUND: CheckedClaim = tokenClaim('token-issuer-bound', (provider, all) => {
  const issuer = provider.settings.text('issuer') ?? '';
  const name = providerName(provider);
  if (issuer === '') return [broken(`${name} names no issuer: whoever has a key of the set may call itself anything`)];
  const keys = inlineKeys(provider);
  const sharing = all.filter(
    (other) =>
      other.door === provider.door &&
      other.name !== provider.name &&
      other.settings.text('issuer') !== issuer &&
      keys !== undefined &&
      inlineKeys(other) === keys,
  );
  if (sharing.length > 0) {
    return [
      broken(
        `${name} takes the keys of ${sharing.map((each) => each.name).join(', ')}: one signs in the name of the other`,
      ),
    ];
  }
  return [holds(`${name} takes tokens of ${issuer} alone`)];
});

function inlineKeys({ settings }: Parameters<typeof providerName>[0]): string | undefined {
  return settings.message('local_jwks')?.text('inline_string');
}

/** A year, for keys that operators make; tokens of an identity provider live for a week at most. */
const LONGEST_LIFE_SECONDS = 366 * 86_400;
const LARGEST_SKEW_SECONDS = 300;

/** Whether a token has to end, and not long after it was made. */
export const TOKEN_EXPIRY_REQUIRED: CheckedClaim = tokenClaim('token-expiry-required', (provider) => {
  const { settings } = provider;
  const name = providerName(provider);
  const life = settings.number('max_lifetime') ?? 0;
  // Sixty seconds where nothing is said: JwtProvider in Envoy's jwt_authn/v3/config.proto.
  const skew = settings.number('clock_skew_seconds') ?? 60;
  if (life === 0) {
    const never = settings.flag('require_expiration') ? '' : ', or never ends,';
    return [broken(`${name} takes a token that lives for ever so long${never}: max_lifetime is not set`)];
  }
  if (life > LONGEST_LIFE_SECONDS) return [broken(`${name} takes tokens that live for ${life} s`)];
  // jwks_cache.cc of Envoy refuses who has no end where max_lifetime is set; its documentation says that this takes precedence, and no more.
  if (!settings.flag('require_expiration'))
    return [
      unproven(`${name} does not say that a token has to end: that max_lifetime says so, too, is not documented`),
    ];
  if (skew > LARGEST_SKEW_SECONDS) return [broken(`${name} takes tokens ${skew} s after their end`)];
  return [holds(`${name} takes tokens that end within ${life} s, forgiving ${skew} s`)];
});

const TOKEN_HEADER = 'authorization';

/** Whether a token is looked for in one header, and nowhere that ends up in logs or comes by itself. */
export const TOKEN_HEADER_ONLY: CheckedClaim = tokenClaim('token-header-only', (provider) => {
  const { settings } = provider;
  const name = providerName(provider);
  const headers = settings.messages('from_headers').map((header) => header.text('name')?.toLowerCase() ?? '');
  const others = [...settings.texts('from_params'), ...settings.texts('from_cookies')];
  if (others.length > 0) return [broken(`${name} also takes a token from ${others.join(', ')} of query or cookies`)];
  if (headers.length === 0) return [broken(`${name} names no header, so a token in the query is taken, too`)];
  if (headers.length > 1) return [broken(`${name} takes a token from several headers: ${headers.join(', ')}`)];
  if (headers.some((header) => header === 'cookie' || header.startsWith(':'))) {
    return [broken(`${name} takes a token from ${headers.join(', ')}`)];
  }
  if (headers[0] !== TOKEN_HEADER)
    return [unproven(`${name} takes a token from ${headers[0]}, which is not the usual header`)];
  if (settings.flag('forward'))
    return [unproven(`${name} leaves the token in the request, and only what stands behind may take it out`)];
  return [holds(`${name} takes a token from the header ${TOKEN_HEADER} alone`)];
});
