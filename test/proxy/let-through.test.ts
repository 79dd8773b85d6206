import { call, callH2, type Call } from './caller';
import { cluster, filter, manager, mutations, upstreamHttp } from './editable-parts';
import { ingressPolicy, ORIGIN, token } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type SeenRequest, type Upstream } from './upstream';

const CREDENTIALS = {
  cookie: 'session=secret',
  'proxy-authorization': 'Basic c2VjcmV0',
  'x-api-key': 'secret',
  'x-serverless-authorization': 'Bearer secret',
  'x-internal-token': 'secret',
  'x-authorization': 'secret',
};
const TRUSTED_BY_SERVERS = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.example.com',
  'x-forwarded-proto': 'http',
  'x-amzn-oidc-data': 'forged',
  'x-restate-jwt-v1': 'forged',
  'x-restate-ingress-path': '/forged',
  'x-envoy-original-path': '/forged',
  'x-envoy-internal': 'true',
  forwarded: 'for=203.0.113.9',
  via: '1.1 evil',
  'x-original-url': '/restate/health',
  'x-http-method-override': 'DELETE',
  'x-request-id': 'forged',
  te: 'trailers',
  'user-agent': 'curl',
};
const NAMED = {
  'content-type': 'application/json',
  'content-encoding': 'identity',
  accept: '*/*',
  'idempotency-key': 'k-1',
  traceparent: '00-1-1-01',
  tracestate: 'a=b',
  baggage: 'a=b',
};

describe('what comes through the proxy', () => {
  let upstream: Upstream;
  let proxy: RunningProxy;

  beforeAll(async () => {
    upstream = await startUpstream();
    proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port });
  });
  afterAll(async () => {
    await proxy?.stop();
    await upstream?.close();
  });

  async function seen(through: RunningProxy, what: Call, protocol: typeof call = call): Promise<SeenRequest> {
    const before = upstream.all.length;
    expect((await protocol(through.port, what)).status).toBe(200);
    expect(upstream.all).toHaveLength(before + 1);
    return upstream.all[before]!;
  }

  async function edited<T>(edit: (bootstrap: Editable) => void, use: (other: RunningProxy) => Promise<T>): Promise<T> {
    const other = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port }, edit);
    try {
      return await use(other);
    } finally {
      await other.stop();
    }
  }

  test.each([
    ['HTTP/1.1', call],
    ['HTTP/2', callH2],
  ])('is the named headers of a request and no other, over %s', async (_, protocol) => {
    const headers = { ...CREDENTIALS, ...TRUSTED_BY_SERVERS, ...NAMED };
    const { body, headers: got } = await seen(proxy, { headers, body: '"bob"' }, protocol);

    expect(body).toBe('"bob"');
    expect(got).toMatchObject(NAMED);
    const framing = protocol === call ? [] : ['transfer-encoding'];
    const length = protocol === call ? ['content-length', 'transfer-encoding'] : [];
    expect(
      Object.keys(got)
        .filter((name) => ![...framing, ...length].includes(name))
        .sort(),
    ).toEqual(['host', ...Object.keys(NAMED)].sort());
  });

  test('is every header when the allow-list is taken out', async () => {
    const got = await edited(
      (bootstrap) => delete mutations(bootstrap).request_mutations,
      (open) => seen(open, { headers: CREDENTIALS }),
    );

    expect(got.headers).toMatchObject(CREDENTIALS);
  });

  test('is what the user named, instead of the default', async () => {
    const ingress = ingressPolicy({ forwardHeaders: ['x-tenant-id'] });
    const other = await startProxy({ ingress, upstreamPort: upstream.port });
    const headers = { 'x-tenant-id': 't-1', 'x-tenant-id2': 'no', 'x-tenant-i': 'no', accept: '*/*' };
    const got = await seen(other, { headers, body: '"bob"' });
    await other.stop();

    expect(got.body).toBe('"bob"');
    expect(Object.keys(got.headers).sort()).toEqual(['host', 'transfer-encoding', 'x-tenant-id']);
  });

  test('is no trailer', async () => {
    const trailers = { authorization: 'Bearer secret', 'x-trailer-secret': 'secret' };

    expect((await seen(proxy, { trailers, body: 'x' }, callH2)).trailers).toEqual({});
    expect(
      await edited(withTrailers, async (other) => (await seen(other, { trailers, body: 'x' }, callH2)).trailers),
    ).toEqual(trailers);
  });

  test('is of the answer what a caller needs: not who the server is, nor its own CORS', async () => {
    const { headers } = await call(proxy.port);

    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'content-type',
      'date',
      'transfer-encoding',
      'x-restate-id',
    ]);
    const open = await edited(
      (bootstrap) => delete mutations(bootstrap).response_mutations,
      (other) => call(other.port),
    );
    expect(open.headers).toMatchObject({ 'access-control-allow-origin': '*', 'x-internal': 'leak' });
  });

  test('is answered for named origins, and not with credentials', async () => {
    const { headers } = await call(proxy.port, { headers: { origin: ORIGIN } });

    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(upstream.all.at(-1)?.headers).not.toHaveProperty('origin');
  });

  test('is a preflight of a named origin, which the proxy answers itself', async () => {
    const before = upstream.all.length;
    const { status, headers } = await call(proxy.port, preflight(ORIGIN));

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, 'access-control-allow-methods': 'POST' });
    expect(headers['access-control-allow-headers']).toContain('authorization');
    expect(upstream.all).toHaveLength(before);
  });

  test('is no preflight of a foreign origin', async () => {
    const evil = preflight('https://evil.example.com');

    expect(await call(proxy.port, evil)).toMatchObject({ status: 401 });
    const policy = 'envoy.filters.http.cors';
    const answer = await edited(
      (bootstrap) => {
        const { route_config: routes } = manager(bootstrap);
        routes.virtual_hosts[0].typed_per_filter_config[policy].allow_origin_string_match = [
          { safe_regex: { regex: '.*' } },
        ];
      },
      (open) => call(open.port, evil),
    );
    expect(answer.headers['access-control-allow-origin']).toBe('https://evil.example.com');
  });

  test('is written down without query, token or header of the request', async () => {
    const path = '/Greeter/logged';
    await call(proxy.port, { path, headers: { cookie: 'session=PLANTED' } });
    await call(proxy.port, { path: `${path}?access_token=PLANTED`, body: 'x'.repeat(11_000_000) });
    await call(proxy.port, { path: `${path}?delay=1s`, headers: { authorization: 'Bearer PLANTED' } });
    await callH2(proxy.port, { path: `${path}?code=PLANTED`, headers: { 'content-length': '11000000' } });
    const lines = await proxy.accessLog(path, 4);

    expect(lines[0]).toMatchObject({ status: 200, sub: 'alice', ip: '127.0.0.1', details: 'via_upstream' });
    expect(lines.map(({ details }) => details)).toContain('rbac_access_denied_matched_policy[none]');
    expect(proxy.log()).not.toMatch(/PLANTED|Bearer|\?/);
    expect(proxy.log()).not.toContain(token().split('.')[0]);
  });

  test('is written down in a short line, however long it is', async () => {
    const path = `/Greeter/${'long'.repeat(4_000)}`;
    await callH2(proxy.port, { method: 'M'.repeat(9_000), path, headers: { authorization: undefined } });
    await call(proxy.port, { path, headers: { authorization: undefined } });
    const lines = await proxy.accessLog(path.slice(0, 1_024), 2);

    expect(lines.map(({ status }) => status)).toEqual([401, 401]);
    expect(Math.max(...lines.map((line) => JSON.stringify(line).length))).toBeLessThan(2_000);
  });

  test('carries the address of the connection, whatever a header says', async () => {
    const path = '/Greeter/forged';
    const forge = { path, headers: { 'x-forwarded-for': '203.0.113.9' } };
    await call(proxy.port, forge);
    const [open] = await edited(
      (bootstrap) => (manager(bootstrap).xff_num_trusted_hops = 1),
      async (other) => {
        await call(other.port, forge);
        return other.accessLog(path);
      },
    );

    expect((await proxy.accessLog(path))[0]?.ip).toBe('127.0.0.1');
    expect(open?.ip).toBe('203.0.113.9');
  });

  test('has the shape of an error and no reason when the server is gone', async () => {
    const gone = await edited(
      (bootstrap) => {
        const { load_assignment: assignment } = cluster(bootstrap, 'restate');
        assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value = 9;
      },
      (other) => call(other.port),
    );

    expect(gone).toMatchObject({ status: 503, body: '{"code":503,"source":"proxy"}\n' });
    expect(gone.headers).not.toHaveProperty('server');
  });

  test('says nothing about why a token was refused', async () => {
    const { status, body, headers } = await call(proxy.port, { headers: { authorization: undefined } });

    expect(status).toBe(401);
    expect(body).toBe('{"code":401,"source":"proxy"}\n');
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  test('is not kept out by a rate limit that only counts', async () => {
    const ingress = ingressPolicy({ limits: { burst: 2, requestsPerSecond: 1 } });
    const strict = await startProxy({ ingress, upstreamPort: upstream.port });
    const lax = await startProxy({ ingress, upstreamPort: upstream.port }, (bootstrap) => {
      delete filter(bootstrap, 'local_ratelimit').filter_enforced;
    });
    try {
      expect((await flood(strict)).filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
      expect((await flood(lax)).filter((status) => status === 200)).toHaveLength(6);
    } finally {
      await Promise.all([strict.stop(), lax.stop()]);
    }
  });
});

/** Lets trailers through: the filter keeps them, and HTTP/1.1 sends them. */
function withTrailers(bootstrap: Editable): void {
  delete mutations(bootstrap).request_trailers_mutations;
  upstreamHttp(bootstrap).explicit_http_config.http_protocol_options.enable_trailers = true;
}

/** What a browser asks before it lets a page call. */
function preflight(origin: string): Call {
  return {
    method: 'OPTIONS',
    headers: { authorization: undefined, origin, 'access-control-request-method': 'POST' },
  };
}

/** Statuses of six calls at once. */
async function flood({ port }: RunningProxy): Promise<number[]> {
  return (await Promise.all(Array.from({ length: 6 }, () => call(port)))).map(({ status }) => status);
}
