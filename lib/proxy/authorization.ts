import type { IngressPolicy } from '../core/security-model';
import { INVOCATION_PATH, SERVER_PATH } from './paths';
import { extension, type JsonObject } from './typed-config';

/**
 * What a caller may ask for once its token is verified: calls of handlers, by an exact grammar of their paths. Everything else is
 * refused, because the action is ALLOW; rules of action DENY would admit what they do not know.
 */
export function authorization(ingress: IngressPolicy): JsonObject {
  return extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
    rules: {
      action: 'ALLOW',
      policies: {
        'call-handlers': {
          permissions: [{ and_rules: { rules: [INVOCATIONS, NOT_THE_SERVER, namedOrigin(ingress)] } }],
          principals: [{ any: true }],
        },
      },
    },
  });
}

const INVOCATIONS: JsonObject = path(INVOCATION_PATH);

/** `/restate/*` answers with results of any service, also private ones, and lists them all. */
const NOT_THE_SERVER: JsonObject = { not_rule: path(SERVER_PATH) };

/** Code of a foreign web page is refused before it acts; other callers send no Origin. */
function namedOrigin({ corsOrigins }: IngressPolicy): JsonObject {
  const absent = { header: { name: 'origin', present_match: false } };
  const named = corsOrigins.map((origin) => ({ header: { name: 'origin', string_match: { exact: origin } } }));
  return { or_rules: { rules: [absent, ...named] } };
}

function path(regex: string): JsonObject {
  return { url_path: { path: { safe_regex: { regex } } } };
}
