import { rehearsalBody } from '../../admin-door/known-operations';
import { mostRights, ranks } from '../../admin-door/role-rights';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { OPERATOR_IS_ANSWERED } from './operators';
import { type AdminCall, adminDoorOf, adminListener, askAdmin, hasNoAdminDoor, operatorsToken, tryAdmin } from './door';
import { whoRefused } from '../refusal';
import { tryEach, type Variant } from '../variants';

/** Registration, and the web UI, at the operators' door. */
export const OPERATORS_RIGHTS_ATTACKS: readonly Attack[] = [
  {
    id: 'registration-by-another-role',
    claim: 'registration-by-deployers-only',
    from: 'admin-balancer',
    attempt:
      'registration of a deployment, as a rehearsal, by every role that may not, by somebody without one and by a caller',
    expected: 'refused by the proxy',
    notApplicable: (deployment) =>
      hasNoAdminDoor(deployment) ??
      (deployment.adminDoor === undefined || deployers(deployment).length > 0
        ? undefined
        : 'no role of the admin door registers deployments'),
    run: (deployment) => tryEach(registrations(deployment)),
    control: {
      from: 'admin-balancer',
      attempt: 'the same registration by whoever may',
      run: async (deployment) => {
        const scopes = deployers(deployment);
        const seen = await tryEach(
          scopes.map((scope) => registration(deployment, scope, operatorsToken(deployment, [scope]))),
        );
        return { ...seen, succeeded: seen.observed.includes('answered 20') };
      },
    },
  },
  {
    id: 'web-ui-at-the-operators-door',
    claim: 'admin-ui-closed',
    from: 'admin-balancer',
    attempt: "ask the operators' door for the web UI, with every scope",
    expected: 'refused by the proxy, or not there',
    notApplicable: hasNoAdminDoor,
    run: (deployment) => tryEach(['/ui', '/ui/', '/ui/index.html', '/'].map((path) => webUi(deployment, path))),
    control: OPERATOR_IS_ANSWERED,
  },
];

/** Scopes of the roles that may register. */
function deployers(deployment: Deployment): readonly string[] {
  const door = adminDoorOf(deployment);
  return ranks(door).flatMap(({ scope }) =>
    scope !== undefined && mostRights(door, [scope]).has('deploy') ? [scope] : [],
  );
}

function registrations(deployment: Deployment): readonly Variant[] {
  const door = adminDoorOf(deployment);
  const others = ranks(door).filter(({ scope }) => !mostRights(door, scope === undefined ? [] : [scope]).has('deploy'));
  return [
    ...others.map(({ name, scope }) =>
      registration(deployment, name, operatorsToken(deployment, scope === undefined ? [] : [scope])),
    ),
    registration(deployment, 'a caller', deployment.credentials.good().token ?? ''),
    registration(deployment, 'nobody', ''),
  ];
}

function registration(deployment: Deployment, name: string, token: string): Variant {
  const call: AdminCall = { method: 'POST', path: '/deployments', token, body: rehearsalBody(deployment) };
  return { name, run: () => tryAdmin(deployment, adminListener(deployment), call) };
}

/** A server that says that it has none has refused, too. */
function webUi(deployment: Deployment, path: string): Variant {
  return {
    name: path,
    run: async (): Promise<Observation> => {
      const door = adminListener(deployment);
      const report = await askAdmin(deployment, door, { path, token: operatorsToken(deployment) });
      const answered = report.outcome === 'response' && report.status < 400;
      if (answered) return { succeeded: true, observed: `answered ${report.status}` };
      return whoRefused(deployment, door, { report, marker: path });
    },
  };
}
