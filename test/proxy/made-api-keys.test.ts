import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import { ApiKeyRegistry } from '../../lib/core/api-key-registry';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { recordingTerminal } from '../cli/recording-terminal';
import { call } from './caller';
import { HOSTNAME, ingressPolicy } from './policy';
import { startProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

/** Keys and registry as the command line makes them, before the real proxy as the app renders it from that registry. */
describe('API keys that the command line makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-made-keys-'));
  const registry = join(folder, 'api-keys.json');
  let upstream: Upstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    await signingKey('first');
  });
  afterAll(async () => {
    await upstream?.close();
    rmSync(folder, { recursive: true });
  });

  async function apiKey(...words: readonly string[]): Promise<string> {
    const terminal = recordingTerminal();
    const code = await run(['api-key', ...words, '--registry', registry], terminal);
    if (code !== 0) throw new Error(terminal.err());
    return terminal.out().trim();
  }

  function signingKey(name: string): Promise<string> {
    return apiKey('signing-key', '--output', join(folder, `${name}.pem`));
  }

  function create(name: string, ...more: readonly string[]): Promise<string> {
    const audience = more.includes('--audience') ? [] : ['--audience', HOSTNAME];
    return apiKey('create', '--name', name, '--signing-key', join(folder, 'first.pem'), ...audience, ...more);
  }

  /** What each key is answered by a proxy of the registry as it stands. */
  async function statuses(...keys: readonly string[]): Promise<readonly number[]> {
    const auth = IngressAuth.apiKeys(ApiKeyRegistry.fromFile(registry));
    const callers = [{ scope: 'orders', handlers: [{ service: 'Greeter', handlers: ['greet'] }] }];
    const proxy = await startProxy({ ingress: ingressPolicy({ auth, callers }), upstreamPort: upstream.port });
    const answers = await Promise.all(
      keys.map((key) => call(proxy.port, { headers: { authorization: `Bearer ${key}` } })),
    );
    await proxy.stop();
    return answers.map(({ status }) => status);
  }

  test('open the door that they name with the scope that it asks for, however long they live', async () => {
    const keys = [
      await create('day', '--days', '1', '--scope', 'orders'),
      await create('year', '--days', '366', '--scope', 'orders', 'billing'),
      await create('two-doors', '--audience', 'other.example.com', HOSTNAME, '--scope', 'orders'),
    ];
    expect(await statuses(...keys)).toEqual([200, 200, 200]);
  });

  test('open no other door, and nothing without its scope', async () => {
    const keys = [
      await create('elsewhere', '--audience', 'other.example.com', '--scope', 'orders'),
      await create('no-scope'),
      await create('another-scope', '--scope', 'orders2'),
    ];
    expect(await statuses(...keys)).toEqual([403, 403, 403]);
  });

  test('open nothing once they are revoked, while others do', async () => {
    const keys = [await create('revoked', '--scope', 'orders'), await create('kept', '--scope', 'orders')];
    await apiKey('revoke', 'revoked');
    expect(await statuses(...keys)).toEqual([403, 200]);
  });

  test('of both signing keys are good while one takes the place of the other, and of the retired one no longer', async () => {
    await signingKey('second');
    const old = await create('rotated', '--scope', 'orders');
    const next = await create('rotated', '--scope', 'orders', '--signing-key', join(folder, 'second.pem'));
    const both = await statuses(old, next);
    const [first = ''] = ApiKeyRegistry.fromFile(registry).jwks.keys.map(({ kid }) => kid ?? '');
    await apiKey('signing-key', '--retire', first, '--with-its-keys');
    expect([both, await statuses(old, next)]).toEqual([
      [200, 200],
      [401, 200],
    ]);
  });
});
