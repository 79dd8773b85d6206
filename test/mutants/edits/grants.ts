import { editBootstrap, extension, listener, type Node, nodes } from '../envoy';
import type { Example, Mutant } from '../mutant';
import { some, the } from '../template';
import { policies } from './policies';

const ANY_PATH = '/[A-Za-z_][A-Za-z0-9_.-]*(?:/[^/]+)?/[A-Za-z_][A-Za-z0-9_.-]*(?:/send)?';

/** Who may call what, said less exactly. */
export const GRANT_MUTANTS: readonly Mutant[] = [
  ...onEach(['Ledger', 'Combined'], {
    id: 'grant-of-every-path',
    guard: 'the paths of a grant',
    attack: 'handler-without-grant',
    edit: edit((bootstrap) => paths(bootstrap, () => ANY_PATH)),
  }),
  ...onEach(['Ledger', 'Combined'], {
    id: 'grant-of-paths-that-hold-it',
    guard: 'the beginning and end of the path of a grant',
    attack: 'granted-path-imitated',
    edit: edit((bootstrap) => paths(bootstrap, (regex) => `.*(?:${regex}).*`)),
  }),
  {
    id: 'scope-by-its-beginning',
    guard: 'the end of a scope',
    attack: 'scope-alike',
    example: 'Combined',
    edit: edit((bootstrap) => {
      for (const { one_of: word } of some(
        nodes(policies(bootstrap)).filter((node) => 'one_of' in node),
        'scope',
      ) as { one_of: Node }[]) {
        const { exact } = word['string_match'] as { exact: string };
        word['or_match'] = { value_matchers: [{ string_match: { exact } }, { string_match: { prefix: exact } }] };
        delete word['string_match'];
      }
    }),
  },
  ...onEach(['Ledger', 'Combined'], {
    id: 'caller-named-by-a-header',
    guard: 'the handshake as the one source of names of callers',
    attack: 'certificate-of-another-caller',
    edit: edit((bootstrap) => {
      setForwarding(bootstrap);
      for (const node of some(
        nodes(policies(bootstrap)).filter((each) => nameOf(each) !== undefined),
        'name of a certificate',
      )) {
        const named = { header: { name: 'x-forwarded-client-cert', string_match: { contains: nameOf(node) } } };
        const authenticated = node['authenticated'];
        delete node['authenticated'];
        node['and_ids'] = { ids: [{ or_ids: { ids: [{ authenticated }, named] } }] };
      }
    }),
  }),
];

function onEach(examples: readonly Example[], mutant: Mutant): readonly Mutant[] {
  return examples.map((example) => ({ ...mutant, id: `${mutant.id}-of-${example.toLowerCase()}`, example }));
}

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}

/** Changes the path of the first policy, whatever it says besides. */
function paths(bootstrap: Node, change: (regex: string) => string): void {
  const [{ permissions }] = policies(bootstrap) as [{ permissions: { and_rules: { rules: Node[] } }[] }];
  const [permission] = permissions;
  const rule = the(permission?.and_rules.rules.filter((each) => 'url_path' in each) ?? [], 'path');
  const { path } = rule['url_path'] as { path: { safe_regex: { regex: string } } };
  path.safe_regex.regex = change(path.safe_regex.regex);
}

function setForwarding(bootstrap: Node): void {
  extension(listener(bootstrap, 'tls'), 'HttpConnectionManager')['forward_client_cert_details'] = 'ALWAYS_FORWARD_ONLY';
}

function nameOf(principal: Node): string | undefined {
  const { principal_name: name } = (principal['authenticated'] ?? {}) as { principal_name?: { exact?: string } };
  return name?.exact;
}
