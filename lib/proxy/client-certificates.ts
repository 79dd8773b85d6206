import { methodOf, methodsOf } from '../core/ingress-auth';
import type { Door } from './door';
import { REVOCATION_DIRECTORY, REVOCATION_RESOURCE_FILE, REVOCATION_SECRET } from './revocation-list';
import type { JsonObject } from './typed-config';

/** How the handshake treats clients, in two parts: of the listener, and of what its TLS has in common with that of clusters. */
export interface ClientCertificates {
  readonly listener: JsonObject;
  readonly common: JsonObject;
}

/**
 * Asks clients for a certificate of the named authorities, for one of the exact names, fit for client authentication, neither expired
 * nor revoked; nothing where the door admits none. Where a token will do as well the certificate may be missing, but not bad; its name is
 * then left to the authorisation, since Envoy demands a certificate of everybody as soon as it is to match names.
 *
 * Envoy demands a certificate and then takes any, or none at all, when `trusted_ca` is missing. It merges the file that the node renews over
 * what is stated here: an authority in that file would take the place of the stated one, which is why the node makes it of lists alone.
 *
 * No session is resumed: that would skip all of this, for a certificate that has expired or was revoked since.
 */
export function clientCertificates(door: Door, revocationDirectory: string = REVOCATION_DIRECTORY): ClientCertificates {
  const auth = methodOf(door.auth, 'mutualTls');
  if (auth === undefined) return { listener: {}, common: {} };
  const required = methodsOf(door.auth).length === 1;
  return {
    listener: {
      require_client_certificate: required,
      disable_stateless_session_resumption: true,
      disable_stateful_session_resumption: true,
    },
    common: {
      combined_validation_context: {
        default_validation_context: {
          trusted_ca: { inline_string: auth.ca },
          ...(required && { match_typed_subject_alt_names: auth.names.map(subjectAltName) }),
        },
        validation_context_sds_secret_config: {
          name: REVOCATION_SECRET,
          sds_config: {
            path_config_source: {
              path: `${revocationDirectory}/${REVOCATION_RESOURCE_FILE}`,
              watched_directory: { path: revocationDirectory },
            },
          },
        },
      },
    },
  };
}

function subjectAltName(name: string): JsonObject {
  return { san_type: name.includes('://') ? 'URI' : 'DNS', matcher: { exact: name } };
}
