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

/** Never by the volume's name, which may hold anything. */
function folderOf(volume: Volume, root: string, index: number): string {
  return volume.hostPath === undefined
    ? join(root, 'volumes', String(index))
    : join(root, 'machine', posix.join('/', volume.hostPath));
}
