import type { Mutant } from '../mutant';
import { container, environment, replaceText, type Template } from '../template';

const KEY_FILE = 'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE';

/** Requests to services without the key that signs them: a service is then run as its owner would have to, without checking. */
export const IDENTITY_MUTANTS: readonly Mutant[] = [
  'requests-unsigned',
  'service-call-unsigned',
  'service-call-foreign-key',
  'service-call-replayed',
  'service-call-expired',
].map((attack) => ({
  id: `no-identity-key-for-${attack}`,
  guard: 'the request identity key',
  attack,
  edit: withoutKey,
}));

/** The server starts as it would where nobody thought of a key: no secret, no script that waits for one. */
function withoutKey(template: Template): void {
  environment(template, KEY_FILE, undefined);
  const server = container(template, 'restate');
  delete server['Secrets'];
  server.Command = replaceText(server.Command, /case [^]*?\nunset \w+\n/, '');
}
