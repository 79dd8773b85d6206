import type { IngressLimits } from '../core/limits';
import { clientCertificates } from './client-certificates';
import type { Door } from './door';
import type { ListenerCertificate } from './listener-certificate';
import { extension, type JsonObject } from './typed-config';

/** Input of {@link downstreamTls}. */
export interface DownstreamTlsProps {
  /** What the listener shows. */
  readonly certificate: ListenerCertificate;
  /**
   * Absolute path of the folder that holds the revocation list of client certificates. Read with `mutualTls` alone.
   *
   * @default REVOCATION_DIRECTORY
   */
  readonly revocationDirectory?: string;
}

/** TLS 1.2 and 1.3 with HTTP/2 and HTTP/1.1. A client certificate is asked for where callers may show themselves by one. */
export function downstreamTls(door: Door, { certificate, revocationDirectory }: DownstreamTlsProps): JsonObject {
  const { listener, common } = clientCertificates(door, revocationDirectory);
  return extension('envoy.transport_sockets.tls', 'transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: {
      alpn_protocols: ['h2', 'http/1.1'],
      tls_params: TLS_VERSIONS,
      tls_certificates: [tlsCertificate(certificate)],
      ...common,
    },
    ...listener,
  });
}

/** Envoy would wait for a handshake as long as for a request on an open connection, an hour, and count each among the connections. */
export function handshakeLimit({ headersSeconds }: Pick<IngressLimits, 'headersSeconds'>): JsonObject {
  return { transport_socket_connect_timeout: `${headersSeconds}s` };
}

function tlsCertificate(from: ListenerCertificate): JsonObject {
  return from.kind === 'files'
    ? { certificate_chain: { filename: from.certificateFile }, private_key: { filename: from.privateKeyFile } }
    : {
        certificate_chain: { environment_variable: from.certificate },
        private_key: { environment_variable: from.privateKey },
      };
}

/** The versions of TLS that the proxy speaks, as a server and as a client. */
export const TLS_VERSIONS: JsonObject = {
  tls_minimum_protocol_version: 'TLSv1_2',
  tls_maximum_protocol_version: 'TLSv1_3',
};
