import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { signingKey } from '../core/signing-key';
import { call } from './caller';
import { cluster, provider } from './editable-parts';
import { INLINE_AUTH, ingressPolicy, ISSUER, token } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const HOST = 'login.example.com';

describe('the keys of the issuer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
  const file = (name: string): string => join(folder, name);
  const servers: Server[] = [];
  let upstream: Upstream;

  beforeAll(async () => {
    upstream = await startUpstream();
    for (const authority of ['public', 'private']) openssl(['-subj', `/CN=${authority}`], authority);
    issue('good', `DNS:${HOST}`, 'public');
    issue('wildcard', 'DNS:*.example.com', 'public');
    issue('other-name', 'DNS:evil.example.com', 'public');
    issue('other-authority', `DNS:${HOST}`, 'private');
  });
  afterAll(async () => {
    for (const server of servers) server.close().closeAllConnections();
    await upstream?.close();
    rmSync(folder, { recursive: true });
  });

  function openssl(args: readonly string[], name: string): void {
    const make = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', [...make, ...args, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)], {
      stdio: 'ignore',
      timeout: 10_000,
    });
  }

  function issue(name: string, alternative: string, authority: string): void {
    const signer = ['-CA', file(`${authority}.pem`), '-CAkey', file(`${authority}.key`)];
    openssl(['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=${alternative}`, ...signer], name);
  }

  /** A key server that shows the named certificate. */
  async function issuer(
    certificate: string,
  ): Promise<{ port: number; asked: () => number; setUp: (up: boolean) => void }> {
    const state = { asked: 0, up: true };
    const auth = INLINE_AUTH.keys.source === 'inline' ? INLINE_AUTH.keys.jwks : undefined;
    const tls = { cert: readFileSync(file(`${certificate}.pem`)), key: readFileSync(file(`${certificate}.key`)) };
    const server = createServer(tls, (_, response) => {
      state.asked += 1;
      response.writeHead(state.up ? 200 : 500).end(JSON.stringify(auth));
    });
    servers.push(server);
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    const { port } = server.address() as AddressInfo;
    return { port, asked: () => state.asked, setUp: (up) => (state.up = up) };
  }

  /** The rendered proxy; only where the issuer is, and who vouches for it, is of this test. */
  async function proxyFor(port: number, edit: (bootstrap: Editable) => void = () => undefined): Promise<RunningProxy> {
    const ingress = ingressPolicy({
      auth: IngressAuth.jwt({ issuer: ISSUER, audiences: ['orders'], jwksUri: `https://${HOST}/keys.json` }),
    });
    return startProxy({ ingress, upstreamPort: upstream.port }, (bootstrap) => {
      const { load_assignment: assignment } = cluster(bootstrap, 'issuer');
      assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address = {
        address: 'localhost',
        port_value: port,
      };
      validation(bootstrap).trusted_ca.filename = file('public.pem');
      edit(bootstrap);
    });
  }

  async function status(certificate: string, edit?: (bootstrap: Editable) => void): Promise<number> {
    const proxy = await proxyFor((await issuer(certificate)).port, edit);
    const { status: answered } = await call(proxy.port);
    await proxy.stop();
    return answered;
  }

  test.each(['good', 'wildcard'])('are taken from a server with a %s certificate', async (certificate) => {
    expect(await status(certificate)).toBe(200);
  });

  test('are not taken from a server with another name, which an unnamed one would be', async () => {
    expect(await status('other-name')).toBe(401);
    expect(await status('other-name', (b) => delete validation(b).match_typed_subject_alt_names)).toBe(200);
  });

  test('are not taken under an authority that is not trusted, which any would be without one', async () => {
    expect(await status('other-authority')).toBe(401);
    expect(await status('other-authority', unverified)).toBe(200);
  });

  test('are waited for: nobody is let in before they come, everybody good as soon as they do', async () => {
    const { port, setUp } = await issuer('good');
    setUp(false);
    const proxy = await proxyFor(port);
    const before = (await call(proxy.port)).status;
    setUp(true);
    let after = before;
    for (let tries = 0; tries < 50 && after !== 200; tries += 1) {
      await sleep(100);
      after = (await call(proxy.port)).status;
    }
    await proxy.stop();

    expect([before, after]).toEqual([401, 200]);
  });

  test('outlive an outage of the issuer', async () => {
    const { port, asked, setUp } = await issuer('good');
    const proxy = await proxyFor(port, (bootstrap) => (provider(bootstrap).remote_jwks.cache_duration = '0.5s'));
    setUp(false);
    const before = asked();
    for (let tries = 0; tries < 50 && asked() < before + 2; tries += 1) await sleep(100);
    const { status: answered } = await call(proxy.port);
    await proxy.stop();

    expect(asked()).toBeGreaterThanOrEqual(before + 2);
    expect(answered).toBe(200);
  });

  test('are no keys of anybody else', async () => {
    const proxy = await proxyFor((await issuer('good')).port);
    const foreign = signingKey().token({ iss: ISSUER, aud: 'orders', exp: Date.now() / 1_000 + 600 });
    const statuses = [token(), foreign].map((each) =>
      call(proxy.port, { headers: { authorization: `Bearer ${each}` } }),
    );
    const answers = await Promise.all(statuses);
    await proxy.stop();

    expect(answers.map(({ status: answered }) => answered)).toEqual([200, 401]);
  });
});

/** What the proxy demands of the issuer's certificate. */
function validation(bootstrap: Editable): Editable {
  return cluster(bootstrap, 'issuer').transport_socket.typed_config.common_tls_context.validation_context;
}

/** Takes out that the issuer's certificate is verified at all. */
function unverified(bootstrap: Editable): void {
  delete cluster(bootstrap, 'issuer').transport_socket.typed_config.common_tls_context.validation_context;
}
