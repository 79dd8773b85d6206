import { join } from 'node:path';
import type { Balancer } from '../../../lib/artifact/artifact';
import { createCertificateAuthority } from '../../../lib/prove/issuer/certificate-authority';
import { JwksServer } from '../../../lib/prove/issuer/jwks-server';
import { RunIssuer } from '../../../lib/prove/issuer/run-issuer';
import { startBalancer } from '../../../lib/prove/network/balancer';
import { Channel } from '../../../lib/prove/network/channel';
import { buildNetwork } from '../../../lib/prove/network/network';
import type { HttpProbe, ProbeReport } from '../../../lib/prove/probe';
import { aHost, anArtifact, group, tcp } from './a-deployment';
import { report } from './report';

const HOSTNAME = 'orders.example.com';
const KEYS = 'https://login.example.com/keys.json';

/** A front with a TLS listener, one without HTTP/2, one that passes bytes through, and one whose target's port is closed. */
function front(): Balancer {
  const [balancer] = anArtifact().balancers;
  const [listener] = balancer!.listeners;
  const { alpnPolicy: _none, ...withoutPolicy } = listener!;
  const to = (port: number, protocol: 'TLS' | 'TCP') =>
    listener!.targets.map((target) => ({ ...target, port, protocol }));
  return {
    ...balancer!,
    listeners: [
      listener!,
      { ...withoutPolicy, id: 'Plain', port: 444 },
      { ...withoutPolicy, id: 'Pass', port: 8080, protocol: 'TCP', targets: to(9000, 'TCP') },
      { ...withoutPolicy, id: 'Closed', port: 8081, protocol: 'TCP', targets: to(9001, 'TCP') },
    ],
  };
}

async function settled(calls: Record<string, Promise<ProbeReport>>): Promise<Record<string, ProbeReport>> {
  const entries = Object.entries(calls).map(async ([name, call]) => [name, await call] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** A TLS server in the task stands in for Envoy. */
report(async () => {
  const host = aHost();
  const open = { ...tcp('in', 0, '0.0.0.0/0'), toPort: 65_535 };
  const artifact = anArtifact(
    {
      balancers: [front()],
      groups: [
        group('BalancerGroup', open, { ...open, direction: 'out' }),
        group('TaskGroup', open, { ...open, direction: 'out' }),
      ],
    },
    host,
  );
  const network = await buildNetwork({ artifact, host });
  const authority = await createCertificateAuthority('run');
  const issuer = new RunIssuer({ issuer: 'https://login.example.com/', audience: 'orders' });
  const { address } = network.place('task');
  await network.place('task').listen({ address: '::', port: 9000, answer: 'passed' });
  const envoy = new Channel([...network.enter('task'), process.execPath, join(__dirname, 'tls-target-main.js')]);
  const target = await authority.issue(['proxy']);
  await envoy.request({ port: 8443, ...target }, 5000);
  const { certificate, privateKey } = await authority.issue([HOSTNAME]);
  const [{ balancer, seat } = { balancer: front(), seat: 'balancer' }] = network.balancers;
  const running = await startBalancer({
    balancer,
    enter: network.enter(seat),
    addresses: { [host.id]: address },
    certificate,
    privateKey,
  });

  const tls = { servername: HOSTNAME, ca: authority.certificate };
  const call = (port: number, overrides: Partial<HttpProbe> = {}): Promise<ProbeReport> =>
    network.place('caller').probe({
      kind: 'http',
      protocol: 'http/1.1',
      address: network.place('balancer').address,
      port,
      method: 'GET',
      path: '/',
      authority: HOSTNAME,
      headers: [],
      timeoutMs: 2000,
      ...overrides,
    });
  const calls = await settled({
    http1: call(443, { tls }),
    http2: call(443, { tls, protocol: 'h2' }),
    http2WithoutPolicy: call(444, { tls, protocol: 'h2' }),
    oldTls: call(443, { tls: { ...tls, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } }),
    plaintext: call(443),
    passed: call(8080),
    closed: call(8081),
  });

  const issuerAddress = network.issuerAddresses[0]!;
  const server = await JwksServer.start({
    issuer,
    uri: KEYS,
    address: issuerAddress,
    enter: network.enter('internet'),
    authority,
  });
  const fetchKeys = (): Promise<ProbeReport> =>
    network.place('task').probe({
      kind: 'http',
      protocol: 'http/1.1',
      address: issuerAddress,
      port: 443,
      tls: { servername: 'login.example.com', ca: authority.certificate },
      method: 'GET',
      path: '/keys.json',
      authority: 'login.example.com',
      headers: [],
      timeoutMs: 500,
    });
  const modes: Record<string, ProbeReport> = {};
  for (const mode of ['good', 'down', 'hang', 'rogue', 'rotated', 'good'] as const) {
    await server.setMode(mode);
    modes[mode] = await fetchKeys();
  }
  return {
    calls,
    modes,
    fetches: await server.fetches(),
    jwks: issuer.jwks,
    foreignJwks: issuer.foreignJwks,
    emulated: running.emulated,
  };
});
