import type { AdminRequests } from '../core/admin-permissions';
import type { AdminDoor } from './bootstrap';
import { headerRule } from './header-rule';
import { scoped } from './principals';
import { extension, type JsonObject } from './typed-config';

const PREFIX = 'roles_';

/**
 * What {@link adminAuthorization} decided, for the access log: the role that admitted the request; no role where none did; and no verdict
 * where the credential was refused before.
 */
export const ROLE_DECISION: JsonObject = {
  role: `%DYNAMIC_METADATA(envoy.filters.http.rbac:${PREFIX}enforced_effective_policy_id)%`,
  verdict: `%DYNAMIC_METADATA(envoy.filters.http.rbac:${PREFIX}enforced_engine_result)%`,
};

/**
 * What an operator may ask for once the token is verified: the requests of each role whose scope it has. Everything else is refused,
 * to an operator with all roles too, because the action is ALLOW: operations of a later server, the web UI and what only the UI calls.
 *
 * The pseudo header holds path and query, both of which must match as a whole.
 */
export function adminAuthorization({ access, permissions }: Pick<AdminDoor, 'access' | 'permissions'>): JsonObject {
  const roles = Object.entries(access.roles).filter(([, scopes]) => scopes.length > 0);
  const policies = roles.map(([role, scopes]) => [
    role,
    {
      permissions: permissions[role as keyof typeof permissions].map(permission),
      principals: scopes.map((scope) => scoped(access.auth, scope)),
    },
  ]);
  return extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
    rules: { action: 'ALLOW', policies: Object.fromEntries(policies) as JsonObject },
    rules_stat_prefix: PREFIX,
  });
}

function permission({ method, path }: AdminRequests): JsonObject {
  const rules = [headerRule(':method', { exact: method }), headerRule(':path', { safe_regex: { regex: path } })];
  return { and_rules: { rules } };
}
