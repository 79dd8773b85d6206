import type { ListenerCertificate } from './listener-certificate';
import { extension, type JsonObject } from './typed-config';

/** TLS 1.2 and 1.3 with HTTP/2 and HTTP/1.1. Callers show themselves by token, so no client certificate is asked for. */
export function downstreamTls({ certificate }: { certificate: ListenerCertificate }): JsonObject {
  return extension('envoy.transport_sockets.tls', 'transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: {
      alpn_protocols: ['h2', 'http/1.1'],
      tls_params: TLS_VERSIONS,
      tls_certificates: [tlsCertificate(certificate)],
    },
  });
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
