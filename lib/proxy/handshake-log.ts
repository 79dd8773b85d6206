import { methodOf } from '../core/ingress-auth';
import type { Door } from './door';
import { extension, type JsonObject } from './typed-config';

/**
 * One JSON line a refused handshake on standard output, where callers show certificates: no request comes of it that the access log could
 * tell of. Name and serial number are what the caller claims; they help to find whose certificate expired, or was used once revoked.
 */
export function handshakeLog({ auth }: Door): JsonObject {
  if (methodOf(auth, 'mutualTls') === undefined) return {};
  const line = extension('envoy.access_loggers.stdout', 'access_loggers.stream.v3.StdoutAccessLog', {
    log_format: {
      json_format: {
        log: 'handshake',
        time: '%START_TIME%',
        // No field has a name that the access log has for the same: a line of one would be read as one of the other.
        from: '%DOWNSTREAM_REMOTE_ADDRESS%',
        claimed: '%COALESCE({"operators":["DOWNSTREAM_PEER_URI_SAN","DOWNSTREAM_PEER_DNS_SAN"]})%',
        serial: '%DOWNSTREAM_PEER_SERIAL%',
        reason: '%DOWNSTREAM_TRANSPORT_FAILURE_REASON%',
      },
    },
  });
  return { access_log: [{ ...line, filter: { extension_filter: REFUSED } }] };
}

/** Envoy would write a line for each connection. */
const REFUSED: JsonObject = extension(
  'envoy.access_loggers.extension_filters.cel',
  'access_loggers.filters.cel.v3.ExpressionFilter',
  { expression: "connection.transport_failure_reason != ''" },
);
