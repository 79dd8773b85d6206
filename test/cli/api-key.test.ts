import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { SIGNING_KEY_VARIABLE } from '../../lib/api-key/signing-key-file';
import { run } from '../../lib/cli/run';
import { ApiKeyRegistry } from '../../lib/core/api-key-registry';
import { recordingTerminal } from './recording-terminal';

let folder: string;
let registry: string;
let pem: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-api-key-'));
  registry = join(folder, 'api-keys.json');
  pem = join(folder, 'signing.pem');
});
afterEach(() => {
  delete process.env[SIGNING_KEY_VARIABLE];
  rmSync(folder, { recursive: true });
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function apiKey(...words: readonly string[]): Promise<Said> {
  const terminal = recordingTerminal();
  const code = await run(['api-key', ...words, '--registry', registry], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

function signingKey(output: string = pem): Promise<Said> {
  return apiKey('signing-key', '--output', output);
}

async function create(name: string, ...more: readonly string[]): Promise<string> {
  const words = ['create', '--name', name, '--audience', 'restate.example.com', '--signing-key', pem, ...more];
  const { code, out, err } = await apiKey(...words);
  if (code !== 0) throw new Error(err);
  return out.trim();
}

async function listed(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return JSON.parse((await apiKey('list', '--format', 'json')).out) as Record<string, unknown>[];
}

describe('api-key create', () => {
  test('prints the key alone, which the registered public keys verify, and keeps it nowhere', async () => {
    await signingKey();
    const words = [
      '--name',
      'shop',
      '--audience',
      'restate.example.com',
      '--scope',
      'a',
      '--scope',
      'b',
      '--days',
      '30',
    ];
    const { code, out, err } = await apiKey('create', ...words, '--signing-key', pem);
    expect(code).toBe(0);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const keys = createLocalJWKSet({ keys: [...ApiKeyRegistry.fromFile(registry).jwks.keys] });
    expect((await jwtVerify(out.trim(), keys)).payload).toMatchObject({ sub: 'shop', scope: 'a b' });
    const signature = out.trim().split('.')[2] ?? '';
    expect(err).not.toContain(signature);
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(signature);
    expect(await listed()).toEqual([
      expect.objectContaining({ name: 'shop', scopes: ['a', 'b'], state: 'good', id: decodeJwt(out).jti }),
    ]);
  });

  test('says when the app must be deployed first', async () => {
    await signingKey();
    await create('short');
    expect((await listed())[0]).toMatchObject({ state: 'good' });
    const long = ['create', '--name', 'long', '--audience', 'a.example', '--days', '366', '--signing-key', pem];
    expect((await apiKey(...long)).err).toMatch(/deploy the app with this registry before it is used/);
    expect((await apiKey(...long)).err).toMatch(/accepted as soon as its signing key is deployed/);
  });

  test('takes the signing key from the environment, where no file is named', async () => {
    await signingKey();
    process.env[SIGNING_KEY_VARIABLE] = readFileSync(pem, 'utf8');
    const { code, err } = await apiKey('create', '--name', 'shop', '--audience', 'restate.example.com');
    expect({ code, leaks: err.includes('PRIVATE KEY') }).toEqual({ code: 0, leaks: false });
  });

  test.each([0o640, 0o604, 0o660])('refuses a signing key of mode %o, which others may have read', async (mode) => {
    await signingKey();
    chmodSync(pem, mode);
    await expect(create('shop')).rejects.toThrow(/its mode \d{3} lets others at it.*\[SigningKeyInvalid\]/s);
  });

  test('refuses a folder in place of a signing key', async () => {
    await signingKey();
    await expect(create('shop', '--signing-key', folder)).rejects.toThrow(/EISDIR.*\[SigningKeyInvalid\]/);
  });

  test('refuses a signing key that the registry does not know, because the deployment would', async () => {
    await signingKey();
    const registered = registry;
    registry = join(folder, 'other.json');
    const other = join(folder, 'other.pem');
    await signingKey(other);
    registry = registered;
    await expect(create('shop', '--signing-key', other)).rejects.toThrow(/not in the registry.*\[SigningKeyUnknown\]/);
  });

  test.each([
    ['no registry', [], /no registry that could know it/],
    ['a name of two words', ['--name', 'the shop'], /\[ApiKeyNameInvalid\]/],
    ['a pattern of hosts', ['--audience', '*.example.com'], /\[HostnameInvalid\]/],
    ['no number of days', ['--days', 'ninety'], /no number of days.*\[DurationOutOfRange\]/],
    ['ten years', ['--days', '3650'], /\[DurationOutOfRange\]/],
    ['an unknown option', ['--forever'], /unknown option '--forever'/],
  ])('%s: nothing is printed and nothing changes', async (what, more, message) => {
    await signingKey();
    if (what === 'no registry') rmSync(registry);
    const before = existsSync(registry) ? readFileSync(registry, 'utf8') : '';
    const words = ['create', '--name', 'shop', '--audience', 'restate.example.com', '--signing-key', pem, ...more];
    const { code, out, err } = await apiKey(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(existsSync(registry) ? readFileSync(registry, 'utf8') : '').toBe(before);
  });
});

describe('api-key revoke', () => {
  test.each(['id', 'name'])('by %s has the app refuse the key', async (by) => {
    await signingKey();
    const { jti = '', sub = '' } = decodeJwt(await create('shop'));
    const { code, err } = await apiKey('revoke', by === 'id' ? jti : sub);
    expect(code).toBe(0);
    expect(err).toMatch(/is revoked .* until then it is accepted/);
    expect(ApiKeyRegistry.fromFile(registry).revoked).toEqual([jti]);
    expect((await apiKey('revoke', jti)).err).toMatch(/was revoked on .* already/);
  });

  test('by a name that two good keys have asks which, and a revoked one does not count', async () => {
    await signingKey();
    const ids = [decodeJwt(await create('shop')).jti ?? '', decodeJwt(await create('shop')).jti ?? ''];
    const { code, err } = await apiKey('revoke', 'shop');
    expect(code).toBe(2);
    expect(err).toContain(`name one by its id: ${ids.join(', ')} [ApiKeyAmbiguous]`);
    await apiKey('revoke', ids[0] ?? '');
    expect((await apiKey('revoke', 'shop')).code).toBe(0);
    expect(ApiKeyRegistry.fromFile(registry).revoked).toEqual(ids);
  });

  test('of what is not there is an error', async () => {
    await signingKey();
    expect(await apiKey('revoke', 'nobody')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching('ApiKeyUnknown') as string,
    });
  });
});

describe('api-key list', () => {
  test('shows what each key is worth', async () => {
    await signingKey();
    await create('shop', '--scope', 'orders');
    await create('old');
    await apiKey('revoke', 'old');
    const { out } = await apiKey('list');
    expect(out).toMatch(/^[0-9a-f]{20} +shop +90 days left +restate\.example\.com +\d{4}-\d{2}-\d{2}\n +orders$/m);
    expect(out).toMatch(/^[0-9a-f]{20} +old +revoked \d{4}-\d{2}-\d{2} /m);
  });

  test('without a registry is an error', async () => {
    expect(await apiKey('list')).toMatchObject({ code: 2, out: '' });
  });
});

describe('api-key signing-key', () => {
  test('writes the key for its owner alone, and its public half into the registry', async () => {
    const { code, out, err } = await signingKey();
    expect({ code, out, mode: statSync(pem).mode & 0o777 }).toEqual({ code: 0, out: '', mode: 0o600 });
    expect(err + readFileSync(registry, 'utf8')).not.toContain('PRIVATE');
    expect(JSON.parse(readFileSync(registry, 'utf8')).jwks.keys[0]).not.toHaveProperty('d');
  });

  test('writes it to stdout alone when asked to, for a store of secrets', async () => {
    const { out } = await signingKey('-');
    expect(out).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(readdirSync(folder)).toEqual(['api-keys.json']);
  });

  test('never overwrites one, and then changes no registry', async () => {
    await signingKey();
    const before = [pem, registry].map((file) => readFileSync(file, 'utf8'));
    expect(await signingKey()).toMatchObject({ code: 2, err: expect.stringMatching('exists already') as string });
    expect([pem, registry].map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  test('leaves no key behind that no registry knows', async () => {
    writeFileSync(registry, '{');
    expect((await signingKey()).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['api-keys.json']);
  });

  test('is rotated: two stand side by side, and the old one goes when its keys are replaced', async () => {
    await signingKey();
    const old = decodeJwt(await create('shop')).jti;
    const [first = ''] = ApiKeyRegistry.fromFile(registry).jwks.keys.map(({ kid }) => kid ?? '');
    await signingKey(join(folder, 'next.pem'));
    expect(ApiKeyRegistry.fromFile(registry).jwks.keys).toHaveLength(2);
    expect(await apiKey('signing-key', '--retire', first)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/still good are signed with it: shop.*\[SigningKeyNeeded\]/) as string,
    });
    await create('shop', '--signing-key', join(folder, 'next.pem'));
    await apiKey('revoke', old ?? '');
    expect((await apiKey('signing-key', '--retire', first)).code).toBe(0);
    expect(ApiKeyRegistry.fromFile(registry).jwks.keys.map(({ kid }) => kid)).not.toContain(first);
  });

  test('one that was stolen is retired with its keys, and never the last one', async () => {
    await signingKey();
    await create('shop');
    const [first = ''] = ApiKeyRegistry.fromFile(registry).jwks.keys.map(({ kid }) => kid ?? '');
    expect((await apiKey('signing-key', '--retire', first, '--with-its-keys')).err).toMatch(/it is the only one/);
    await signingKey(join(folder, 'next.pem'));
    expect((await apiKey('signing-key', '--retire', first, '--with-its-keys')).code).toBe(0);
    expect(await listed()).toEqual([expect.objectContaining({ name: 'shop', state: 'revoked' })]);
    expect((await apiKey('signing-key', '--retire', first)).err).toMatch(/\[SigningKeyUnknown\]/);
    expect((await apiKey('signing-key', '--with-its-keys')).code).toBe(2);
  });
});
