import { mkdirSync } from 'node:fs';
import type { Artifact, Container, Host } from '../artifact/artifact';
import type { Bootstrap } from '../artifact/bootstrap';
import { jwtProvidersOf, listenersOf } from '../artifact/bootstrap-facts';
import { envoyContainer, restateContainer } from '../artifact/role';
import { generateIdentityKey } from '../restate/request-identity';
import { type BootedDeployment, RunningDeployment } from './booted-deployment';
import { CannotProveError } from './cannot-prove-error';
import type { IngressDoor, SecondProxy, IssuerMode } from './deployment';
import { type CertificateAuthority, createCertificateAuthority } from './issuer/certificate-authority';
import { RunIssuer } from './issuer/run-issuer';
import { startBalancer } from './network/balancer';
import { buildNetwork, type Network } from './network/network';
import { ownAddresses } from './network/seat';
import { redact } from './redact';
import { hostnameOf, withInlineKeys } from './runtime/bootstrap-changes';
import { proxyReplacements, runtimeEmulations } from './runtime/boot-notes';
import { ContainerFactory } from './runtime/container-factory';
import type { ContainerProcess } from './runtime/container-process';
import { IssuerDoor } from './runtime/issuer-door';
import { awaitListeners } from './runtime/await-listeners';
import { makeMachineFolders } from './runtime/machine-folders';
import { certificateVariables } from './runtime/proxy-certificates';
import { type ProxyArguments, proxyArguments } from './runtime/proxy-arguments';
import { registerService } from './runtime/register-service';
import { ReplaceableServer } from './runtime/replaceable-server';
import { awaitServer, emptyTaskVolumes } from './runtime/replacement';
import { RunValues, signsRequests } from './runtime/run-values';
import { startSecondProxy } from './runtime/second-proxy';
import { AdminRecords } from './runtime/server-records';
import { bootFailed, startContainers } from './runtime/start-containers';
import { RunningService } from './service/running-service';
import type { Toolchain } from './toolchain/toolchain';

/** What a deployment is booted with. */
export interface BootOptions {
  readonly toolchain: Toolchain;
  /** Whether every uid is mapped, so that containers run as the users they ask for. */
  readonly allUsers: boolean;
  /** Whether the real timers are waited for. */
  readonly slow: boolean;
}

/** On the sandbox's own tmpfs, and short: a unix socket's path has 108 characters. */
const RUN_FOLDER = '/run/portcullis-run';
const LISTEN_TIMEOUT_MS = 20_000;
const COMPLAINT_LINES = 4;
const COMPLAINT_CHARACTERS = 400;
/** Where the artifact names none. */
const HOSTNAME = 'ingress.portcullis.test';
const ISSUER = 'https://issuer.portcullis.test/';
const AUDIENCE = 'portcullis';

/** What is made for a run before any of its servers starts. */
interface Run {
  readonly artifact: Artifact;
  readonly host: Host;
  readonly restate: Container;
  readonly envoy: Container;
  readonly options: BootOptions;
  readonly values: RunValues;
  readonly identity: { readonly privateKeyPem: string; readonly publicKey: string };
  readonly network: Network;
  readonly authority: CertificateAuthority;
  readonly issuer: RunIssuer;
  readonly adapt: (bootstrap: Bootstrap) => Bootstrap;
  readonly proxy: ProxyArguments;
  readonly issuerDoor: IssuerDoor;
  readonly factory: ContainerFactory;
}

/**
 * Boots a host of an artifact: its network, its containers with the real servers in them, the balancer before it, the issuer that it
 * trusts, and a service behind it, registered. Expects to run in the sandbox, with which all of it ends.
 *
 * @throws CannotProveError when the deployment does not come up; its message holds no value of the run
 */
export async function boot(artifact: Artifact, host: Host, options: BootOptions): Promise<BootedDeployment> {
  const run = await prepare(artifact, host, options);
  const { network, values, restate } = run;
  const hostname = hostnameOf(run.proxy.bootstrap) ?? HOSTNAME;
  const [running, door, service] = await Promise.all([bootContainers(run), openDoor(run, hostname), serve(run)]);
  const first = processOf(running, restate);
  const server = new ReplaceableServer(first, successor(run));
  const containers = running.map((each) => (each === first ? server : each));
  const proxy = processOf(running, run.envoy);
  const records = new AdminRecords(server, network.place('task'));
  await registerService(records, `http://${service.address}:${service.port}`);
  let seconds = 0;
  return new RunningDeployment({
    ...run,
    ...door,
    restate: server,
    proxy,
    containers,
    service,
    records,
    bootstrap: run.proxy.bootstrap,
    secrets: values.secrets,
    slow: options.slow,
    replaced: [...proxyReplacements(run.envoy, run.proxy.bootstrap, run.issuerDoor.uri), ...values.replaced],
    emulated: [...network.emulated, ...door.emulated, ...runtimeEmulations(host, restate, options.allUsers)],
    secondProxy: (mode) => second(run, mode, (seconds += 1)),
    replaceServer: async (signal) => {
      const end = await server.replace(signal);
      await awaitServer(records);
      return end;
    },
  });
}

async function prepare(artifact: Artifact, host: Host, options: BootOptions): Promise<Run> {
  const { restate, envoy } = serversOf(host);
  mkdirSync(RUN_FOLDER, { recursive: true });
  const values = new RunValues();
  const identity = generateIdentityKey();
  const [network, authority] = await Promise.all([
    buildNetwork({ artifact, host }),
    createCertificateAuthority('Portcullis run authority'),
  ]);
  const text: Parameters<typeof proxyArguments>[1] = (each) => values.text(each);
  const issuer = makeIssuer(proxyArguments(envoy, text, (bootstrap) => bootstrap).bootstrap);
  const adapt = (bootstrap: Bootstrap): Bootstrap => withInlineKeys(bootstrap, issuer.jwks);
  const proxy = proxyArguments(envoy, text, adapt);
  const issuerDoor = new IssuerDoor({ bootstrap: proxy.bootstrap, issuer, network, authority });
  await certify(envoy, proxy.bootstrap, authority, values);
  const facts = { artifact, host, restate, envoy, options, values, identity, network, authority };
  return { ...facts, issuer, adapt, proxy, issuerDoor, factory: makeFactory(facts) };
}

/** Starts the server's container anew, under another host name, as in a task on another machine. */
function successor(run: Run): () => Promise<ContainerProcess> {
  const { host, restate, options, issuerDoor } = run;
  let number = 0;
  return async () => {
    number += 1;
    emptyTaskVolumes(restate, host, makeMachineFolders(host, RUN_FOLDER, options.allUsers));
    const factory = makeFactory(run, `-${number}`);
    const process = factory.start(restate, { name: `${restate.name}-again-${number}`, names: issuerDoor.names });
    await process.started();
    return process;
  };
}

function makeFactory(
  run: Pick<Run, 'host' | 'options' | 'values' | 'identity' | 'network' | 'authority'>,
  suffix = '',
): ContainerFactory {
  const { host, options, values, identity, network, authority } = run;
  const { address } = ownAddresses(network.seat('task'));
  return new ContainerFactory({
    host,
    hostname: `ip-${address.replaceAll('.', '-')}${suffix}`,
    values,
    identityKeyPem: identity.privateKeyPem,
    folders: makeMachineFolders(host, RUN_FOLDER, options.allUsers),
    trusted: authority.certificate,
    programs: { envoy: options.toolchain.envoy, 'restate-server': options.toolchain.restateServer },
    networkNamespace: 'task',
    runFolder: `${RUN_FOLDER}/containers`,
    allUsers: options.allUsers,
  });
}

/** A proxy that takes its certificate from a secret gets one that the run's callers trust. */
async function certify(
  envoy: Container,
  bootstrap: Bootstrap,
  authority: CertificateAuthority,
  values: RunValues,
): Promise<void> {
  for (const { chain, privateKey } of certificateVariables(bootstrap)) {
    const issued = await authority.issue([hostnameOf(bootstrap) ?? HOSTNAME]);
    values.choose(envoy, chain, issued.certificate, 'a certificate of the run');
    values.choose(envoy, privateKey, issued.privateKey, 'a key of the run');
  }
}

/** Starts the issuer first: a proxy that finds it silent waits out its own pause before it asks again. */
async function bootContainers(run: Run): Promise<readonly ContainerProcess[]> {
  const { host, factory, values, issuerDoor, proxy, envoy, network } = run;
  await issuerDoor.start();
  const { entryPoint, command } = proxy;
  const adapted = { command, ...(entryPoint && { entryPoint }) };
  const start = (container: Container): ContainerProcess =>
    factory.start(container, {
      name: container.name,
      names: issuerDoor.names,
      ...(container === envoy && adapted),
    });
  const explain = (container: ContainerProcess): string => lastWords(container.log(), values.secrets);
  const running = await startContainers(host.containers, start, explain);
  const process = processOf(running, envoy);
  const listeners = listenersOf(proxy.bootstrap);
  if (!(await awaitListeners(network.place('task'), process, listeners, LISTEN_TIMEOUT_MS))) {
    throw bootFailed(process, `does not listen on ${listeners.map(({ port }) => port).join(' and ')}`, explain);
  }
  return running;
}

/** Where good callers come in: the first balancer before the host, or the host itself where there is none. */
async function openDoor(run: Run, hostname: string): Promise<{ door: IngressDoor; emulated: readonly string[] }> {
  const { network, host, authority } = run;
  const certificate = await authority.issue([hostname]);
  const task = ownAddresses(network.seat('task')).address;
  const started = await Promise.all(
    network.balancers.map(({ balancer, seat }) =>
      startBalancer({ balancer, enter: network.enter(seat), addresses: { [host.id]: task }, ...certificate }),
    ),
  );
  const front = network.balancers[0];
  const listener = front?.balancer.listeners.find(({ targets }) => targets.some((target) => target.host === host.id));
  const own = listenersOf(run.proxy.bootstrap).find(({ tls }) => tls);
  const address = front === undefined ? task : ownAddresses(network.seat(front.seat)).address;
  return {
    door: { address, port: listener?.port ?? own?.port ?? 0, hostname, ca: authority.certificate },
    emulated: started.flatMap(({ emulated }) => emulated),
  };
}

async function second(run: Run, mode: IssuerMode, number: number): Promise<SecondProxy> {
  const { envoy: container, factory, values, adapt, network } = run;
  return startSecondProxy({
    container,
    task: network.place('task'),
    factory,
    text: (each) => values.text(each),
    adapt,
    ingressPort: listenersOf(run.proxy.bootstrap).find(({ tls }) => tls)?.port ?? 0,
    number,
    issuer: await run.issuerDoor.second(mode),
  });
}

function makeIssuer(bootstrap: Bootstrap): RunIssuer {
  const [provider] = jwtProvidersOf(bootstrap);
  return new RunIssuer({ issuer: provider?.issuer ?? ISSUER, audience: provider?.audiences[0] ?? AUDIENCE });
}

/** The service behind the server; it verifies who calls it wherever the server signs. */
function serve({ network, options, restate, identity }: Run): Promise<RunningService> {
  return RunningService.start({
    address: ownAddresses(network.seat('service')).address,
    enter: network.enter('service'),
    node: options.toolchain.node,
    port: network.servicePort,
    sdkModules: options.toolchain.sdkModules,
    identityKeys: signsRequests(restate) ? [identity.publicKey] : [],
  });
}

function serversOf(host: Host): { readonly restate: Container; readonly envoy: Container } {
  const restate = restateContainer(host);
  const envoy = envoyContainer(host);
  if (restate === undefined || envoy === undefined) {
    const missing = restate === undefined ? 'restate-server' : 'an Envoy in front of it';
    throw new CannotProveError('NothingToBoot', `${host.id} does not run ${missing}`, 'give a task that runs both');
  }
  return { restate, envoy };
}

function processOf(running: readonly ContainerProcess[], container: Container): ContainerProcess {
  const found = running.find((each) => each.container === container);
  if (found === undefined) {
    throw new Error(`container ${container.name} was not started`);
  }
  return found;
}

/** The end of a log, for an error: a server that refuses its configuration prints all of it. */
function lastWords(log: string, secrets: Readonly<Record<string, string>>): string {
  const lines = log.trim().split('\n').slice(-COMPLAINT_LINES);
  return redact(lines.map((line) => line.slice(0, COMPLAINT_CHARACTERS)).join('\n'), secrets).slice(
    0,
    COMPLAINT_CHARACTERS,
  );
}
