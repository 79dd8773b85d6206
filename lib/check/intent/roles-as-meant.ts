import type { CheckedClaim } from '../checked-claim';
import { admittedBy, methodsOf, pathsOf } from '../proxy/admission/admission';
import type { Clause } from '../proxy/admission/clause';
import { isAnonymous } from '../proxy/admission/credential-state';
import { ADMIN_METHODS, mostPaths } from '../proxy/claims/admin-rights';
import { describeRequest } from '../proxy/describe-request';
import { broken, type Judgement, unproven } from '../proxy/judgement';
import { both, eitherOf, except, text } from '../proxy/language/language';
import { exampleOf } from '../proxy/language/texts-of';
import { waysTo } from '../proxy/ways';
import { compared, listed, proxyIntentClaim } from './intent-claim';

const BY_SCOPE = /^scope (\S+)$/;

type Roles = Readonly<Record<string, readonly string[]>>;

/** Whether each operator may what the roles of its scopes may. */
export const ROLES_AS_MEANT: CheckedClaim = proxyIntentClaim('admin-authenticated', judgeRoles);

/** Registering deployments is one of the rights. */
export const REGISTRATION_AS_MEANT: CheckedClaim = proxyIntentClaim('registration-by-deployers-only', judgeRoles);

function judgeRoles(
  { admin }: Parameters<Parameters<typeof proxyIntentClaim>[1]>[0],
  proxy: Parameters<Parameters<typeof proxyIntentClaim>[1]>[1],
): readonly Judgement[] {
  const ways = waysTo(proxy, 'admin');
  if (ways.length === 0) return [];
  if (admin === undefined)
    return ways.map(({ name }) => broken(`${name} leads to the admin API, where no door was asked for`));
  const wrong = ways.flatMap(({ chain, way, name }) =>
    admittedBy(chain, way)
      .filter(({ state }) => !isAnonymous(state))
      .flatMap((clause) => judgeClause(clause, admin.roles, name)),
  );
  return compared(wrong, 'each scope carries its roles');
}

function judgeClause(clause: Clause, roles: Roles, name: string): readonly Judgement[] {
  const scopes = clause.demands.flatMap((demand) => BY_SCOPE.exec(demand)?.[1] ?? []);
  const unclear = clause.demands.find((demand) => /^(?:any )?scope\b/.test(demand) && !BY_SCOPE.test(demand));
  if (unclear !== undefined) return [unproven(`${name}: who is admitted by ${unclear} cannot be compared`)];
  const held = Object.entries(roles).flatMap(([role, of]) =>
    of.some((scope) => scopes.includes(scope)) ? [role] : [],
  );
  const methods = methodsOf(clause);
  const beyond = ADMIN_METHODS.filter((method) => exampleOf(both(methods, text(method))) !== 'none')
    .map((method) => except(eitherOf(...held.map((role) => mostPaths(role, method)))))
    .find((paths) => exampleOf(both(pathsOf(clause), paths)) !== 'none');
  if (beyond === undefined) return [];
  const request = `${name}: ${describeRequest(clause, beyond) ?? 'a request'}, where ${listed(scopes)} was given ${held.length > 0 ? held.join(', ') : 'no role'}`;
  return [clause.unknown.length > 0 ? unproven(request) : broken(request)];
}
