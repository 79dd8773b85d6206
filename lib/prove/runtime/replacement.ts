import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Host } from '../../artifact/artifact';
import type { ServerRecords } from '../deployment';
import { holdsSecretFile, type MachineFolders } from './machine-folders';
import type { ReplaceableServer } from './replaceable-server';

const HEALTHY_WITHIN_MS = 15_000;
/** Of one replacement; a server that ends as often does not come up. */
const MOST_STARTS = 3;
const PAUSE_MS = 50;

/**
 * Empties what a container keeps elsewhere than on the machine's disk, as a task on another machine finds it: volumes without a path of
 * the machine, and those in its memory. What other containers of the task mount too is left to them, and secret files are there again before any.
 */
export function emptyTaskVolumes(container: Container, host: Host, folders: MachineFolders): void {
  const others = host.containers.filter((each) => each !== container).flatMap(({ mounts }) => mounts);
  const lost = container.mounts.filter(({ volume }) => {
    const found = host.volumes.find(({ name }) => name === volume);
    const { hostPath } = found ?? {};
    const isSecret = found !== undefined && holdsSecretFile(found, host);
    const kept = isSecret || (hostPath !== undefined && !hostPath.startsWith('/run/'));
    return !kept && !others.some((mount) => mount.volume === volume);
  });
  for (const { source, path } of folders.mountsOf(container)) {
    if (!lost.some((mount) => mount.path === path)) continue;
    for (const entry of readdirSync(source)) rmSync(join(source, entry), { recursive: true, force: true });
  }
}

/** What a server is waited for with. */
export interface AwaitedServer {
  readonly server: Pick<ReplaceableServer, 'isRunning' | 'startNext'>;
  readonly records: ServerRecords;
  /** What the server last wrote, without secrets. */
  readonly explain: () => string;
  /** @default 15000 */
  readonly withinMs?: number;
}

/**
 * Waits until a server that was started anew answers its operators. One that ends before is started again, as a service does with a task
 * that ends early, but not for ever.
 *
 * @throws Error when it does not come up
 */
export async function awaitServer({
  server,
  records,
  explain,
  withinMs = HEALTHY_WITHIN_MS,
}: AwaitedServer): Promise<void> {
  const until = Date.now() + withinMs;
  let starts = 1;
  while (Date.now() < until && (server.isRunning() || starts < MOST_STARTS)) {
    if (!server.isRunning()) {
      await server.startNext();
      starts += 1;
    }
    if (await isHealthy(records)) return;
    await sleep(PAUSE_MS);
  }
  const what = server.isRunning() ? `is not healthy after ${withinMs / 1000} s` : `ended early ${starts} times`;
  throw new Error(`the server that took the other's place ${what}; it last wrote: ${explain()}`);
}

/** A server that is only starting cannot be asked, and one that ends while it is asked does not answer. */
async function isHealthy(records: ServerRecords): Promise<boolean> {
  try {
    return (await records.admin('/health', { timeoutMs: 1000 })).status === 200;
  } catch {
    return false;
  }
}
