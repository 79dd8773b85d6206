import { join } from 'node:path';
import type { Artifact, Host } from '../artifact/artifact';
import { type BootedDeployment, RunningDeployment } from './booted-deployment';
import type { IssuerMode, SecondProxy } from './deployment';
import { redact } from './redact';
import { bootContainers, processOf } from './runtime/boot-containers';
import { proxyReplacements, runtimeEmulations, serviceReplacement } from './runtime/boot-notes';
import { callersPort } from './runtime/callers-listener';
import type { ContainerProcess } from './runtime/container-process';
import { copyAtOnce, diskFolders } from './runtime/disk-snapshot';
import { lastWords } from './runtime/last-words';
import { makeMachineFolders } from './runtime/machine-folders';
import { openDoor } from './runtime/open-door';
import { type BootOptions, makeFactory, prepareRun, type Run, RUN_FOLDER } from './runtime/prepare-run';
import { ReplaceableServer } from './runtime/replaceable-server';
import { awaitServer, emptyTaskVolumes } from './runtime/replacement';
import { startSecondProxy } from './runtime/second-proxy';
import { AdminRecords } from './runtime/server-records';
import { register, startService } from './runtime/start-service';

export type { BootOptions } from './runtime/prepare-run';

/**
 * Boots a host of an artifact: its network, its containers with the real servers in them, the balancer before it, the issuer that it
 * trusts, and a service behind it, registered. Expects to run in the sandbox, with which all of it ends.
 *
 * @throws CannotProveError when the deployment does not come up; its message holds no value of the run
 */
export async function boot(artifact: Artifact, host: Host, options: BootOptions): Promise<BootedDeployment> {
  const run = await prepareRun(artifact, host, options);
  const { network, values, restate } = run;
  const [running, door, service] = await Promise.all([bootContainers(run), openDoor(run), startService(run)]);
  const first = processOf(running, restate);
  const server = new ReplaceableServer(first, successor(run));
  const containers = running.map((each) => (each === first ? server : each));
  const proxy = processOf(running, run.envoy);
  const records = new AdminRecords(server, network.place('task'));
  const refusal = await register(records, service);
  let seconds = 0;
  let snapshots = 0;
  const answers = (): Promise<void> =>
    awaitServer({ server, records, explain: () => lastWords(server.log(), values.secrets) });
  return new RunningDeployment({
    ...run,
    ...door,
    ...service,
    restate: server,
    proxy,
    containers,
    records,
    bootstrap: run.proxy.bootstrap,
    secrets: values.secrets,
    slow: options.slow,
    replaced: [
      serviceReplacement(artifact),
      ...proxyReplacements(run.envoy, run.proxy.bootstrap, run.issuerDoor.uri),
      ...values.replaced,
    ],
    emulated: [
      ...network.emulated,
      ...network.unproven,
      ...door.emulated,
      ...(run.google?.emulated ?? []),
      ...runtimeEmulations(host, restate, options.allUsers),
      ...(artifact.diskSnapshots === undefined ? [] : [SNAPSHOT_EMULATION]),
      ...(refusal === undefined ? [] : [redact(`${NOT_TAKEN}: ${refusal}`, values.secrets)]),
    ],
    secondProxy: (mode) => second(run, mode, (seconds += 1)),
    replaceServer: async (signal) => {
      const end = await server.replace(signal);
      await answers();
      return end;
    },
    snapshotDisk: async () => {
      const folders = diskFolders(restate, host, makeMachineFolders(host, RUN_FOLDER, options.allUsers));
      const putBack = await copyAtOnce(folders, join(RUN_FOLDER, 'snapshots', String((snapshots += 1))), server.pid());
      return async () => {
        await server.replace('SIGKILL', putBack);
        await answers();
      };
    },
  });
}

const NOT_TAKEN = 'service of Cloud Run: the server did not take it';

const SNAPSHOT_EMULATION =
  'snapshots: a copy of the folders that stand for the disk of the machine, made while the server stands still; whose data a disk holds is for the user data to decide, which is not run';

/** Starts the server's container anew, under another host name, as in a task on another machine. */
function successor(run: Run): () => Promise<ContainerProcess> {
  const { host, restate, options } = run;
  let number = 0;
  return async () => {
    number += 1;
    emptyTaskVolumes(restate, host, makeMachineFolders(host, RUN_FOLDER, options.allUsers));
    const factory = makeFactory(run, `-${number}`);
    const process = factory.start(restate, { name: `${restate.name}-again-${number}`, names: run.names });
    await process.started();
    return process;
  };
}

async function second(run: Run, mode: IssuerMode, number: number): Promise<SecondProxy> {
  const { envoy: container, factory, values, adapt, network } = run;
  return startSecondProxy({
    container,
    task: network.place('task'),
    factory,
    text: (each) => values.text(each),
    adapt: (bootstrap) => adapt(bootstrap, mode === 'rotated' ? 'foreign' : 'own'),
    ingressPort: callersPort(network, run.host, run.proxy.bootstrap) ?? 0,
    number,
    issuer: await run.issuerDoor.second(mode),
  });
}
