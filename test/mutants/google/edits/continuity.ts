import type { GoogleMutant } from '../mutant';
import { addOptions, editRun, replaceWord } from '../machine';
import type { Configuration } from '../configuration';

/** What keeps work through the end of its server. */
export const CONTINUITY_MUTANTS: readonly GoogleMutant[] = (
  ['server-lost-with-its-machine', 'server-killed-under-load', 'disk-restored-from-snapshot'] as const
).map((attack) => ({
  id: `data-in-the-container-for-${attack}`,
  guard: 'the disk that outlives the machine',
  attack,
  edit: keepDataInContainer,
}));

/** Memory of the container in place of the disk of the machine. */
function keepDataInContainer(configuration: Configuration): void {
  editRun(configuration, 'restate', (words) => replaceWord(words, /^--mount=.*target=\/var\/lib\/restate$/, undefined));
  addOptions(configuration, 'restate', '--tmpfs=/var/lib/restate:uid=65531,gid=65531,mode=0700,size=1g');
}
