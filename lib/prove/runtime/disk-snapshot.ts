import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Host } from '../../artifact/artifact';
import { runCommand } from '../toolchain/run-command';
import type { MachineFolders } from './machine-folders';

const STANDS_STILL_WITHIN_MS = 2000;
const PAUSE_MS = 5;
const COPY_TIMEOUT_MS = 20_000;

/** The folders of a container that stand for the disk of the machine: what a snapshot of that disk holds. */
export function diskFolders(container: Container, host: Host, folders: MachineFolders): readonly string[] {
  const kept = host.volumes.filter(({ hostPath }) => hostPath !== undefined && !hostPath.startsWith('/run/'));
  const paths = container.mounts.filter(({ volume }) => kept.some(({ name }) => name === volume));
  return folders
    .mountsOf(container)
    .filter((mount) => paths.some(({ path }) => path === mount.path))
    .map(({ source }) => source);
}

/**
 * Copies folders as they are at one moment, while the process that writes to them runs: it stands still for the copy and knows nothing of it.
 *
 * @returns what puts the copy back in their place
 */
export async function copyAtOnce(folders: readonly string[], to: string, pid: number): Promise<() => Promise<void>> {
  process.kill(pid, 'SIGSTOP');
  try {
    await standsStill(pid);
    for (const [index, folder] of folders.entries()) await copy(folder, join(to, String(index)));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return async () => {
    for (const [index, folder] of folders.entries()) {
      for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
      await copy(join(to, String(index)), folder);
    }
  };
}

/** A signal is only on its way when it was sent. */
async function standsStill(pid: number): Promise<void> {
  const until = performance.now() + STANDS_STILL_WITHIN_MS;
  while (!threadsOf(pid).every((state) => state === 'T')) {
    if (performance.now() > until) throw new Error('the server did not stand still');
    await sleep(PAUSE_MS);
  }
}

/** The state of each thread, which stands behind the name in parentheses. */
function threadsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2);
  });
}

/** With owners, modes and everything else that is no file. */
async function copy(from: string, to: string): Promise<void> {
  const script = 'mkdir -p "$2" && cp -a "$1/." "$2"';
  const { code, stderr } = await runCommand('sh', ['-c', script, 'copy', from, to], { timeoutMs: COPY_TIMEOUT_MS });
  if (code !== 0) throw new Error(`the disk could not be copied: ${stderr.trim()}`);
}
