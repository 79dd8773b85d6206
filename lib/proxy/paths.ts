import type { HandlerGrant } from '../core/caller-grant';
import { QUERY_PARAMETERS, type QueryParameter } from '../core/forwarding';

/** Names of services and handlers. The server never percent-decodes them, so an escape in one means nothing good. */
const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';

/** Keys of virtual objects and workflows: any text, percent-encoded, which the server decodes once. */
const KEY = "(?:[A-Za-z0-9_.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+";

/** A call or a send, of a service (`/Greeter/greet`) or of an object or workflow (`/Cart/alice/add`): the whole path, no query. */
export const INVOCATION_PATH: string = `/${NAME}(?:/${KEY})?/${NAME}(?:/send)?`;

/**
 * Calls and sends of the named handlers alone: a service's path has no key, an object's or workflow's always has one. One expression for
 * both would take the handler `send` of the key `add` for a send of the handler `add`.
 */
export function grantedPath(grant: HandlerGrant): string {
  const handlers = `(?:${grant.handlers.map(literal).join('|')})(?:/send)?`;
  if ('service' in grant) return `/${literal(grant.service)}/${handlers}`;
  return `/${literal('object' in grant ? grant.object : grant.workflow)}/${KEY}/${handlers}`;
}

/** Of what names may hold only the dot means something to an expression. */
function literal(name: string): string {
  return name.replaceAll('.', '\\.');
}

/** The server's own endpoints, in any case. */
export const SERVER_PATH = '(?i)/restate(?:/.*)?';

/** A path with no query, or with one of the named parameters in its known shape and nothing else. */
export function queryPattern(names: readonly QueryParameter[]): string {
  const parameters = names.map((name) => `${name}=${QUERY_PARAMETERS[name]}`).join('|');
  return parameters === '' ? '[^?#]*' : `[^?#]*(?:\\?(?:${parameters}))?`;
}
