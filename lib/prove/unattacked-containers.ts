import type { Container, Host } from '../artifact/artifact';
import { envoyContainer, restateContainer } from '../artifact/role';
import type { ClaimSubject } from './claims/proven-claim';

/** Folders of a machine, and sockets in them, by which whoever has them rules over it. */
const RULING =
  '/boot /dev /etc /home /lib /proc /root /sys /usr /var/lib/cloud /var/lib/docker ' +
  '/run/containerd /run/docker.sock /run/systemd /var/run/containerd /var/run/docker.sock';

/**
 * What a machine's containers have of it, or run beside the server and its proxy, that no attack looked at: the run has those two alone,
 * and folders of its own in place of the machine's.
 */
export function unattackedContainers({ host }: ClaimSubject): readonly string[] {
  if (host.instance === undefined) return [];
  const own = [restateContainer(host), envoyContainer(host)];
  return host.containers.flatMap((container) => [
    ...(container.essential && !own.includes(container)
      ? [`container ${container.name} runs beside the server and its proxy, and the run does not have it`]
      : []),
    ...(own.includes(container) || !isPowerful(container)
      ? []
      : [`container ${container.name} has powers over the machine, and the run does not have it`]),
    ...rulingFolders(host, container).map((path) => `container ${container.name} has ${path} of the machine`),
  ]);
}

function isPowerful({ privileged, capabilitiesAdded }: Container): boolean {
  return privileged || capabilitiesAdded.length > 0;
}

function rulingFolders({ volumes }: Host, { mounts }: Container): readonly string[] {
  return mounts.flatMap((mount) => {
    const { hostPath } = volumes.find(({ name }) => name === mount.volume) ?? {};
    return hostPath !== undefined && RULING.split(' ').some((each) => holds(hostPath, each) || holds(each, hostPath))
      ? [hostPath]
      : [];
  });
}

function holds(folder: string, path: string): boolean {
  const inside = folder.replace(/\/+$/, '');
  return path === inside || path.startsWith(`${inside}/`);
}
