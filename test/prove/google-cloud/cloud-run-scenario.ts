import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Artifact } from '../../../lib/artifact/artifact';
import type { PlaceName } from '../../../lib/prove/attack';
import { CLOUD_RUN_ATTACKS } from '../../../lib/prove/attacks/cloud-run/cloud-run';
import type { Deployment, Place, ServerRecords } from '../../../lib/prove/deployment';
import { behindFront, cloudRunUnderTest } from '../../../lib/prove/google-cloud/cloud-run-under-test';
import { startGoogleFront } from '../../../lib/prove/google-cloud/front';
import { planGoogle } from '../../../lib/prove/google-cloud/google-plan';
import { createGoogleKeys } from '../../../lib/prove/google-cloud/google-tokens';
import { startMetadata } from '../../../lib/prove/google-cloud/metadata-server';
import { createCertificateAuthority } from '../../../lib/prove/issuer/certificate-authority';
import { AgentPlace } from '../../../lib/prove/network/place';
import { type RunOptions, runAttacks } from '../../../lib/prove/run';
import { tryToRegister } from '../../../lib/prove/runtime/register-service';
import { registrationOf } from '../../../lib/prove/service/registration';
import { RunningService } from '../../../lib/prove/service/running-service';
import { report } from '../network/report';

/** What is run: a deployment whose server has no proxy before it, and others that the front end alone decides about. */
/** The proxy that takes this header away is no part of the scenario, and the header in the journal would be taken for Restate's. */
const NEEDS_PROXY = 'cloud-run-header-of-caller';

interface Scenario {
  readonly node: string;
  readonly sdkModules: string;
  readonly restateServer: string;
  readonly served: readonly Artifact[];
  readonly decided: readonly { readonly artifact: Artifact; readonly attack: string }[];
}

const [VIP, PUBLIC, FOLDER] = ['199.36.153.4', '203.0.113.10', '/run/cloud-run'] as const;
const METADATA = { address: '127.0.0.1', port: 43_999 };
const ADMIN = 'http://127.0.0.1:9070';
/** The server's own ingress, in the place of a proxy's listener. */
const PLAIN = {
  static_resources: { listeners: [{ address: { socket_address: { port_value: 8080 } }, filter_chains: [{}] }] },
};

report(async () => {
  const scenario = JSON.parse(process.env['SCENARIO'] ?? '{}') as Scenario;
  mkdirSync(FOLDER);
  for (const command of ['link set lo up', `addr add ${VIP}/32 dev lo`, `addr add ${PUBLIC}/32 dev lo`]) {
    execFileSync('ip', command.split(' '));
  }
  const service = await RunningService.start({
    address: '127.0.0.1',
    bind: '127.0.0.1',
    port: 9080,
    enter: [],
    identityKeys: [],
    ...scenario,
  });
  const served = [];
  for (const artifact of scenario.served) served.push(await serve(artifact, scenario, service));
  const decided = [];
  for (const [index, { artifact, attack }] of scenario.decided.entries()) {
    decided.push(await decideAlone(artifact, attack, { port: 8444 + index, service }));
  }
  return { served, decided };
});

async function decideAlone(
  artifact: Artifact,
  attack: string,
  { port, service }: { readonly port: number; readonly service: RunningService },
): Promise<unknown> {
  const { deployment, stop } = await behindGoogle(artifact, service, port);
  const { attacks } = await run(deployment, [attack]);
  await stop();
  return attacks[0];
}

async function serve(artifact: Artifact, scenario: Scenario, service: RunningService): Promise<unknown> {
  const { deployment, stop, plan, ca } = await behindGoogle(artifact, service, 443);
  writeFileSync(`${FOLDER}/hosts`, `127.0.0.1 localhost\n${plan.names.map((name) => `${VIP} ${name}\n`).join('')}`);
  execFileSync('mount', ['--bind', `${FOLDER}/hosts`, '/etc/hosts']);
  writeFileSync(`${FOLDER}/ca.pem`, ca);
  const data = `${FOLDER}/data-${plan.caller}`;
  let server = await startServer(scenario.restateServer, data);
  const records = adminRecords();
  const booted: Deployment = {
    ...deployment,
    records,
    replaceServer: async (signal) => {
      await end(server, signal);
      server = await startServer(scenario.restateServer, data);
      return { inTime: true, afterMs: 0 };
    },
  };
  const said = await tryToRegister(records, registrationOf(booted.service));
  const { attacks } = await run(
    booted,
    CLOUD_RUN_ATTACKS.map(({ id }) => id).filter((id) => id !== NEEDS_PROXY),
  );
  const seen = { metadata: await deployment.metadataRequests(), front: await deployment.cloudRun?.records() };
  await end(server, 'SIGKILL');
  await stop();
  return { said, attacks, ...seen };
}

function run(deployment: Deployment, ids: readonly string[]): ReturnType<typeof runAttacks> {
  const options: RunOptions = { subject: 'test' };
  return runAttacks(
    deployment,
    CLOUD_RUN_ATTACKS.filter(({ id }) => ids.includes(id)),
    options,
  );
}

/** Google's stand-ins around a deployment that has no server yet. */
async function behindGoogle(artifact: Artifact, service: RunningService, port: number) {
  const [host] = artifact.hosts;
  const plan = planGoogle(artifact, host!);
  const keys = createGoogleKeys();
  const authority = await createCertificateAuthority('a run');
  const metadata = await startMetadata({
    ...METADATA,
    enter: [],
    keys,
    project: plan.project,
    ...(plan.account !== undefined && { account: plan.account }),
  });
  const front = await startGoogleFront({
    enter: [],
    port,
    certificate: await authority.issue(plan.names),
    rules: plan.rules,
    keys,
    inside: [`${VIP}/32`],
    upstream: { address: '127.0.0.1', port: 9080 },
  });
  const cloudRun = cloudRunUnderTest({ plan, keys, front, metadata, address: VIP, publicAddress: PUBLIC, port })!;
  const places = new Map<PlaceName, Place>();
  const programs = join(__dirname, '../../../lib/prove/network');
  const place = (name: PlaceName): Place => {
    const made = places.get(name) ?? new AgentPlace(name, '127.0.0.1', '::1', [], programs);
    places.set(name, made);
    return made;
  };
  const target = { kind: 'service', service: 'Greeter', handler: 'greet' } as const;
  const deployment = {
    artifact,
    host,
    cloudRun,
    service: behindFront(service, cloudRun),
    secrets: {},
    slow: false,
    door: { address: '127.0.0.1', port: 8080, hostname: 'localhost', ca: '' },
    bootstrap: PLAIN,
    taskAddress: '127.0.0.1',
    taskAddress6: '::1',
    credentials: { issuers: [], grants: [], revokedIds: [], target, good: () => ({}) },
    proxy: { log: () => '' },
    accessLog: async () => [],
    metadataRequests: () => metadata.requests(),
    firewallRefused: async () => undefined,
    place,
  } as unknown as Deployment;
  const stop = async (): Promise<void> => {
    await Promise.all([front.stop(), metadata.stop()]);
  };
  return { deployment, plan, stop, ca: authority.certificate };
}

async function startServer(program: string, data: string): Promise<ChildProcess> {
  const log = openSync(`${FOLDER}/server.log`, 'a');
  const server = spawn(program, ['--no-logo'], {
    stdio: ['ignore', log, log],
    env: {
      GCE_METADATA_HOST: `${METADATA.address}:${METADATA.port}`,
      SSL_CERT_FILE: `${FOLDER}/ca.pem`,
      RESTATE_BASE_DIR: data,
      RESTATE_NODE_NAME: 'n1',
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_ADDRESS: '127.0.0.1:5122',
      RESTATE_ADVERTISED_ADDRESS: 'http://127.0.0.1:5122/',
      RESTATE_ADMIN__BIND_ADDRESS: '127.0.0.1:9070',
      RESTATE_INGRESS__BIND_ADDRESS: '127.0.0.1:8080',
      RESTATE_DEFAULT_NUM_PARTITIONS: '1',
    },
  });
  for (const until = performance.now() + 15_000; performance.now() < until; await sleep(50)) {
    const health = await fetch(`${ADMIN}/health`).catch(() => undefined);
    if (health?.ok === true) return server;
  }
  throw new Error('the server did not start');
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await exited;
}

const admin: ServerRecords['admin'] = async (path, { method, json, timeoutMs = 8000 } = {}) => {
  const answer = await fetch(`${ADMIN}${path}`, {
    method: method ?? (json === undefined ? 'GET' : 'POST'),
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, body: await answer.text() };
};

function adminRecords(): ServerRecords {
  return {
    admin,
    dumpConfig: async () => ({}),
    async journalHeaders(id) {
      const query = `SELECT entry_json FROM sys_journal WHERE id='${id}' AND index=0`;
      const { rows } = JSON.parse((await admin('/query', { json: { query } })).body) as {
        rows: { entry_json: string }[];
      };
      return (
        JSON.parse(rows[0]?.entry_json ?? '') as {
          Command: { Input: { headers: { readonly name: string; readonly value: string }[] } };
        }
      ).Command.Input.headers;
    },
  };
}
