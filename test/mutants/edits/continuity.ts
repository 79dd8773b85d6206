import type { Mutant } from '../mutant';
import { container, replaceText, task, type Template, the } from '../template';

/** What keeps work through the end of its server. */
export const CONTINUITY_MUTANTS: readonly Mutant[] = [
  ...(['server-lost-with-its-machine', 'server-killed-under-load', 'disk-restored-from-snapshot'] as const).map(
    (attack): Mutant => ({
      id: `data-in-the-task-for-${attack}`,
      guard: 'the volume that outlives the task',
      attack,
      edit: keepDataInTask,
    }),
  ),
  {
    id: 'server-behind-a-shell',
    guard: 'the signal that reaches the server, and its time to stop,',
    attack: 'call-under-way-at-deployment',
    edit: (template) => {
      const server = container(template, 'restate');
      server.Command = replaceText(
        server.Command,
        /exec restate-server --no-logo/,
        'restate-server --no-logo; exit $?',
      );
      server['StopTimeout'] = 2;
    },
  },
];

/** Memory of the container in place of the disk of the machine. */
function keepDataInTask(template: Template): void {
  const volumes = task(template)['Volumes'] as { Name: string; Host?: { SourcePath: string } }[];
  const disks = volumes.filter(({ Host }) => Host !== undefined && !Host.SourcePath.startsWith('/run/'));
  const server = container(template, 'restate');
  const mounts = server['MountPoints'] as { SourceVolume: string; ContainerPath: string }[];
  const { SourceVolume: name, ContainerPath: path } = the(
    mounts.filter(({ SourceVolume }) => disks.some(({ Name }) => Name === SourceVolume)),
    'mount of a disk',
  );
  server['MountPoints'] = mounts.filter(({ SourceVolume }) => SourceVolume !== name);
  const tmpfs = { ContainerPath: path, Size: 1024, MountOptions: ['uid=65531', 'gid=65531', 'mode=0700'] };
  const linux = server['LinuxParameters'] as { Tmpfs: object[] };
  linux.Tmpfs.push(tmpfs);
}
