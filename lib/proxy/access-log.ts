import { extension, type JsonObject } from './typed-config';

/**
 * One JSON line a request on standard output. It says who called what and who decided, and holds neither query nor header of the
 * request: both may carry credentials.
 */
export function accessLog(): JsonObject {
  return extension('envoy.access_loggers.stdout', 'access_loggers.stream.v3.StdoutAccessLog', {
    log_format: {
      json_format: {
        time: '%START_TIME%',
        method: '%REQ(:METHOD)%',
        path: '%PATH(NQ)%',
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
        sub: '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:jwt:sub)%',
        invocation: '%RESP(X-RESTATE-ID)%',
      },
    },
  });
}
