import { posix } from 'node:path';

/** Folders of a machine, and sockets in them, by which whoever has them rules over it. */
const RULING: readonly string[] = [
  '/bin /boot /dev /etc /home /lib /lib64 /opt/aws /proc /root /sbin /sys /usr /var/lib/cloud /var/lib/containerd',
  '/var/lib/docker /var/lib/ecs /var/lib/kubelet /var/lib/toolbox /var/log /var/run /run/containerd /run/docker.sock',
  '/run/ecs /run/systemd /run/dbus /run/user /tmp /var/tmp',
].flatMap((line) => line.split(' '));

/** Places where people keep data of their own. */
const OWN = /^\/(?:data|mnt|media|srv|opt|run|var\/lib|ecs)\/[\w.-]+(?:\/[\w.-]+)*$/;

/** What a folder of the machine is to a container that has it: `ruling` over the machine, a place for data, or nothing that is known. */
export function kindOfHostPath(path: string): 'ruling' | 'data' | 'unknown' {
  const folder = posix.normalize(path);
  if (RULING.some((each) => holds(folder, each) || holds(each, folder))) return 'ruling';
  return OWN.test(folder.replace(/\/$/, '')) ? 'data' : 'unknown';
}

function holds(folder: string, path: string): boolean {
  const inside = folder.replace(/\/+$/, '');
  return path === inside || path.startsWith(`${inside}/`);
}
