import { methodOf } from '../core/ingress-auth';
import type { Door } from './door';
import { TLS_VERSIONS } from './downstream-tls';
import { extension, type JsonObject } from './typed-config';

/** Name of the cluster that the keys of a door's issuer are fetched from. Each door may have an issuer of its own. */
export function issuerClusterOf({ name }: Door): string {
  return name === 'ingress' ? 'issuer' : `${name}-issuer`;
}

/** Public authorities, where Debian-based images (Envoy's distroless one among them) keep them. */
const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * The issuer's key set, over TLS with chain and name verified: whoever answers here decides who is let in. Envoy verifies nothing
 * without `trusted_ca`, any name without the exact one, and ignores `system_root_certs`. Nothing at all for inline keys.
 */
export function issuerCluster(door: Door): JsonObject[] {
  const keys = methodOf(door.auth, 'jwt')?.keys;
  if (keys?.source !== 'remote') return [];
  const { hostname } = new URL(keys.uri);
  const name = issuerClusterOf(door);
  return [
    {
      name,
      type: 'STRICT_DNS',
      // The way out is open for IPv4 alone.
      dns_lookup_family: 'V4_ONLY',
      connect_timeout: '3s',
      load_assignment: {
        cluster_name: name,
        endpoints: [
          { lb_endpoints: [{ endpoint: { address: { socket_address: { address: hostname, port_value: 443 } } } }] },
        ],
      },
      transport_socket: extension('envoy.transport_sockets.tls', 'transport_sockets.tls.v3.UpstreamTlsContext', {
        sni: hostname,
        common_tls_context: {
          tls_params: TLS_VERSIONS,
          validation_context: {
            trusted_ca: { filename: PUBLIC_AUTHORITIES },
            match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: hostname } }],
          },
        },
      }),
    },
  ];
}
