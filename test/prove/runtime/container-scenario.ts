import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Container, Host } from '../../../lib/artifact/artifact';
import { ContainerFactory } from '../../../lib/prove/runtime/container-factory';
import { makeMachineFolders } from '../../../lib/prove/runtime/machine-folders';
import { RunValues } from '../../../lib/prove/runtime/run-values';
import type { SandboxContext } from '../../../lib/prove/sandbox/inner-main';

/** What a container wrote, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly log: string;
}

/** What is to be run. */
export interface Scenario {
  readonly host: Host;
  /** Programs in `/usr/local/bin`. */
  readonly programs: Readonly<Record<string, string>>;
}

const ROOT = '/run/test';

/** Runs each container of a host to its end, one that is told to sleep until it is stopped. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<unknown> {
  const { host, programs } = input as Scenario;
  execFileSync('ip', ['netns', 'add', 'task']);
  const factory = new ContainerFactory({
    host,
    hostname: 'ip-10-0-0-1',
    values: new RunValues(),
    identityKeyPem: 'KEY',
    folders: makeMachineFolders(host, ROOT, context.allUsers),
    trusted: 'CERTIFICATES',
    programs,
    networkNamespace: 'task',
    runFolder: `${ROOT}/containers`,
    allUsers: context.allUsers,
  });
  const start = (container: Container) =>
    factory.start(container, { name: container.name, names: { 'keys.test': ['198.51.100.53'] } });
  const results: Record<string, unknown> = {};
  await Promise.all(
    host.containers.map(async (container) => {
      const process = start(container);
      await process.started();
      if (container.name === 'sleeper') results['asked'] = await ask(process);
      const { code } = await process.exited;
      results[container.name] = { code, log: process.log() } satisfies Ended;
    }),
  );
  return results;
}

/** Asks a running container this and that, and stops it. */
async function ask(process: ReturnType<ContainerFactory['start']>): Promise<unknown> {
  const asked = await process.execute(['/bin/sh', '-c', 'id -u; echo $NAME'], 3000);
  const hung = await process.execute(['sleep', '60'], 200);
  const command = readFileSync(`/proc/${process.pid()}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  const begun = Date.now();
  await process.stop(300);
  return { asked: asked.stdout, hung: hung.code, command, stoppedMs: Date.now() - begun, running: process.isRunning() };
}
