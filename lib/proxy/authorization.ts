import type { CallerGrant } from '../core/caller-grant';
import type { IngressPolicy } from '../core/security-model';
import { headerRule } from './header-rule';
import { grantedPath, INVOCATION_PATH, queryPattern, SERVER_PATH } from './paths';
import { admitted, certificate, scoped } from './principals';
import { extension, type JsonObject } from './typed-config';

/**
 * What a caller may ask for once its credential is verified: calls of handlers, by an exact grammar of their paths, or only of those
 * handlers that it was granted. Everything else is refused, because the action is ALLOW; rules of action DENY would admit what they
 * do not know.
 *
 * It stands before the body limit, which writes the path with its query into the log when it refuses.
 */
export function authorization(ingress: IngressPolicy): JsonObject {
  return extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
    rules: { action: 'ALLOW', policies: policies(ingress) },
  });
}

function policies(ingress: IngressPolicy): JsonObject {
  const { auth, callers } = ingress;
  if (callers === undefined) return { 'call-handlers': policy(ingress, INVOCATION_PATH, admitted(auth)) };
  return Object.fromEntries(
    callers.map((grant, index) => {
      const paths = grant.handlers.map(grantedPath).join('|');
      return [`caller-${index}`, policy(ingress, paths, principal(ingress, grant))];
    }),
  );
}

function principal({ auth }: IngressPolicy, grant: CallerGrant): JsonObject {
  return 'scope' in grant ? scoped(auth, grant.scope) : certificate(grant.certificate);
}

function policy({ forwardQuery, corsOrigins }: IngressPolicy, paths: string, who: JsonObject): JsonObject {
  const rules = [BY_POST, path(paths), NOT_THE_SERVER, knownQuery(forwardQuery), namedOrigin(corsOrigins)];
  return { permissions: [{ and_rules: { rules } }], principals: [who] };
}

const BY_POST: JsonObject = headerRule(':method', { exact: 'POST' });

/** `/restate/*` answers with results of any service, also private ones, and lists them all. */
const NOT_THE_SERVER: JsonObject = { not_rule: path(SERVER_PATH) };

/** The pseudo header holds the query, which the server writes into the journal; `url_path` does not. */
function knownQuery(names: IngressPolicy['forwardQuery']): JsonObject {
  return headerRule(':path', { safe_regex: { regex: queryPattern(names) } });
}

/** Code of a foreign web page is refused before it acts; other callers send no Origin. */
function namedOrigin(origins: readonly string[]): JsonObject {
  const absent = { header: { name: 'origin', present_match: false } };
  return { or_rules: { rules: [absent, ...origins.map((origin) => headerRule('origin', { exact: origin }))] } };
}

function path(regex: string): JsonObject {
  return { url_path: { path: { safe_regex: { regex } } } };
}
