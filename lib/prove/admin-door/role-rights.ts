import { ADMIN_OPERATIONS, type AdminRight } from '../../restate/admin-api';
import type { AdminDoor } from './admin-door';

const LOOK: readonly AdminRight[] = ['see-the-server', 'see-what-is-deployed'];
const EVERYTHING: readonly AdminRight[] = [...new Set(ADMIN_OPERATIONS.map(({ right }) => right))];

/**
 * The most that roles of these names may be given. Said here once more, and not read from where the proxy's policies are made, so that an
 * error there shows. A policy of another name may be given all that is known: nobody but its author knows what it is for.
 */
const MOST: Readonly<Record<string, readonly AdminRight[]>> = {
  viewer: LOOK,
  stateReader: [...LOOK, 'query'],
  deployer: [...LOOK, 'deploy'],
};

/** What somebody with these scopes may do at the door at most. */
export function mostRights({ roles }: Pick<AdminDoor, 'roles'>, scopes: readonly string[]): ReadonlySet<AdminRight> {
  const held = roles.filter((role) => role.everybody || role.scopes.some((scope) => scopes.includes(scope)));
  return new Set(held.flatMap(({ name }) => (Object.hasOwn(MOST, name) ? MOST[name]! : EVERYTHING)));
}

/** Every scope that opens anything at the door. */
export function everyScope({ roles }: Pick<AdminDoor, 'roles'>): readonly string[] {
  return [...new Set(roles.flatMap(({ scopes }) => scopes))];
}

/**
 * What operators come with, from the least: no scope, and the scopes of each role, named by the role. Scopes that are another role's, too,
 * are that role's.
 */
export function ranks({
  roles,
}: Pick<AdminDoor, 'roles'>): readonly { readonly name: string; readonly scope?: string }[] {
  return [
    { name: 'no role' },
    ...roles.flatMap(({ name, scopes: [scope] }) => (scope === undefined ? [] : [{ name, scope }])),
  ];
}
