import type { Mutant } from '../mutant';
import { container, replaceText, some, task, type Template } from '../template';

/** What keeps work through the end of its server. */
export const CONTINUITY_MUTANTS: readonly Mutant[] = [
  ...(['server-lost-with-its-machine', 'server-killed-under-load'] as const).map((attack): Mutant => ({
    id: `data-in-the-task-for-${attack}`,
    guard: 'the volume that outlives the task',
    attack,
    edit: keepDataInTask,
  })),
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

function keepDataInTask(template: Template): void {
  const volumes = task(template)['Volumes'] as { Host?: { SourcePath: string } }[];
  const data = volumes.filter(({ Host }) => Host !== undefined && !Host.SourcePath.startsWith('/run/'));
  for (const volume of some(data, 'volume on the disk of the machine')) {
    delete volume.Host;
  }
}
