import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Container, Host, Volume } from '../../artifact/artifact';
import { imageFacts } from './image-facts';
import type { BindMount } from './root-script';
import { containerUser } from './process-rights';

/** The folders of the machine below a task, and of its volumes, on the run's tmpfs. */
export interface MachineFolders {
  /** What a container mounts of them. */
  mountsOf(container: Container): readonly BindMount[];
}

/**
 * Makes a folder for each volume of a task. The user data of the machine makes those with a `hostPath` before any container runs,
 * for the first container that writes to it and closed to all others: owner and mode are derived and not read from the script.
 *
 * @param allUsers whether owners can be given
 */
export function makeMachineFolders(host: Host, root: string, allUsers: boolean): MachineFolders {
  const sources = new Map(host.volumes.map((volume, index) => [volume.name, folderOf(volume, root, index)]));
  for (const [index, volume] of host.volumes.entries()) {
    const folder = folderOf(volume, root, index);
    if (isSecretFile(volume, host)) continue;
    mkdirSync(folder, { recursive: true });
    const writer = host.containers.find(({ mounts }) => mounts.some((m) => m.volume === volume.name && !m.readOnly));
    if (volume.hostPath !== undefined && writer !== undefined) {
      const { uid, gid } = containerUser(writer, imageFacts(writer, host).user);
      chmodSync(folder, 0o700);
      if (allUsers) {
        chownSync(folder, uid, gid);
      }
    }
  }
  return {
    mountsOf: (container) =>
      container.mounts.flatMap(({ volume, path, readOnly }) => {
        const source = sources.get(volume);
        return source === undefined ? [] : [{ source, path, readOnly }];
      }),
  };
}

/** Where the run keeps what stands at a path of the machine. */
export function machinePath(root: string, path: string): string {
  return join(root, 'machine', posix.join('/', path));
}

/** Whether the machine's start fills a volume, or what is in it, from a secret store. */
export function holdsSecretFile({ hostPath }: Volume, { instance }: Pick<Host, 'instance'>): boolean {
  if (hostPath === undefined) return false;
  const folder = posix.join('/', hostPath, '/');
  return (instance?.secretFiles ?? []).some(({ path }) => `${path}/`.startsWith(folder));
}

/** Such a volume is a file itself, which is written later. */
function isSecretFile({ hostPath }: Volume, { instance }: Pick<Host, 'instance'>): boolean {
  return (instance?.secretFiles ?? []).some(({ path }) => path === hostPath);
}

/** Never by the volume's name, which may hold anything. */
function folderOf({ hostPath }: Volume, root: string, index: number): string {
  return hostPath === undefined ? join(root, 'volumes', String(index)) : machinePath(root, hostPath);
}
