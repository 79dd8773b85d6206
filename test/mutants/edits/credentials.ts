import { editBootstrap, extension, listener, type Node, nodes, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';
import { some } from '../template';
import { policies, policiesByName } from './policies';

/** API keys, and several methods at one door, without one of the guards. */
export const CREDENTIAL_MUTANTS: readonly Mutant[] = (
  [
    {
      id: 'revoked-keys-looked-for-elsewhere',
      guard: 'the look at the id of an API key',
      attack: 'revoked-api-key',
      edit: edit((bootstrap) => {
        const [byName] = policiesByName(bootstrap, 'DENY');
        const matchers = nodes(byName?.['api-key-revoked']).filter(({ path }) => Array.isArray(path)) as {
          path: Node[];
        }[];
        for (const { path } of some(matchers, 'withdrawn id')) path[0] = { key: 'other' };
      }),
    },
    {
      id: 'keys-without-id-admitted',
      guard: 'the refusal of API keys without an id',
      attack: 'api-key-without-id',
      edit: edit((bootstrap) => {
        for (const byName of policiesByName(bootstrap, 'DENY')) delete byName['api-key-without-id'];
      }),
    },
    {
      id: 'keys-for-any-door',
      guard: 'the audiences of API keys',
      attack: 'api-key-of-another-deployment',
      edit: edit((bootstrap) => removeMember(provider(bootstrap, 'api-keys'), 'audiences')),
    },
    {
      id: 'private-key-in-the-key-set',
      guard: 'the want of private parts in the key set',
      attack: 'api-key-from-the-file',
      edit: edit((bootstrap) => {
        const source = provider(bootstrap, 'api-keys')['local_jwks'] as { inline_string: string };
        const { keys } = JSON.parse(source.inline_string) as { keys: Node[] };
        for (const key of keys) key['d'] = 'x'.repeat(43);
        source.inline_string = JSON.stringify({ keys });
      }),
    },
    {
      id: 'token-beside-a-certificate',
      guard: 'the refusal of a second credential',
      attack: 'several-good-credentials',
      edit: edit(forgetOthers),
    },
    {
      id: 'bad-token-beside-a-certificate',
      guard: 'the refusal of a bad token beside a good certificate',
      attack: 'bad-credential-beside-a-good-one',
      edit: edit((bootstrap) => {
        forgetOthers(bootstrap);
        for (const node of nodes(extension(listener(bootstrap, 'tls'), 'JwtAuthentication'))) {
          if ('allow_missing' in node) {
            delete node['allow_missing'];
            node['allow_missing_or_failed'] = {};
          }
        }
      }),
    },
    {
      id: 'stated-keys-not-asked',
      guard: 'the refusal of what no stated key has signed',
      attack: 'withdrawn-stated-key',
      edit: edit((bootstrap) => {
        const { rules } = extension(listener(bootstrap, 'tls'), 'JwtAuthentication') as { rules: Node[] };
        for (const rule of rules) rule['requires'] = { allow_missing_or_failed: {} };
        for (const policy of policies(bootstrap)) policy['principals'] = [{ any: true }];
      }),
    },
    {
      id: 'one-key-set-for-all',
      guard: 'key sets of their own for the kinds of credentials',
      attack: 'credential-of-another-issuer',
      edit: edit((bootstrap) => {
        setMember(provider(bootstrap, 'api-keys'), 'local_jwks', provider(bootstrap, 'issuer')['local_jwks']);
      }),
    },
  ] satisfies Mutant[]
).map((mutant) => ({ ...mutant, example: 'Combined' }));

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}

function provider(bootstrap: Node, name: string): Node {
  const { providers } = extension(listener(bootstrap, 'tls'), 'JwtAuthentication') as {
    providers: Record<string, Node>;
  };
  const found = providers[name];
  if (found === undefined) throw new Error(`there is no provider ${name}`);
  return found;
}

/** Whoever is named by a credential is admitted, whatever else is shown. */
function forgetOthers(bootstrap: Node): void {
  const lists = nodes(policies(bootstrap)).filter(({ ids }) => Array.isArray(ids)) as { ids: Node[] }[];
  for (const list of some(lists, 'list of identities')) {
    list.ids = list.ids.filter((id) => !('not_id' in id));
  }
}
