import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

/**
 * Request headers that reach the server when nothing is said: what a durable call means, none of what identifies the caller.
 * Everything that arrives is written into the journal and handed to the handler, also on replays.
 */
export const DEFAULT_FORWARD_HEADERS: readonly string[] = [
  'content-type',
  'content-length',
  'content-encoding',
  'accept',
  'idempotency-key',
  'traceparent',
  'tracestate',
  'baggage',
];

/** Query parameters that may be forwarded, each with the shape of its value. The server writes the whole query into the journal. */
export const QUERY_PARAMETERS = {
  /** Delay of a send: `?delay=10s`. */
  delay: '[0-9]+(?:ms|s|m|h|d)',
} as const;

/** A query parameter that the ingress may let through. */
export type QueryParameter = keyof typeof QUERY_PARAMETERS;

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^`|~-]+$/;
const NEVER_FORWARDED: readonly (readonly [RegExp, string])[] = [
  [
    /(^|-)(authorization|cookie2?|api-?key|(access|auth|id|security|session)-token|password|secret)$/,
    'it carries a credential, and the journal would keep it',
  ],
  [
    /^x-(restate|envoy|amzn?|forwarded|goog)-|^(forwarded|via|(x-)?(real|client)-ip|true-client-ip|x-(original|rewrite)-url|x-(http-)?method(-override)?)$/,
    'its value is trusted by servers and must not come from a caller',
  ],
  [
    /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|host)$/,
    'it belongs to one connection',
  ],
  [/^origin$|^access-control-/, 'the server would reflect it as permission; the proxy owns CORS'],
];

/**
 * Validates an allow-list of request headers.
 *
 * @throws UnsafeConfigurationError `HeaderNameInvalid`, `HeaderNotForwardable`, `ValueNotConcrete`
 */
export function forwardHeaders(names: readonly string[]): readonly string[] {
  for (const name of names) {
    concrete('a forwarded header name', name);
    if (!HEADER_NAME.test(name) || name.includes('*')) {
      throw new UnsafeConfigurationError({
        code: 'HeaderNameInvalid',
        given: `forwardHeaders names ${quote(name)}`,
        because: 'it is no exact lower-case header name, so it would match nothing or too much',
        write: "list each header by its own name, e.g. 'x-tenant-id'",
      });
    }
    const refused = NEVER_FORWARDED.find(([pattern]) => pattern.test(name));
    if (refused !== undefined) {
      throw new UnsafeConfigurationError({
        code: 'HeaderNotForwardable',
        given: `forwardHeaders names ${quote(name)}`,
        because: refused[1],
        write: 'pass what the handler needs in the body, or under a header name of your own',
      });
    }
  }
  return [...new Set(names)].sort();
}

/**
 * Validates an allow-list of query parameters.
 *
 * @throws UnsafeConfigurationError `QueryParameterUnknown`
 */
export function forwardQuery(names: readonly QueryParameter[]): readonly QueryParameter[] {
  for (const name of names) {
    if (!Object.hasOwn(QUERY_PARAMETERS, name)) {
      throw new UnsafeConfigurationError({
        code: 'QueryParameterUnknown',
        given: `forwardQuery names ${quote(name)}`,
        because: 'the whole query string is written into the journal, so only parameters of known shape pass',
        write: `choose among ${Object.keys(QUERY_PARAMETERS).join(', ')}`,
      });
    }
  }
  return [...new Set(names)].sort();
}
