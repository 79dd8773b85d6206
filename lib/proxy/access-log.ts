import { methodOf } from '../core/ingress-auth';
import { CLAIMS, CLAIMS_OF, type Claims } from './claims';
import type { Door } from './door';
import { extension, type JsonObject } from './typed-config';

/**
 * One JSON line a request on standard output. It says who called what and who decided, and holds neither query nor header of the
 * request: both may carry credentials.
 *
 * @param fields more of them, of this door alone
 */
export function accessLog(door: Door, fields: JsonObject = {}): JsonObject {
  return requestLog(door.name, { ...credential(door), ...fields });
}

/** The same of a listener at which nobody shows who they are. */
export function requestLog(name: string, fields: JsonObject = {}): JsonObject {
  return extension('envoy.access_loggers.stdout', 'access_loggers.stream.v3.StdoutAccessLog', {
    log_format: {
      json_format: {
        log: name,
        time: '%START_TIME%',
        // Strangers choose both: at full length a flood of them would crowd the lines of others out of the log, and cost what it weighs.
        method: '%REQ(:METHOD):32%',
        path: '%PATH(NQ):1024%',
        protocol: '%PROTOCOL%',
        status: '%RESPONSE_CODE%',
        details: '%RESPONSE_CODE_DETAILS%',
        flags: '%RESPONSE_FLAGS%',
        duration_ms: '%DURATION%',
        bytes_received: '%BYTES_RECEIVED%',
        bytes_sent: '%BYTES_SENT%',
        ip: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
        // A request that is refused before it can be read has no path: only its connection tells it from others.
        port: '%DOWNSTREAM_REMOTE_PORT%',
        ...fields,
      },
    },
  });
}

/** Who: `sub` of a verified token or key, with the key's id, or the name in a verified certificate; and when that ends, in seconds since 1970. */
function credential({ auth }: Door): JsonObject {
  const kinds = [methodOf(auth, 'jwt') && CLAIMS.jwt, methodOf(auth, 'apiKeys') && CLAIMS.apiKeys].filter(
    (kind) => kind !== undefined,
  );
  const certificates = methodOf(auth, 'mutualTls') !== undefined;
  const claims = (name: string): Operator[] => kinds.map((kind) => metadata(kind, name));
  return {
    sub: firstOf(claims('sub')),
    exp: firstOf([...claims('exp'), ...(certificates ? [{ command: 'DOWNSTREAM_PEER_CERT_V_END', param: '%s' }] : [])]),
    ...(methodOf(auth, 'apiKeys') && {
      // One client may have several: this is the one to withdraw.
      api_key: firstOf([metadata(CLAIMS.apiKeys, 'jti')]),
      // Apart from tokens, which end within the hour: an alarm goes off before a key does.
      api_key_exp: firstOf([metadata(CLAIMS.apiKeys, 'exp')]),
    }),
    ...(certificates && {
      certificate: firstOf([{ command: 'DOWNSTREAM_PEER_URI_SAN' }, { command: 'DOWNSTREAM_PEER_DNS_SAN' }]),
    }),
  };
}

/** A command of Envoy's log format. */
type Operator = { readonly command: string; readonly param?: string };

function metadata(claims: Claims, name: string): Operator {
  return { command: 'DYNAMIC_METADATA', param: `${CLAIMS_OF}:${claims}:${name}` };
}

/** The first that says something, in its own type. */
function firstOf(operators: readonly Operator[]): string | null {
  const [first, ...others] = operators;
  if (first === undefined) return null;
  if (others.length > 0) return `%COALESCE(${JSON.stringify({ operators })})%`;
  return first.param === undefined ? `%${first.command}%` : `%${first.command}(${first.param})%`;
}
