import type { Container, Host } from '../artifact/artifact';
import { RULING_VARIABLE } from '../artifact/machine/machine-changes';
import { envoyContainer, restateContainer } from '../artifact/role';
import { literal } from '../artifact/text';
import type { ClaimSubject } from '../claims/claim-subject';
import { isOffline } from './offline-script';

/** Folders of a machine, and sockets in them, by which whoever has them rules over it. */
const RULING =
  '/boot /dev /etc /home /lib /proc /root /sys /usr /var/lib/cloud /var/lib/docker /var/lib/ecs ' +
  '/run/containerd /run/docker.sock /run/systemd /var/run/containerd /var/run/docker.sock';

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh$/;
/** `-c` with or without the options `e`, `u` and `x`. */
const ON_TEXT = /^-[eux]*c$/;

/**
 * What the containers of a machine or a task have of the machine, or run beside the server and its proxy, that no attack looked at: images
 * of others do not run here, and folders of the run stand in place of the machine's.
 */
export function unattackedContainers({ host }: ClaimSubject): readonly string[] {
  const own = [restateContainer(host), envoyContainer(host)];
  const others = host.containers.filter((container) => !own.includes(container));
  return [
    ...others
      .filter((container) => isBeside(host, container))
      .map(
        ({ name }) =>
          `container ${name} runs beside the server and its proxy, whose ports are open to it, and the run does not have its image`,
      ),
    ...others
      .filter(isPowerful)
      .map(({ name }) => `container ${name} has powers over the machine, and the run does not have its image`),
    ...host.containers.flatMap((container) =>
      rulingFolders(host, container).map((path) => `container ${container.name} has ${path} of the machine`),
    ),
  ];
}

/**
 * Whether a container can reach the server by the addresses that they share, and nothing shows that it does not.
 *
 * On a machine of Google a container that ends has ended before the server starts. One of an ECS task that nothing waits for goes on
 * beside it; but where its whole program is a script in the file that runs no program by which anybody is reached, the script was read
 * and has run here, and there is nothing else of it.
 */
function isBeside(host: Host, container: Container): boolean {
  if (host.instance !== undefined) return container.essential;
  return !endsBeforeServer(host, container) && !isOffline(scriptOf(container) ?? 'unknown');
}

function endsBeforeServer(host: Host, { name }: Container): boolean {
  const awaited = restateContainer(host)?.dependsOn ?? [];
  return awaited.some(({ container, condition }) => container === name && /^(?:SUCCESS|COMPLETE)$/.test(condition));
}

/** The script that a shell runs as a container's whole program; of what an image adds to it the file says nothing. */
function scriptOf({ entryPoint = [], command = [], environment, secrets }: Container): string | undefined {
  const [shell = '', option = '', script] = [...entryPoint, ...command].map(literal);
  const isRuled = Object.keys({ ...environment, ...secrets }).some((name) => RULING_VARIABLE.test(name));
  return entryPoint.length > 0 && SHELL.test(shell) && ON_TEXT.test(option) && !isRuled ? script : undefined;
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
