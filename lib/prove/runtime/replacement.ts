import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Host } from '../../artifact/artifact';
import type { ServerRecords } from '../deployment';
import type { MachineFolders } from './machine-folders';

const HEALTHY_WITHIN_MS = 15_000;
const PAUSE_MS = 50;

/**
 * Empties what a container keeps elsewhere than on the machine's disk, as a task on another machine finds it: volumes without a path of
 * the machine, and those in its memory. What other containers of the task mount too is left to them.
 */
export function emptyTaskVolumes(container: Container, host: Host, folders: MachineFolders): void {
  const others = host.containers.filter((each) => each !== container).flatMap(({ mounts }) => mounts);
  const lost = container.mounts.filter(({ volume }) => {
    const { hostPath } = host.volumes.find(({ name }) => name === volume) ?? {};
    const kept = hostPath !== undefined && !hostPath.startsWith('/run/');
    return !kept && !others.some((mount) => mount.volume === volume);
  });
  for (const { source, path } of folders.mountsOf(container)) {
    if (!lost.some((mount) => mount.path === path)) continue;
    for (const entry of readdirSync(source)) rmSync(join(source, entry), { recursive: true, force: true });
  }
}

/** Waits until a server that was started anew answers its operators. */
export async function awaitServer(records: ServerRecords): Promise<void> {
  const until = Date.now() + HEALTHY_WITHIN_MS;
  while (Date.now() < until) {
    try {
      if ((await records.admin('/health', { timeoutMs: 1000 })).status === 200) return;
    } catch {
      // not there yet
    }
    await sleep(PAUSE_MS);
  }
}
