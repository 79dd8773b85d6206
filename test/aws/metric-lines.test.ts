import { API_KEY_ISSUER } from '../../lib/core/api-keys-auth';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { signingKey } from '../core/signing-key';
import { call } from '../proxy/caller';
import { HOSTNAME, ingressPolicy, INLINE_AUTH, token } from '../proxy/policy';
import { startProxy, type RunningProxy } from '../proxy/proxy';
import { startUpstream, type Upstream } from '../proxy/upstream';
import { filtersOf, valueOf, type Line } from './metric-filter';
import { adminDoor, templateOf } from './template-of';

const KEYS = signingKey('2026-11');
const AUTH = IngressAuth.anyOf(INLINE_AUTH, IngressAuth.apiKeys({ jwks: { keys: [KEYS.jwk] } }));
const NOW = Math.floor(Date.now() / 1000);
const KEY_ENDS = NOW + 30 * 86_400;

const apiKey = KEYS.token({
  iss: API_KEY_ISSUER,
  aud: HOSTNAME,
  sub: 'shop',
  jti: 'key-0001',
  iat: NOW,
  exp: KEY_ENDS,
});

describe('the metrics of what Envoy writes', () => {
  const filters = filtersOf(templateOf((stack) => ({ ...adminDoor(stack), ingress: { auth: AUTH } })));
  const burst = 8;
  let proxy: RunningProxy;
  let upstream: Upstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    const limits = { burstPerAddress: burst, requestsPerSecondPerAddress: 1 };
    proxy = await startProxy({ ingress: ingressPolicy({ auth: AUTH, limits }), upstreamPort: upstream.port });
  }, 60_000);

  afterAll(async () => {
    await proxy.stop();
    await upstream.close();
  });

  /** The metrics that a line makes, by name. */
  function metricsOf(line: Line): Record<string, number> {
    const made = Object.entries(filters).map(([name, filter]) => [name, valueOf(filter, line)] as const);
    return Object.fromEntries(made.filter(([, value]) => value !== undefined)) as Record<string, number>;
  }

  async function linesOf(path: string, least = 1): Promise<readonly Line[]> {
    return (await proxy.accessLog(path, least)) as unknown as readonly Line[];
  }

  test.each<[string, string, () => string | undefined, Record<string, number>]>([
    ['a call with a token', '/Greeter/token', () => `Bearer ${token()}`, { Calls: 1 }],
    ['a call with an API key', '/Greeter/key', () => `Bearer ${apiKey}`, { Calls: 1, ApiKeyExpiry: KEY_ENDS }],
    ['a call without a credential', '/Greeter/nothing', () => undefined, { Calls: 1, Denied: 1 }],
    [
      'a call with a token of another audience',
      '/Greeter/other',
      () => `Bearer ${token({ aud: 'billing' })}`,
      { Calls: 1, Denied: 1 },
    ],
    ['a call to what is closed', '/restate/awakeables', () => `Bearer ${token()}`, { Calls: 1, Denied: 1 }],
  ])('of %s', async (_, path, authorization, metrics) => {
    await call(proxy.port, { path, headers: { authorization: authorization() } });
    expect((await linesOf(path)).map(metricsOf)).toEqual([metrics]);
  });

  test('of a call that nobody answers', async () => {
    await upstream.close();
    await call(proxy.port, { path: '/Greeter/unanswered' });
    expect((await linesOf('/Greeter/unanswered')).map(metricsOf)).toEqual([{ Calls: 1, Errors: 1 }]);
  });

  test('of calls that are too many', async () => {
    await Promise.all(Array.from({ length: 3 * burst }, () => call(proxy.port, { path: '/Greeter/flood' })));
    const lines = await linesOf('/Greeter/flood', 3 * burst);
    expect(lines.map(metricsOf)).toContainEqual({ Calls: 1, RateLimited: 1 });
  });
});
