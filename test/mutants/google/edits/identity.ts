import type { Configuration } from '../configuration';
import { editFile, editRun, environment, replaceWord } from '../machine';
import type { GoogleMutant } from '../mutant';

const KEY_FILE = 'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE';

/** Requests to services without the key that signs them: a service is then run as its owner would have to, without checking. */
export const IDENTITY_MUTANTS: readonly GoogleMutant[] = ['requests-unsigned', 'service-call-unsigned'].map(
  (attack) => ({
    id: `no-identity-key-for-${attack}`,
    guard: 'the request identity key',
    attack,
    edit: withoutKey,
  }),
);

/** The server starts as it would where nobody thought of a key: no secret, no script that waits for one. */
function withoutKey(configuration: Configuration): void {
  environment(configuration, KEY_FILE, undefined);
  editFile(configuration, /^ExecStart=.*fetch-secret.*identity\.pem .*\n/m, '');
  editRun(configuration, 'restate', (words) => {
    replaceWord(words, /^--mount=.*identity\.pem.*/, undefined);
    words.push((words.pop() ?? '').replace(/first=\n[^]*?unset first\n/, ''));
  });
}
