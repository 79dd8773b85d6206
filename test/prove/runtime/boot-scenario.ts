import { readFileSync } from 'node:fs';
import type { Artifact } from '../../../lib/artifact/artifact';
import { boot } from '../../../lib/prove/boot';
import type { BootedDeployment } from '../../../lib/prove/booted-deployment';
import type { ProbeReport } from '../../../lib/prove/probe';
import type { SandboxContext } from '../../../lib/prove/sandbox/inner-main';
import type { Toolchain } from '../../../lib/prove/toolchain/toolchain';

/** What is to be booted. */
export interface BootScenario {
  readonly artifact: Artifact;
  readonly toolchain: Toolchain;
}

/** What was seen of a deployment that was booted. */
export interface Booted {
  readonly good: ProbeReport;
  readonly tokenless: ProbeReport;
  readonly logged: Awaited<ReturnType<BootedDeployment['accessLog']>>;
  readonly journal: readonly { readonly name: string; readonly value: string }[];
  readonly nodeName: unknown;
  readonly programs: readonly string[];
  readonly environment: string;
  readonly second: readonly ProbeReport[];
  readonly replaced: readonly string[];
  readonly emulated: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly logs: string;
  readonly bootMs: number;
}

/** Boots a deployment and calls it, well and badly. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<Booted> {
  const { artifact, toolchain } = input as BootScenario;
  const [host] = artifact.hosts;
  if (host === undefined) throw new Error('no host');
  const begun = performance.now();
  const deployment = await boot(artifact, host, { toolchain, allUsers: context.allUsers, slow: false });
  const bootMs = performance.now() - begun;
  const good = await call(deployment, deployment.door, deployment.issuer.token());
  const tokenless = await call(deployment, { ...deployment.door, path: '/Greeter/nobody' });
  const id = good.outcome === 'response' ? (good.headers['x-restate-id'] ?? '') : '';
  const { restate, proxy, records } = deployment;
  return {
    good,
    tokenless,
    logged: await deployment.accessLog('/Greeter/nobody'),
    journal: await records.journalHeaders(id),
    nodeName: (await records.dumpConfig())['node-name'],
    programs: [restate, proxy].map((each) => readFileSync(`/proc/${each.pid()}/comm`, 'utf8').trim()),
    environment: readFileSync(`/proc/${restate.pid()}/environ`, 'utf8'),
    second: await callSecondProxy(deployment),
    replaced: deployment.replaced,
    emulated: deployment.emulated,
    secrets: deployment.secrets,
    logs: deployment.containers.map((container) => container.log()).join('\n'),
    bootMs,
  };
}

interface Door {
  readonly address: string;
  readonly port: number;
  readonly path?: string;
}

function call(deployment: BootedDeployment, to: Door, token?: string): Promise<ProbeReport> {
  return deployment.place('caller').probe(probe(deployment.door, to, token));
}

/** Its port is admitted by no group, so it is called from within the task. */
async function callSecondProxy(deployment: BootedDeployment): Promise<readonly ProbeReport[]> {
  const second = await deployment.secondProxy({ issuer: 'good' });
  const to = { address: '127.0.0.1', port: second.port };
  const good = await deployment.place('task').probe(probe(deployment.door, to, deployment.issuer.token()));
  await second.stop();
  return [good, await deployment.place('task').probe(probe(deployment.door, to))];
}

function probe(
  door: BootedDeployment['door'],
  to: Door,
  token?: string,
): Parameters<ReturnType<BootedDeployment['place']>['probe']>[0] {
  return {
    kind: 'http',
    protocol: 'http/1.1',
    address: to.address,
    port: to.port,
    tls: { servername: door.hostname, ca: door.ca },
    method: 'POST',
    path: to.path ?? '/Greeter/greet',
    authority: door.hostname,
    headers: [
      ['content-type', 'application/json'],
      ...(token === undefined ? [] : ([['authorization', `Bearer ${token}`]] as const)),
    ],
    body: '"bob"',
    timeoutMs: 10_000,
  };
}
