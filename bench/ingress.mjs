// What the proxy costs: calls a second, latency and CPU through our Envoy, against the server itself and against the nginx of the vendor's
// documentation, in turns within one run: `npm run build && node bench/ingress.mjs [rounds] [seconds]`. Needs `nginx` and `wrk`.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { load, writeRequest } from './ingress/load.mjs';
import { nginxConfiguration } from './ingress/nginx.mjs';
import { cpuMicroseconds, endAll, start } from './ingress/processes.mjs';

const require = createRequire(import.meta.url);
const { defineSecurityModel, IngressAuth, AdminAccess } = require('../dist/index.js');
const { renderBootstrap } = require('../dist/proxy/bootstrap.js');
const { proxyArguments } = require('../dist/proxy/arguments.js');
const { restateListeners } = require('../dist/restate/listeners.js');
const { installToolchain } = require('../dist/prove/toolchain/toolchain.js');
const { createCertificateAuthority } = require('../dist/prove/issuer/certificate-authority.js');

const rounds = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 4);
const CALLERS = [1, 16, 64];
const PORTS = {
  restate: 8080,
  admin: 9070,
  fabric: 5122,
  service: 19080,
  envoy: 18443,
  health: 18081,
  nginx: 18444,
  authorizer: 18082,
};
const HOST = 'restate.example.com';
const ISSUER = 'https://login.example.com/';
const AUDIENCE = 'orders';

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
try {
  await measure();
} finally {
  endAll();
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const { token, jwks } = await credentials();
  const authority = await createCertificateAuthority('Bench authority');
  const { certificate, privateKey } = await authority.issue([HOST]);
  writeFileSync(join(folder, 'chain.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), privateKey, { mode: 0o600 });
  const processes = await startAll(jwks);
  const script = writeRequest(folder, token);
  const ways = {
    direct: { url: `http://127.0.0.1:${PORTS.restate}/Nothing/run`, processes: [] },
    envoy: { url: `https://127.0.0.1:${PORTS.envoy}/Nothing/run`, processes: [processes.envoy] },
    nginx: { url: `https://127.0.0.1:${PORTS.nginx}/Nothing/run`, processes: [processes.nginx, processes.authorizer] },
  };
  for (const { url } of Object.values(ways)) load({ script, url, callers: 16, seconds: 2 });
  for (const callers of CALLERS) {
    const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, way] of turn(Object.entries(ways), round)) results[name].push(one(way, { script, callers }));
    }
    print(callers, results);
  }
}

/** Nobody is always first. */
function turn(entries, round) {
  return entries.map((_, index) => entries[(index + round) % entries.length]);
}

function one({ url, processes }, { script, callers }) {
  const before = cpuMicroseconds(processes);
  const result = load({ script, url, callers, seconds });
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.calls} calls of ${url} failed`);
  return { ...result, cpu: (cpuMicroseconds(processes) - before) / result.calls };
}

function print(callers, results) {
  const of = (name, field) => median(results[name].map((result) => result[field]));
  const pairs = (name, field) =>
    median(results[name].map((result, index) => result[field] / results.direct[index][field]));
  for (const name of Object.keys(results)) {
    console.log(
      `${String(callers).padStart(2)} callers  ${name.padEnd(6)}  ${of(name, 'callsPerSecond').toFixed(0).padStart(5)} calls/s (x${pairs(name, 'callsPerSecond').toFixed(2)})` +
        `  p50 ${(of(name, 'p50') / 1000).toFixed(2)} ms (x${pairs(name, 'p50').toFixed(2)})  p99 ${(of(name, 'p99') / 1000).toFixed(2)} ms (x${pairs(name, 'p99').toFixed(2)})` +
        `  CPU of the proxy ${of(name, 'cpu').toFixed(0)} us a call`,
    );
  }
}

async function credentials() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', kid: 'bench', use: 'sig' }] };
  const token = await new SignJWT({ scope: 'orders' })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(privateKey);
  return { token, jwks };
}

async function startAll(jwks) {
  const toolchain = await installToolchain({ restateVersion: '1.7.12', onStep: console.log });
  await start('restate', PORTS.admin, [toolchain.restateServer, '--no-logo'], {
    RESTATE_BIND_IP: '127.0.0.1',
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${PORTS.fabric}`,
    RESTATE_BASE_DIR: join(folder, 'data'),
    RESTATE_NODE_NAME: 'bench',
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'error',
  });
  await start('service', PORTS.service, [
    toolchain.node,
    new URL('ingress/service.cjs', import.meta.url).pathname,
    String(PORTS.service),
    toolchain.sdkModules,
  ]);
  await register();
  const authorizer = new URL('ingress/authorizer.cjs', import.meta.url).pathname;
  writeFileSync(
    join(folder, 'nginx.conf'),
    nginxConfiguration({ folder, port: PORTS.nginx, authPort: PORTS.authorizer, ingressPort: PORTS.restate }),
  );
  return {
    authorizer: await start('authorizer', PORTS.authorizer, [
      toolchain.node,
      authorizer,
      String(PORTS.authorizer),
      JSON.stringify(jwks),
      ISSUER,
      AUDIENCE,
    ]),
    nginx: await start('nginx', PORTS.nginx, ['nginx', '-p', folder, '-c', join(folder, 'nginx.conf')]),
    envoy: await start('envoy', PORTS.envoy, [toolchain.envoy, '--concurrency', '1', ...envoyArguments(jwks)]),
  };
}

/** Everything that a deployment's proxy does; its limits are far above the load, as they would be sized. */
function envoyArguments(jwks) {
  const { ingress } = defineSecurityModel({
    listeners: restateListeners(),
    ingress: {
      auth: IngressAuth.jwt({ issuer: ISSUER, audiences: [AUDIENCE], jwks }),
      hostnames: [HOST],
      internetFacing: true,
      limits: {
        requestsPerSecond: 100_000,
        burst: 100_000,
        requestsPerSecondPerAddress: 100_000,
        burstPerAddress: 100_000,
      },
    },
    admin: AdminAccess.nobody(),
  });
  return proxyArguments(
    renderBootstrap({
      ingress,
      listener: {
        port: PORTS.envoy,
        certificate: {
          kind: 'files',
          certificateFile: join(folder, 'chain.pem'),
          privateKeyFile: join(folder, 'key.pem'),
        },
      },
      health: { port: PORTS.health },
      upstream: { port: PORTS.restate },
    }),
  );
}

async function register() {
  const response = await fetch(`http://127.0.0.1:${PORTS.admin}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri: `http://127.0.0.1:${PORTS.service}` }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(`registration: ${response.status} ${await response.text()}`);
}
