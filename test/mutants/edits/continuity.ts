import type { Mutant } from '../mutant';
import { container, type Properties, task, type Template } from '../template';

/** What is left when a server ends. */
export const CONTINUITY_MUTANTS: readonly Mutant[] = [
  ...(['server-lost-with-its-machine', 'server-killed-under-load'] as const).map((attack): Mutant => ({
    id: `data-in-memory-for-${attack}`,
    guard: "the machine's disk below the server's data",
    attack,
    edit: dataInMemory,
  })),
  {
    id: 'stopped-at-once',
    guard: "the server's stop time",
    attack: 'call-under-way-at-deployment',
    // the least that ECS takes
    edit: (template) => (container(template, 'restate')['StopTimeout'] = 2),
  },
];

/** Moves the volume that the server writes to into the machine's memory. */
function dataInMemory(template: Template): void {
  const mounts = container(template, 'restate')['MountPoints'] as Properties[];
  const written = mounts.filter((mount) => mount['ReadOnly'] !== true).map((mount) => mount['SourceVolume']);
  for (const volume of task(template)['Volumes'] as Properties[]) {
    if (written.includes(volume['Name'])) volume['Host'] = { SourcePath: '/run/portcullis/data' };
  }
}
