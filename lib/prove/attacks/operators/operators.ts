import { knownOperations } from '../../admin-door/known-operations';
import { everyScope, mostRights, ranks } from '../../admin-door/role-rights';
import type { Attack, Attempt, Observation } from '../../attack';
import { mapBounded } from '../../bounded';
import type { Deployment, Issuer } from '../../deployment';
import { goodCaller } from '../good-call';
import { tryCall } from '../ingress-call';
import { proxysDoor } from '../ingress-door';
import { type AdminCalls, adminDoorOf, adminListener, hasNoAdminDoor, operatorsToken, tryAdmin } from './door';
import { otherSpellings, unknownOperations } from './paths';
import { strangersCalls } from './strangers';
import { tryEach, type Variant } from '../variants';

/** What the least of operators may ask for. */
const LEAST = { path: '/version' };
/** Each opens a connection of its own, and doors admit a few hundred. */
const AT_ONCE = 16;

/** An operator with every scope is answered. */
export const OPERATOR_IS_ANSWERED: Attempt = {
  from: 'admin-balancer',
  attempt: 'ask for the version with the token of an operator',
  run: (deployment) => tryAdmin(deployment, adminListener(deployment), { ...LEAST, token: operatorsToken(deployment) }),
};

const ABOUT = { claim: 'admin-authenticated', notApplicable: hasNoAdminDoor, from: 'admin-balancer' } as const;

/** The operators' door, asked by those who may not, or for what they may not. */
export const OPERATOR_ATTACKS: readonly Attack[] = [
  {
    ...ABOUT,
    id: 'operator-without-token',
    attempt:
      'ask for what every operator may, without a token, with bad ones, in other places, and by the command line',
    expected: 'refused by the proxy before the server is asked',
    run: (deployment) =>
      tryEach([...callsOf(deployment, strangersCalls(deployment, LEAST.path)), commandLineWithoutToken(deployment)]),
    control: {
      from: 'operator',
      attempt: "list the deployments with the vendor's command line and the token of an operator",
      run: (deployment) => commandLine(deployment, operatorsToken(deployment)),
    },
  },
  {
    ...ABOUT,
    id: 'token-of-the-other-door',
    attempt: 'show what opens the ingress at the door of operators, and what opens that at the ingress',
    expected: 'refused by the proxy',
    notApplicable: (deployment) =>
      hasNoAdminDoor(deployment) ??
      (deployment.adminDoor === undefined || otherDoors(deployment).length > 0
        ? undefined
        : 'callers show no token, and operators one that is for both doors'),
    run: (deployment) => tryEach(otherDoors(deployment)),
    control: {
      from: 'admin-balancer',
      attempt: 'show each where it belongs',
      run: async (deployment) => {
        const call = await tryCall(deployment, proxysDoor(deployment), goodCaller(deployment));
        return call.succeeded ? OPERATOR_IS_ANSWERED.run(deployment) : call;
      },
    },
  },
  {
    ...ABOUT,
    id: 'operation-of-another-role',
    attempt: 'ask for every operation that the server has and the role has not, for each role and for none',
    expected: '403 from the proxy',
    run: async (deployment) => {
      const calls = await forbidden(deployment);
      const tried = await mapBounded(callsOf(deployment, calls), AT_ONCE, async (variant) => {
        const seen = await variant.run();
        return { name: variant.name, run: () => Promise.resolve(seen) };
      });
      return tryEach(tried);
    },
    control: {
      from: 'admin-balancer',
      attempt: 'ask for the version as each role',
      run: (deployment) => eachRoleIsAnswered(deployment),
    },
  },
  {
    ...ABOUT,
    id: 'operation-of-nobody',
    attempt:
      'ask with every scope for what no role has, and with the least for SQL and registration by other spellings of path, query and method',
    expected: 'refused by the proxy',
    run: (deployment) =>
      tryEach([
        ...callsOf(deployment, unknownOperations(deployment)),
        ...callsOf(deployment, otherSpellings(deployment)),
      ]),
    control: OPERATOR_IS_ANSWERED,
  },
];

function callsOf(deployment: Deployment, calls: AdminCalls): readonly Variant[] {
  const door = adminListener(deployment);
  return Object.entries(calls).map(([name, call]) => ({ name, run: () => tryAdmin(deployment, door, call) }));
}

/** The token in the command line's own setting, as operators have it. */
async function commandLine(deployment: Deployment, token: string): Promise<Observation> {
  const { code, output } = await adminDoorOf(deployment).commandLine(['deployments', 'list'], token);
  if (code === 0) return { succeeded: true, observed: 'the command line listed the deployments' };
  const said = output.trim().split('\n').at(-1) ?? '';
  const observed = `the command line ended with ${code}: ${said.slice(0, 200)}`;
  // one that was killed, or did not start, has not been refused by anybody
  return code === 1
    ? { succeeded: false, observed, refusedBy: 'restate command line: it was not let in' }
    : { succeeded: false, observed };
}

function commandLineWithoutToken(deployment: Deployment): Variant {
  return { name: 'the command line', run: () => commandLine(deployment, '') };
}

/** Audiences are what keeps the doors apart; where they have one in common, its holders are known at both, and scopes decide. */
function otherDoors(deployment: Deployment): readonly Variant[] {
  const { issuers } = adminDoorOf(deployment);
  const { credentials } = deployment;
  const scopes = everyScope(adminDoorOf(deployment));
  const atAdmin = credentials.issuers.flatMap((issuer) => [
    { name: `${issuer.name}: of a caller`, token: issuer.token() },
    ...(admits(issuers, issuer)
      ? []
      : [
          {
            name: `${issuer.name}: of a caller with the scopes of operators`,
            token: operatorsToken(deployment, scopes, {}, issuer),
          },
        ]),
  ]);
  const atIngress = issuers
    .filter((issuer) => !admits(credentials.issuers, issuer))
    .map((issuer) => ({
      name: `${issuer.name}: of an operator with the scopes of callers`,
      token: operatorsToken(
        deployment,
        [...scopes, ...credentials.grants.flatMap((grant) => grant.scopes)],
        {},
        issuer,
      ),
    }));
  return [
    ...atAdmin.map(({ name, token }) => ({
      name,
      run: () => tryAdmin(deployment, adminListener(deployment), { ...LEAST, token }),
    })),
    ...atIngress.map(({ name, token }) => ({
      name,
      run: () => tryCall(deployment, proxysDoor(deployment), { token }),
    })),
  ];
}

/** Whether tokens of an issuer are for a door of others, too. */
function admits(known: readonly Issuer[], { issuer, audience }: Issuer): boolean {
  return known.some((each) => each.issuer === issuer && each.audience === audience);
}

/** For each role, and for a verified operator without one, the operations that are not its. */
async function forbidden(deployment: Deployment): Promise<AdminCalls> {
  const door = adminDoorOf(deployment);
  const operations = await knownOperations(deployment);
  const calls = ranks(door).flatMap(({ name, scope }) => {
    const scopes = scope === undefined ? [] : [scope];
    const rights = mostRights(door, scopes);
    const token = operatorsToken(deployment, scopes);
    return operations
      .filter(({ right }) => right === undefined || !rights.has(right))
      .map(
        ({ right: _right, ...call }) => [`${name}: ${call.method} ${named(call.path)}`, { ...call, token }] as const,
      );
  });
  return Object.fromEntries(calls);
}

/** As the server's description writes it. */
function named(path: string): string {
  return path.replaceAll(/(?:dp_|inv_|sub_)?probe_[0-9a-f]+/g, '{}');
}

async function eachRoleIsAnswered(deployment: Deployment): Promise<Observation> {
  const door = adminListener(deployment);
  const roles = ranks(adminDoorOf(deployment)).filter(({ scope }) => scope !== undefined);
  const seen = await Promise.all(
    roles.map(({ scope = '' }) => tryAdmin(deployment, door, { ...LEAST, token: operatorsToken(deployment, [scope]) })),
  );
  const refused = roles.filter((_, index) => seen[index]?.succeeded !== true);
  if (refused.length > 0)
    return { succeeded: false, observed: `not answered: ${refused.map(({ name }) => name).join(', ')}` };
  return { succeeded: seen.length > 0, observed: `answered: ${roles.map(({ name }) => name).join(', ')}` };
}
