import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeyRegistry, parseApiKeyRegistry } from '../../lib/core/api-key-registry';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const { jwk } = signingKey();
const KEY = {
  id: 'aaaaaaaaaaaaaaaaaaaa',
  name: 'shop',
  audiences: ['restate.example.com'],
  scopes: ['orders'],
  signedWith: 'k1',
  created: '2026-01-01T00:00:00Z',
  expires: '2026-02-01T00:00:00Z',
};
const REGISTRY = { version: 1, jwks: { keys: [jwk] }, apiKeys: [KEY] };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portcullis-registry-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function fromFile(registry: object): ReturnType<typeof ApiKeyRegistry.fromFile> {
  const file = join(folder, 'api-keys.json');
  writeFileSync(file, JSON.stringify(registry));
  return ApiKeyRegistry.fromFile(file);
}

describe('a registry of API keys', () => {
  test('is what IngressAuth.apiKeys takes', () => {
    const revoked = { ...KEY, id: 'bbbbbbbbbbbbbbbbbbbb', revoked: '2026-01-02T00:00:00Z' };
    expect(IngressAuth.apiKeys(fromFile({ ...REGISTRY, apiKeys: [KEY, revoked] }))).toEqual({
      method: 'apiKeys',
      jwks: { keys: [jwk] },
      revoked: ['bbbbbbbbbbbbbbbbbbbb'],
      maxLifetimeSeconds: 90 * 86_400,
    });
  });

  test.each([
    ['a key that is good for longer than 90 days', {}, 365 * 86_400],
    ['not a revoked one', { revoked: '2026-01-02T00:00:00Z' }, 90 * 86_400],
  ])('widens the longest life for %s', (_what, change, seconds) => {
    const key = { ...KEY, expires: '2027-01-01T00:00:00Z', ...change };
    expect(fromFile({ ...REGISTRY, apiKeys: [key] }).maxLifetimeSeconds).toBe(seconds);
  });

  test('that is not there is refused', () => {
    expect(refusal(() => ApiKeyRegistry.fromFile(join(folder, 'absent.json'))).code).toBe('ApiKeyRegistryInvalid');
  });

  test.each([
    ['no JSON', '{', 'ApiKeyRegistryInvalid'],
    ['nothing', 'null', 'OptionMissing'],
    ['another version', { ...REGISTRY, version: 2 }, 'ApiKeyRegistryInvalid'],
    ['a member that nobody reads', { ...REGISTRY, revoked: [] }, 'OptionUnknown'],
    ['no keys', { version: 1, jwks: { keys: [jwk] } }, 'ApiKeyRegistryInvalid'],
    ['no signing keys', { ...REGISTRY, jwks: { keys: [] } }, 'JwksInvalid'],
    ['a private key', { ...REGISTRY, jwks: { keys: [{ ...jwk, d: 'secret' }] } }, 'JwksInvalid'],
    ['a misspelt revocation', { ...REGISTRY, apiKeys: [{ ...KEY, revokd: KEY.created }] }, 'OptionUnknown'],
    ['one id twice', { ...REGISTRY, apiKeys: [KEY, KEY] }, 'ApiKeyRegistryInvalid'],
    ['no id', { ...REGISTRY, apiKeys: [{ ...KEY, id: 'x' }] }, 'ApiKeyRegistryInvalid'],
    ['no name', { ...REGISTRY, apiKeys: [{ ...KEY, name: 'two words' }] }, 'ApiKeyRegistryInvalid'],
    ['no scopes', { ...REGISTRY, apiKeys: [{ ...KEY, scopes: undefined }] }, 'ApiKeyRegistryInvalid'],
    ['an audience that is no host name', { ...REGISTRY, apiKeys: [{ ...KEY, audiences: ['*'] }] }, 'HostnameInvalid'],
    ['a scope that is none', { ...REGISTRY, apiKeys: [{ ...KEY, scopes: ['a b'] }] }, 'ScopeInvalid'],
    [
      'a day that is none',
      { ...REGISTRY, apiKeys: [{ ...KEY, expires: '2026-02-40T00:00:00Z' }] },
      'ApiKeyRegistryInvalid',
    ],
    ['a revocation at no time', { ...REGISTRY, apiKeys: [{ ...KEY, revoked: true }] }, 'ApiKeyRegistryInvalid'],
  ])('with %s is refused', (_what, registry, code) => {
    const text = typeof registry === 'string' ? registry : JSON.stringify(registry);
    expect(refusal(() => parseApiKeyRegistry(text, 'api-keys.json')).code).toBe(code);
  });
});
