import { editBootstrap, extension, extensions, type Node, nodes, removeExtension, removeMember } from '../envoy';
import { listenerOfOperators } from '../listener-of-operators';
import type { Mutant } from '../mutant';
import { environment, some, the } from '../template';

/** What operators may do, without one of the guards of it, which is edited in the proxy's listener for them. */
export const OPERATORS_DOOR: readonly (Omit<Mutant, 'example' | 'edit'> & {
  readonly change: (door: Node) => unknown;
})[] = [
  {
    id: 'operators-door-asks-nobody',
    guard: 'authentication and authorisation of operators',
    attack: 'operator-without-token',
    change: (door: Node) => {
      removeExtension(door, 'JwtAuthentication');
      removeExtension(door, 'RBAC');
    },
  },
  {
    id: 'operators-keys-without-end',
    guard: "the end of an operator's token",
    attack: 'operator-without-token',
    change: (door: Node) => {
      removeMember(extension(door, 'JwtAuthentication'), 'require_expiration');
      removeMember(extension(door, 'JwtAuthentication'), 'max_lifetime');
    },
  },
  {
    id: 'roles-by-the-beginning-of-a-scope',
    guard: 'the end of the scope of a role',
    attack: 'operator-without-token',
    change: (door: Node) => {
      for (const node of some(
        nodes(roles(door)).filter((each) => 'one_of' in each),
        'scope',
      )) {
        const { exact } = (node['one_of'] as { string_match: { exact: string } }).string_match;
        const either = [{ string_match: { exact } }, { string_match: { prefix: exact } }];
        node['one_of'] = { or_match: { value_matchers: either } };
      }
    },
  },
  {
    id: 'one-audience-for-both-doors',
    guard: "the operators' own audience",
    attack: 'token-of-the-other-door',
    change: (door: Node) => removeMember(extension(door, 'JwtAuthentication'), 'audiences'),
  },
  {
    id: 'viewers-do-everything',
    guard: 'the operations of a role',
    attack: 'operation-of-another-role',
    change: (door: Node) => (role(door, 'viewer')['permissions'] = [{ any: true }]),
  },
  {
    id: 'viewers-read-state',
    guard: 'SQL as a right of its own',
    attack: 'operation-of-another-role',
    change: (door: Node) => {
      const sql = { header: { name: ':path', string_match: { exact: '/query' } } };
      (role(door, 'viewer')['permissions'] as Node[]).push(sql);
    },
  },
  {
    id: 'operators-do-what-nobody-knows',
    guard: 'the refusal of operations that are not known',
    attack: 'operation-of-nobody',
    change: (door: Node) => (role(door, 'operator')['permissions'] = [{ any: true }]),
  },
  {
    id: 'roles-by-the-beginning-of-a-path',
    guard: 'the end of the paths of a role',
    attack: 'operation-of-nobody',
    change: (door: Node) => {
      const paths = nodes(roles(door)).filter((each) => 'safe_regex' in each);
      for (const { safe_regex: path } of some(paths, 'path')) (path as { regex: string }).regex += '.*';
    },
  },
  {
    id: 'viewers-register',
    guard: 'registration as a right of deployers',
    attack: 'registration-by-another-role',
    change: (door: Node) => {
      const deploy = role(door, 'deployer')['permissions'] as Node[];
      (role(door, 'viewer')['permissions'] as Node[]).push(...deploy);
    },
  },
  {
    id: 'operators-not-logged',
    guard: "the log of the operators' door",
    attack: 'operator-without-a-trace',
    change: (door: Node) => removeMember(door, 'access_log'),
  },
  {
    id: 'operators-without-a-name',
    guard: "the operator's name in the log",
    attack: 'operator-without-a-trace',
    change: (door: Node) => delete format(door)['sub'],
  },
  {
    id: 'operators-authorization-logged',
    guard: "the want of headers in the log of the operators' door",
    attack: 'operators-credentials-in-logs',
    change: (door: Node) => (format(door)['authorization'] = '%REQ(AUTHORIZATION)%'),
  },
  {
    id: 'operators-rate-not-enforced',
    guard: "the enforcement of the rate limit of the operators' door",
    attack: 'flood-of-the-operators-door',
    change: (door: Node) => removeMember(extension(door, 'LocalRateLimit'), 'filter_enforced'),
  },
];

/** The same of templates. */
export const OPERATOR_MUTANTS: readonly Mutant[] = [
  ...OPERATORS_DOOR.map(({ change, ...mutant }): Mutant => ({ ...mutant, example: 'Billing', edit: edit(change) })),
  {
    id: 'web-ui-for-operators',
    guard: 'the switch against the web UI, and the refusal of its paths,',
    attack: 'web-ui-at-the-operators-door',
    example: 'Billing',
    edit: (template) => {
      environment(template, 'RESTATE_ADMIN__DISABLE_WEB_UI', 'false');
      edit((door) => (role(door, 'operator')['permissions'] = [{ any: true }]))(template);
    },
  },
];

function edit(change: (door: Node) => unknown): Mutant['edit'] {
  return (template) => editBootstrap(template, (bootstrap) => void change(listenerOfOperators(bootstrap)));
}

/** The policies of the roles, by name. */
function roles(door: Node): Record<string, Node> {
  const rules = extensions(door, 'RBAC').map((filter) => filter['rules'] as Node);
  const allowing = the(
    rules.filter((each) => each['action'] === 'ALLOW'),
    'filter that allows',
  );
  return allowing['policies'] as Record<string, Node>;
}

function role(door: Node, name: string): Node {
  const policy = roles(door)[name];
  if (policy === undefined) throw new Error(`there is no role ${name}`);
  return policy;
}

function format(door: Node): Node {
  return (extension(door, 'StdoutAccessLog')['log_format'] as { json_format: Node }).json_format;
}
