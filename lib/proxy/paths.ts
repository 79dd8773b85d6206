import { QUERY_PARAMETERS, type QueryParameter } from '../core/forwarding';

/** Names of services and handlers. The server never percent-decodes them, so an escape in one means nothing good. */
const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';

/** Keys of virtual objects and workflows: any text, percent-encoded, which the server decodes once. */
const KEY = "(?:[A-Za-z0-9_.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+";

/** A call or a send, of a service (`/Greeter/greet`) or of an object or workflow (`/Cart/alice/add`): the whole path, no query. */
export const INVOCATION_PATH: string = `/${NAME}(?:/${KEY})?/${NAME}(?:/send)?`;

/** The server's own endpoints, in any case. */
export const SERVER_PATH = '(?i)/restate(?:/.*)?';

/** A path with no query, or with one of the named parameters in its known shape and nothing else. */
export function queryPattern(names: readonly QueryParameter[]): string {
  const parameters = names.map((name) => `${name}=${QUERY_PARAMETERS[name]}`).join('|');
  return parameters === '' ? '[^?#]*' : `[^?#]*(?:\\?(?:${parameters}))?`;
}
