import type { ApiKeyRegistry, RegisteredApiKey } from '../core/api-key-registry';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { utc } from './api-key';
import type { SigningKey } from './signing-key';

/** A registry that knows a signing key; a new one where there was none. */
export function withSigningKey(registry: ApiKeyRegistry | undefined, { publicJwk }: SigningKey): ApiKeyRegistry {
  const { jwks, apiKeys } = registry ?? { jwks: { keys: [] }, apiKeys: [] };
  return { version: 1, jwks: { keys: [...jwks.keys, publicJwk] }, apiKeys };
}

/**
 * A registry without a signing key: what is signed with it is refused from the next deployment on, so its keys are marked as revoked.
 *
 * @param withItsKeys whether keys that are still good may go with it
 * @throws UnsafeConfigurationError `SigningKeyUnknown`, `SigningKeyNeeded`
 */
export function withoutSigningKey(
  registry: ApiKeyRegistry,
  kid: string,
  { withItsKeys, now }: { readonly withItsKeys: boolean; readonly now: number },
): ApiKeyRegistry {
  const { jwks, apiKeys } = registry;
  const rest = jwks.keys.filter((key) => key.kid !== kid);
  if (rest.length === jwks.keys.length) {
    throw new UnsafeConfigurationError({
      code: 'SigningKeyUnknown',
      given: `the signing key ${quote(kid)}`,
      because: 'the registry has none of that id',
      write: `choose among ${jwks.keys.map((key) => key.kid).join(', ')}`,
    });
  }
  const good = apiKeys.filter((key) => key.signedWith === kid && stateOf(key, now) === 'good');
  if (rest.length === 0)
    throw needed(kid, 'it is the only one', 'make the next one first: `portcullis api-key signing-key`');
  if (good.length > 0 && !withItsKeys) {
    const names = [...new Set(good.map(({ name }) => name))].join(', ');
    throw needed(
      kid,
      `keys that are still good are signed with it: ${names}`,
      'replace them first, or add --with-its-keys',
    );
  }
  const dead = apiKeys.map((key) => (good.includes(key) ? { ...key, revoked: utc(Math.floor(now / 1_000)) } : key));
  return { version: 1, jwks: { keys: rest }, apiKeys: dead };
}

/**
 * A registry that knows an API key.
 *
 * @throws UnsafeConfigurationError `SigningKeyUnknown` where the deployment would refuse it
 */
export function withApiKey(registry: ApiKeyRegistry | undefined, key: RegisteredApiKey): ApiKeyRegistry {
  if (registry?.jwks.keys.some(({ kid }) => kid === key.signedWith) === true) {
    return { ...registry, apiKeys: [...registry.apiKeys, key] };
  }
  throw new UnsafeConfigurationError({
    code: 'SigningKeyUnknown',
    given: `the signing key ${quote(key.signedWith)}`,
    because:
      registry === undefined ? 'there is no registry that could know it' : 'its public half is not in the registry',
    write: 'sign with another, or begin with `portcullis api-key signing-key`',
  });
}

/**
 * A registry in which a key is revoked, and the key as it was.
 *
 * @param word its id, or its name where one good key has that name
 * @throws UnsafeConfigurationError `ApiKeyUnknown`, `ApiKeyAmbiguous`
 */
export function withoutApiKey(
  registry: ApiKeyRegistry,
  word: string,
  now: number,
): { readonly registry: ApiKeyRegistry; readonly key: RegisteredApiKey } {
  const key = findKey(registry, word, now);
  const revoked = { ...key, revoked: key.revoked ?? utc(Math.floor(now / 1_000)) };
  return { registry: { ...registry, apiKeys: registry.apiKeys.map((each) => (each === key ? revoked : each)) }, key };
}

/** What a key is worth: `good`, or why it is not. */
export function stateOf({ revoked, expires }: RegisteredApiKey, now: number): 'good' | 'expired' | 'revoked' {
  if (revoked !== undefined) return 'revoked';
  return Date.parse(expires) > now ? 'good' : 'expired';
}

function findKey({ apiKeys }: ApiKeyRegistry, word: string, now: number): RegisteredApiKey {
  const byId = apiKeys.find(({ id }) => id === word);
  if (byId !== undefined) return byId;
  const named = apiKeys.filter(({ name }) => name === word);
  const good = named.filter((key) => stateOf(key, now) === 'good');
  const [first, ...others] = good.length > 0 ? good : named;
  if (first !== undefined && others.length === 0) return first;
  const several = [first, ...others].flatMap((key) => (key === undefined ? [] : [key.id]));
  throw new UnsafeConfigurationError({
    code: first === undefined ? 'ApiKeyUnknown' : 'ApiKeyAmbiguous',
    given: `the API key ${quote(word)}`,
    because: first === undefined ? 'the registry has none of that id or name' : 'several keys have that name',
    write: first === undefined ? 'see `portcullis api-key list`' : `name one by its id: ${several.join(', ')}`,
  });
}

function needed(kid: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'SigningKeyNeeded',
    given: `the signing key ${quote(kid)}`,
    because,
    write,
  });
}
