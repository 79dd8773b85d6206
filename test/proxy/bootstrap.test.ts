import { execFile } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { IngressAuth, methodOf } from '../../lib/core/ingress-auth';
import type { IngressLimits } from '../../lib/core/limits';
import type { PublicJwk } from '../../lib/core/public-jwk';
import type { IngressPolicy } from '../../lib/core/security-model';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { proxyArguments } from '../../lib/proxy/arguments';
import { renderBootstrap, type Bootstrap } from '../../lib/proxy/bootstrap';
import { REVOCATION_DIRECTORY } from '../../lib/proxy/revocation-list';
import { API_KEYS } from './api-keys';
import { callersByCertificate, SHOP } from './callers-by-certificate';
import { certificateFolder } from './certificate-folder';
import { INLINE_AUTH, ingressPolicy, ISSUER, ORIGIN, REMOTE_AUTH } from './policy';
import { manager } from './editable-parts';

const LEAST: IngressLimits = {
  maxBodyBytes: 1,
  requestsPerSecond: 1,
  burst: 1,
  requestsPerSecondPerAddress: 1,
  burstPerAddress: 1,
  concurrentCalls: 1,
  longestCallSeconds: 1,
  headersSeconds: 1,
  uploadSeconds: 1,
  maxConnections: 1,
};
const MOST: IngressLimits = {
  maxBodyBytes: 33_554_432,
  requestsPerSecond: 1_000_000,
  burst: 1_000_000,
  requestsPerSecondPerAddress: 1_000_000,
  burstPerAddress: 1_000_000,
  concurrentCalls: 25_000,
  longestCallSeconds: 604_800,
  headersSeconds: 60,
  uploadSeconds: 3_600,
  maxConnections: 1_000_000,
};

const tls = certificateFolder();
const run = promisify(execFile);

afterAll(() => tls.remove());

function render(ingress: IngressPolicy, revocationDirectory = REVOCATION_DIRECTORY): Bootstrap {
  return renderBootstrap({
    ingress,
    listener: { port: 8443, certificate: tls.certificate, revocationDirectory },
    health: { port: 8081 },
    upstream: { port: 8080 },
  });
}

/** What the real binary says to a configuration: nothing, or its complaint. */
async function complaint(bootstrap: Bootstrap): Promise<string> {
  const { envoy } = await installToolchain({ restateVersion: '1.7.12' });
  return run(envoy, [...proxyArguments(bootstrap), '--mode', 'validate'], { timeout: 20_000 }).then(
    () => '',
    (error: { stderr: string }) => error.stderr.slice(-600),
  );
}

const RSA = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
const EC = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).publicKey;
const KEYS: readonly (readonly [string, KeyObject])[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => [alg, RSA] as const),
  ['ES256', EC('P-256')],
  ['ES384', EC('P-384')],
  ['ES512', EC('P-521')],
  ['EdDSA', generateKeyPairSync('ed25519').publicKey],
];

/** Every combination of the options of an ingress, at the least and the most of its limits in turn. */
const COMBINATIONS = [REMOTE_AUTH, INLINE_AUTH].flatMap((auth) =>
  [[], [ORIGIN, 'https://other.example.com:8443']].flatMap((corsOrigins) =>
    [undefined, [], ['content-type', 'x-tenant-id', "x-a!#$%&'+.^`|~-z"]].flatMap((forwardHeaders) =>
      [[], ['delay'] as const].map((forwardQuery, index) =>
        ingressPolicy({
          auth,
          corsOrigins,
          forwardQuery,
          limits: index === 0 ? LEAST : MOST,
          ...(forwardHeaders && { forwardHeaders }),
        }),
      ),
    ),
  ),
);

describe('the configuration of the proxy', () => {
  test('is accepted by the real binary for every combination of options', async () => {
    const complaints: string[] = [];
    const queue = [...COMBINATIONS];
    const worker = async (): Promise<void> => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const said = await complaint(render(next));
        if (said !== '') complaints.push(said);
      }
    };
    await Promise.all([worker(), worker(), worker()]);

    expect(COMBINATIONS).toHaveLength(24);
    expect(complaints).toEqual([]);
  });

  test('is accepted for every way to show who one is, alone and among others, with callers and without', async () => {
    const { auth: mutualTls, list } = await callersByCertificate();
    const auths = [
      API_KEYS,
      mutualTls,
      IngressAuth.anyOf(REMOTE_AUTH, API_KEYS),
      IngressAuth.anyOf(INLINE_AUTH, mutualTls),
      IngressAuth.anyOf(REMOTE_AUTH, API_KEYS, mutualTls),
    ];
    const handlers = [
      { service: 'my.Greeter', handlers: ['greet'] },
      { object: 'Cart', handlers: ['add', 'get-all'] },
    ];
    const complaints = await Promise.all(
      auths.map((auth) => {
        const who = methodOf(auth, 'mutualTls') ? { certificate: SHOP } : { scope: 'a:b' };
        const ingress = ingressPolicy({ auth, callers: [{ ...who, handlers }] });
        return Promise.all([ingressPolicy({ auth }), ingress].map((each) => complaint(render(each, list.folder))));
      }),
    );
    list.remove();

    expect(JSON.stringify(auths.map((auth) => render(ingressPolicy({ auth }))))).not.toContain('"authenticated":{}');
    expect(complaints.flat()).toEqual(Array.from({ length: 10 }, () => ''));
  });

  test('is accepted with a key of each algorithm, and many names', async () => {
    const auth = IngressAuth.jwt({
      issuer: ISSUER,
      audiences: ['orders', 'https://orders.example.com/'],
      jwks: { keys: KEYS.map(([alg, key]) => ({ ...(key.export({ format: 'jwk' }) as PublicJwk), alg, kid: alg })) },
    });
    const hostnames = Array.from({ length: 20 }, (_, index) => `restate-${index}.example.com`);

    expect(await complaint(render(ingressPolicy({ auth, hostnames })))).toBe('');
  });

  test('needs the larger limit for regular expressions', async () => {
    const bootstrap = { ...render(ingressPolicy()), layered_runtime: {} };

    expect(await complaint(bootstrap)).toContain('program size');
  });

  test('is refused by the binary as soon as one field is not known to it', async () => {
    const bootstrap = JSON.parse(JSON.stringify(render(ingressPolicy())));
    manager(bootstrap).http_filters[0].typed_config.filter_enforce = {};

    expect(await complaint(bootstrap)).toContain('filter_enforce');
  });
});

describe('the rendered bootstrap', () => {
  const text = JSON.stringify(render(ingressPolicy({ auth: REMOTE_AUTH })));

  test('has no admin interface and two listeners, in IPv4 alone', () => {
    const bootstrap = JSON.parse(text);

    expect(bootstrap).not.toHaveProperty('admin');
    expect(bootstrap.static_resources.listeners).toHaveLength(2);
    expect(text.match(/"address":"[^"]+"/g)?.sort()).toEqual([
      '"address":"0.0.0.0"',
      '"address":"0.0.0.0"',
      '"address":"127.0.0.1"',
      '"address":"login.example.com"',
    ]);
  });

  test.each([
    ['a host that matches everything', '"domains":["*"]'],
    ['a filter that buffers bodies', 'filters.http.buffer'],
    ['keys of callers in clear', 'api_key_auth'],
    ['code', 'lua'],
    ['claims as headers, which the journal would keep', 'claim_to_headers'],
    ['the token as a header', 'forward_payload_header'],
    ['cached decisions, which outlive a withdrawn key', 'jwt_cache_config'],
    ['authorities that Envoy ignores', 'system_root_certs'],
    ['a rule for "any client with TLS"', '"authenticated"'],
    ['retries of calls', 'retry_on'],
    ['HTTP/2 to the server, which stalls', '"explicit_http_config":{"http2_protocol_options"'],
    ['escaped slashes turned into paths', 'UNESCAPE'],
  ])('never holds %s', (_, piece) => {
    expect(text).not.toContain(piece);
  });

  test('says nothing of certificates where none are asked for', () => {
    expect(text).not.toMatch(/client_certificate|validation_context_sds|max_connection_duration|resumption/);
  });

  test('ends no call before the stated time: Envoy would after 15 s', () => {
    const [{ routes }] = manager(JSON.parse(text)).route_config.virtual_hosts;

    expect(routes).toEqual([{ match: { prefix: '/' }, route: { cluster: 'restate', timeout: '0s' } }]);
    expect(manager(JSON.parse(text)).stream_idle_timeout).toBe('3600s');
  });

  test('lets more calls wait than the 1,024 that Envoy admits when nothing is said', () => {
    const [{ circuit_breakers: breakers }] = JSON.parse(text).static_resources.clusters;

    expect(breakers.thresholds).toEqual([
      { max_connections: 10_000, max_pending_requests: 10_000, max_requests: 10_000, max_retries: 0 },
    ]);
  });

  test('sees a request in this order: flood, preflight, token, authorisation, size', () => {
    expect(manager(JSON.parse(text)).http_filters.map(({ name }: { name: string }) => name.split('.').at(-1))).toEqual([
      'local_ratelimit',
      'cors',
      'jwt_authn',
      'rbac',
      'body_size_limit',
      'router',
    ]);
  });

  test('fetches nothing when the keys are stated', () => {
    const { clusters } = JSON.parse(JSON.stringify(render(ingressPolicy()))).static_resources;

    expect(clusters.map(({ name }: { name: string }) => name)).toEqual(['restate']);
  });
});
