import type { AdminPeers } from '../core/admin-access';
import type { AdminPermissions } from '../core/admin-permissions';
import type { IngressPolicy } from '../core/security-model';
import { adminCluster } from './admin-cluster';
import { adminDoor, adminListener } from './admin-listener';
import type { DownstreamTlsProps } from './downstream-tls';
import { healthListener } from './health-listener';
import { ingressDoor, ingressListener } from './ingress-listener';
import { issuerCluster } from './issuer-cluster';
import { metadataCluster, metadataListener, type MetadataProps } from './metadata-listener';
import { restateCluster } from './restate-cluster';
import { typedConfig, type JsonObject } from './typed-config';

/** Envoy's whole configuration as plain JSON. */
export type Bootstrap = JsonObject;

/** Input of {@link renderBootstrap}. */
export interface BootstrapProps {
  readonly ingress: IngressPolicy;
  readonly listener: DownstreamTlsProps & {
    /** TCP port of the TLS listener. */
    readonly port: number;
    /** Addresses that a balancer which ends HTTP adds to `x-forwarded-for`. @default 0 - none does */
    readonly trustedHops?: number;
  };
  readonly health: {
    /** TCP port of the plaintext listener that answers `GET /healthz` for the load balancer. */
    readonly port: number;
  };
  readonly upstream: {
    /** TCP port of the server's ingress on loopback. */
    readonly port: number;
  };
  /** The operators' door. @default - none: the server's admin API is on its unix socket alone */
  readonly admin?: AdminDoor;
  /** The server's way to the metadata server of its cloud. @default - none */
  readonly metadata?: MetadataProps;
}

/** A second TLS listener, for operators. */
export interface AdminDoor {
  readonly access: Pick<AdminPeers, 'hostnames' | 'auth' | 'roles'>;
  /** What each role may ask the admin API for, as the engine says. */
  readonly permissions: AdminPermissions;
  readonly listener: DownstreamTlsProps & {
    /** TCP port of the TLS listener. */
    readonly port: number;
  };
  readonly upstream: {
    /** TCP port of the server's admin API on loopback. */
    readonly port: number;
  };
}

/**
 * Renders the proxy beside a server: one TLS listener that authenticates, authorises, filters and limits, one plaintext listener for
 * health, the server on loopback, and the issuer's keys where they are fetched; and a door for operators, and one for the server to
 * the metadata server, where there is one. Envoy's own admin interface is another thing: it has none unless told.
 *
 * Every value is literal, so the result may be written with `JSON.stringify`.
 */
export function renderBootstrap(props: BootstrapProps): Bootstrap {
  const { ingress, admin, metadata } = props;
  return {
    node: NODE,
    static_resources: {
      listeners: [
        ingressListener(props),
        healthListener(props.health),
        ...(admin ? [adminListener(admin)] : []),
        ...(metadata ? [metadataListener(metadata)] : []),
      ],
      clusters: [
        restateCluster(ingress, props.upstream),
        ...issuerCluster(ingressDoor(ingress)),
        ...(admin ? [adminCluster(admin), ...issuerCluster(adminDoor(admin))] : []),
        ...(metadata ? [metadataCluster(metadata)] : []),
      ],
    },
    overload_manager: {
      resource_monitors: [
        {
          name: 'envoy.resource_monitors.global_downstream_max_connections',
          typed_config: typedConfig('resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig', {
            max_active_downstream_connections: ingress.limits.maxConnections,
          }),
        },
      ],
    },
    layered_runtime: { layers: [{ name: 'static', static_layer: RE2_LIMITS }] },
  };
}

/** Envoy reads no file anew, a revocation list among them, without a name for itself. */
const NODE: JsonObject = { id: 'proxy', cluster: 'proxy' };

/** The header allow-list is a regular expression larger than Envoy admits when nothing is said. */
const RE2_LIMITS: JsonObject = {
  're2.max_program_size.error_level': 100_000,
  're2.max_program_size.warn_level': 1_000_000,
};
