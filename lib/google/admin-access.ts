import {
  type AdminAccess as CoreAdminAccess,
  AdminAccess as CoreFactories,
  type AdminPeers,
  type AdminPeersOptions,
} from '../core/admin-access';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { Peer as CorePeer } from '../core/peer';
import type { Peer, PeerHandle } from './peer';
import { assertPrincipal } from './principal';

/**
 * Who may reach the admin API. Nobody, unless said otherwise: the server then offers it on a unix socket alone, and break-glass is a shell
 * on the machine.
 */
export type AdminAccess = CoreAdminAccess<PeerHandle>;

/** The factories of {@link AdminAccess}. */
export const AdminAccess = {
  /** No network door at all. */
  nobody(): { readonly kind: 'nobody' } {
    return CoreFactories.nobody();
  },

  /**
   * Named peers, by an internal load balancer of their own, on port 8444. Envoy asks each of them for a credential and admits it to what its
   * roles allow.
   *
   * @throws UnsafeConfigurationError `AdminPeersMissing`, `AdminAuthInvalid`, `RolesInvalid`, `ScopeInvalid`, `HostnameInvalid`, `CidrTooOpen`,
   * `OptionUnknown`, and the codes of the factories of `IngressAuth`
   */
  fromPeers(peers: readonly Peer[], options: AdminPeersOptions): AdminPeers<PeerHandle> {
    return CoreFactories.fromPeers<PeerHandle>(peers, options);
  },

  /**
   * People and groups, from anywhere, by a tunnel of Identity-Aware Proxy to port 8444 of the machine: Google asks who they are, and Envoy
   * asks each of them for a credential, as it asks peers. There is no address that anybody else could try. A right to a tunnel may end with the machine: after
   * the group has replaced it, the next `apply` grants it anew.
   *
   * `gcloud compute start-iap-tunnel MACHINE 8444 --local-host-port=localhost:8444`, and a host name of `hostnames` that leads to localhost.
   *
   * @param principals `user:`, `group:`, `serviceAccount:`, `principal:` or `principalSet:`
   * @throws UnsafeConfigurationError `PrincipalInvalid`, and the codes of {@link AdminAccess.fromPeers}
   * @see https://cloud.google.com/iap/docs/using-tcp-forwarding
   */
  fromIapTunnel(principals: readonly string[], options: AdminPeersOptions): AdminPeers<PeerHandle> {
    if (!Array.isArray(principals) || principals.length === 0) {
      throw new UnsafeConfigurationError({
        code: 'AdminPeersMissing',
        given: `AdminAccess.fromIapTunnel of ${quote(principals)}`,
        because: 'a door that admits nobody is only one more thing to defend',
        write: "name who may open a tunnel, e.g. ['group:ops@example.com'], or use AdminAccess.nobody()",
      });
    }
    for (const principal of principals) assertPrincipal('AdminAccess.fromIapTunnel', principal);
    const tunnel: PeerHandle = { kind: 'iap-tunnel', principals: Object.freeze([...principals]) };
    return CoreFactories.fromPeers<PeerHandle>([CorePeer.workload(Object.freeze(tunnel))], options);
  },
} as const;
