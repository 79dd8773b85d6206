import { readFileSync } from 'node:fs';
import { type ApiKeysOptions, KEY_ID } from './api-keys-auth';
import { scope } from './caller-grant';
import { quote, UnsafeConfigurationError } from './errors';
import { hostnames } from './hostnames';
import { refuseUnknownOptions } from './known-options';
import { publicKeys, type PublicJwk } from './public-jwk';

/** What is known of an API key. The key itself is nowhere: whoever made it has it. */
export interface RegisteredApiKey {
  readonly id: string;
  /** Whose key it is, as access logs show it. */
  readonly name: string;
  /** Host names of the doors that it opens. */
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  /** The `kid` of the key that it is signed with. */
  readonly signedWith: string;
  /** Times are UTC, to the second: `2026-11-22T12:00:00Z`. */
  readonly created: string;
  readonly expires: string;
  /** Absent: it was not revoked. */
  readonly revoked?: string;
}

/** The file that `portcullis api-key` keeps. Public throughout: it belongs into version control, beside the app. */
export interface ApiKeyRegistry {
  readonly version: 1;
  /** The public halves of the signing keys. Two of them while one takes the place of the other. */
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  readonly apiKeys: readonly RegisteredApiKey[];
}

/** Names of keys: one word that stands in logs and on a command line as it is. */
export const API_KEY_NAME: RegExp = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

const MEMBERS = ['version', 'jwks', 'apiKeys'];
const KEY_MEMBERS = ['id', 'name', 'audiences', 'scopes', 'signedWith', 'created', 'expires', 'revoked'];
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const DEFAULT_LIFETIME_SECONDS = 90 * 86_400;

/** Reads what `portcullis api-key` wrote. */
export const ApiKeyRegistry = {
  /**
   * The registry as `IngressAuth.apiKeys` takes it: the public keys, the ids of the keys that were revoked, and the longest life of the
   * others, 90 days where none is longer.
   *
   * @param file `api-keys.json`, from the folder that the app is run in
   * @throws UnsafeConfigurationError `ApiKeyRegistryInvalid`, `JwksInvalid`, `HostnameInvalid`, `ScopeInvalid`
   */
  fromFile(file: string): ApiKeysOptions {
    const registry = parseApiKeyRegistry(readText(file), file);
    return {
      jwks: registry.jwks,
      revoked: registry.apiKeys.filter(({ revoked }) => revoked !== undefined).map(({ id }) => id),
      maxLifetimeSeconds: maxLifetimeSeconds(registry),
    };
  },
} as const;

/**
 * Reads the text of a registry and refuses what `portcullis api-key` would not have written.
 *
 * @throws UnsafeConfigurationError the codes of {@link ApiKeyRegistry.fromFile}
 */
export function parseApiKeyRegistry(text: string, file: string): ApiKeyRegistry {
  const { version, jwks, apiKeys } = parsed(text, file);
  if (version !== 1) throw invalid(file, `its version is ${quote(version)}, and this release knows version 1`);
  if (!Array.isArray(apiKeys)) throw invalid(file, 'it lists no apiKeys');
  const keys = publicKeys(jwks?.keys ?? []);
  const ids = apiKeys.map((key) => checked(key, file).id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(file, `two of its keys have the id ${quote(twice)}`);
  return { version, jwks: { keys }, apiKeys };
}

/** The longest life of a key that a deployment with this registry accepts, in seconds. */
export function maxLifetimeSeconds({ apiKeys }: ApiKeyRegistry): number {
  const lives = apiKeys
    .filter(({ revoked }) => revoked === undefined)
    .map(({ created, expires }) => (Date.parse(expires) - Date.parse(created)) / 1_000);
  return Math.max(DEFAULT_LIFETIME_SECONDS, ...lives);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid(file, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parsed(text: string, file: string): ApiKeyRegistry {
  let registry: unknown;
  try {
    registry = JSON.parse(text);
  } catch {
    throw invalid(file, 'it is no JSON');
  }
  refuseUnknownOptions(`the API key registry ${file}`, registry as object, MEMBERS);
  return registry as ApiKeyRegistry;
}

/** Whoever misspells `revoked` by hand would have a key live on that is believed to be dead. */
function checked(key: RegisteredApiKey, file: string): RegisteredApiKey {
  refuseUnknownOptions(`an API key of ${file}`, key, KEY_MEMBERS);
  const { id, name, audiences, scopes, signedWith, created, expires, revoked } = key;
  const times = [created, expires, ...(revoked === undefined ? [] : [revoked])];
  if (typeof id !== 'string' || !KEY_ID.test(id)) throw invalid(file, 'a key of it has no id');
  if (typeof name !== 'string' || !API_KEY_NAME.test(name)) throw invalid(file, `the key ${id} has no name`);
  if (typeof signedWith !== 'string' || !Array.isArray(scopes)) throw invalid(file, `the key ${id} is not whole`);
  if (!times.every((time) => typeof time === 'string' && TIME.test(time) && !Number.isNaN(Date.parse(time)))) {
    throw invalid(file, `the key ${id} has a time that is none`);
  }
  hostnames('API key', audiences);
  scopes.forEach(scope);
  return key;
}

function invalid(file: string, because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'ApiKeyRegistryInvalid',
    given: `the API key registry ${quote(file)}`,
    because,
    write: 'begin one with `portcullis api-key signing-key`, or take the last good one from version control',
  });
}
