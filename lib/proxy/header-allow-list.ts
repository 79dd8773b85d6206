import type { IngressPolicy } from '../core/security-model';
import { complementRegex } from './complement-regex';
import { extension, type JsonObject } from './typed-config';

/** Without these a request or an answer has no meaning; the filter sees them like any header. */
const REQUEST_LINE = ['host', ':method', ':path', ':scheme', ':authority', ':protocol'];

/** What a caller learns from the server's answer. The rest (`access-control-*`, `server`, `vary`) is the proxy's to say or nobody's. */
const RESPONSE_HEADERS = [
  ':status',
  'content-type',
  'content-length',
  'content-encoding',
  'date',
  'idempotency-expires',
  'retry-after',
  'x-restate-error-source',
  'x-restate-id',
];

/**
 * Removes every header that is not named, of the request and of the answer, and all trailers. The server writes each request header
 * into its journal and hands it to the handler.
 *
 * An allow-list, because a list of what to remove always forgets one; as one regular expression of everything that is not named,
 * because Envoy can only remove what matches.
 */
export function headerAllowList(
  { forwardHeaders }: Pick<IngressPolicy, 'forwardHeaders'>,
  answerHeaders: readonly string[] = RESPONSE_HEADERS,
): JsonObject {
  return extension('envoy.filters.http.header_mutation', 'filters.http.header_mutation.v3.HeaderMutation', {
    mutations: {
      request_mutations: [removeAllBut([...REQUEST_LINE, ...forwardHeaders])],
      request_trailers_mutations: [removeAllBut([])],
      response_mutations: [removeAllBut(answerHeaders)],
      response_trailers_mutations: [removeAllBut([])],
    },
  });
}

function removeAllBut(names: readonly string[]): JsonObject {
  return { remove_on_match: { key_matcher: { safe_regex: { regex: complementRegex(names) } } } };
}
