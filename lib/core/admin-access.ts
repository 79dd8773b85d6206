import { scope } from './caller-grant';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { hostnames } from './hostnames';
import { type IngressAuth, ingressAuth, methodOf } from './ingress-auth';
import { refuseUnknownOptions } from './known-options';
import { assertPeers, type Peer } from './peer';

/**
 * What an operator may do at the admin door. Rights add up: whoever holds scopes of two roles has both.
 *
 * - `viewer` reads what is deployed and how the cluster is; no journal, no state, no SQL. The server shows it the headers that a deployment
 *   was registered with in clear: put no secret there. Commands of `restate` about invocations, and every `status`, are SQL.
 * - `stateReader` reads everything with SQL: journals, state and payloads. It reads what `viewer` does. The server refuses SQL that changes
 *   data, but lets `SET` change its SQL engine for everybody until it restarts, the limit of its memory included: who must not be able to
 *   bring the server down is no `stateReader`.
 * - `deployer` registers deployments and changes services, and reads what `viewer` does. Whoever registers chooses where calls go, with their
 *   payloads and state, and which addresses the server asks for handlers.
 * - `operator` does all that the admin API describes; the web UI and what only the UI calls are nobody's.
 */
export type AdminRole = 'viewer' | 'stateReader' | 'deployer' | 'operator';

/** The scopes that carry each role. A role that is left out is nobody's. */
export type AdminRoles = Readonly<Partial<Record<AdminRole, readonly string[]>>>;

/** Operators come through a door of the proxy of their own. */
export interface AdminPeers<Handle = never> {
  readonly kind: 'peers';
  readonly peers: readonly Peer<Handle>[];
  /** Host names that operators use. */
  readonly hostnames: readonly string[];
  /** Bearer tokens, API keys, or any of both: what the `restate` command line can show. */
  readonly auth: IngressAuth;
  readonly roles: AdminRoles;
}

/**
 * Who may reach the admin API. Nobody, unless said otherwise: the server then offers it on a unix socket alone, and break-glass is a shell
 * on the host.
 *
 * @see https://docs.restate.dev/server/security "admin gives full control"
 */
export type AdminAccess<Handle = never> = { readonly kind: 'nobody' } | AdminPeers<Handle>;

/** Options of {@link AdminAccess.fromPeers}. */
export type AdminPeersOptions = Pick<AdminPeers, 'hostnames' | 'auth' | 'roles'>;

const OPTIONS = ['hostnames', 'auth', 'roles'];
const ROLES: readonly AdminRole[] = ['viewer', 'stateReader', 'deployer', 'operator'];

/** The factories of {@link AdminAccess}. */
export const AdminAccess = {
  /** No network door at all. */
  nobody(): { readonly kind: 'nobody' } {
    return deepFreeze({ kind: 'nobody' as const });
  },

  /**
   * Named peers, through a listener of the proxy that asks each of them for a credential and admits it to what its roles allow. Every
   * call leaves a line in the log: who, what, verdict.
   *
   * @throws UnsafeConfigurationError `AdminPeersMissing`, `AdminAuthInvalid`, `RolesInvalid`, `ScopeInvalid`, `HostnameInvalid`, `PeerInvalid`,
   * `CidrTooOpen`, `OptionUnknown`, and the codes of the factories of `IngressAuth`
   */
  fromPeers<Handle = never>(peers: readonly Peer<Handle>[], options: AdminPeersOptions): AdminPeers<Handle> {
    refuseUnknownOptions('AdminAccess.fromPeers', options, OPTIONS);
    if (!Array.isArray(peers) || peers.length === 0) {
      throw new UnsafeConfigurationError({
        code: 'AdminPeersMissing',
        given: `AdminAccess.fromPeers of ${quote(peers)}`,
        because: 'a door that admits nobody is only one more thing to defend',
        write: 'name who may connect, or use AdminAccess.nobody()',
      });
    }
    assertPeers('the admin door', peers);
    return Object.freeze({
      kind: 'peers',
      // A handle is the cloud's own object, which the core never touches, not even to freeze it.
      peers: Object.freeze([...peers]),
      hostnames: deepFreeze(hostnames('admin', options.hostnames)),
      auth: bearerAuth(options.auth),
      roles: deepFreeze(adminRoles(options.roles)),
    });
  },
} as const;

/**
 * Validates who may reach the admin API, once more: an object written by hand is as good to the compiler as what the factory made.
 *
 * @throws UnsafeConfigurationError the codes of {@link AdminAccess.fromPeers}
 */
export function adminAccess<Handle>(access: AdminAccess<Handle>): AdminAccess<Handle> {
  refuseUnknownOptions(
    'admin',
    access,
    ['kind', 'peers', ...OPTIONS],
    'AdminAccess.nobody() or AdminAccess.fromPeers(...)',
  );
  if (access.kind === 'nobody') return access;
  const { kind: _kind, peers, ...options } = access;
  return AdminAccess.fromPeers<Handle>(peers, options);
}

function bearerAuth(auth: IngressAuth): IngressAuth {
  const checked = ingressAuth(auth);
  if (methodOf(checked, 'mutualTls') === undefined) return checked;
  throw new UnsafeConfigurationError({
    code: 'AdminAuthInvalid',
    given: 'AdminAccess.fromPeers with IngressAuth.mutualTls',
    because: 'roles are scopes of a token or key, and the restate command line shows no client certificate',
    write: 'use IngressAuth.jwt or IngressAuth.apiKeys, or both with IngressAuth.anyOf',
  });
}

function adminRoles(roles: AdminRoles): AdminRoles {
  refuseUnknownOptions('roles', roles, ROLES);
  const lists = ROLES.flatMap((role) => (roles[role] === undefined ? [] : [[role, roles[role]] as const]));
  const named = lists.every(([, scopes]) => Array.isArray(scopes))
    ? lists.map(([role, scopes]) => [role, scopes.map(scope)] as const)
    : [];
  if (named.some(([, scopes]) => scopes.length > 0)) {
    return Object.fromEntries(named.map(([role, scopes]) => [role, [...new Set(scopes)].sort()]));
  }
  throw new UnsafeConfigurationError({
    code: 'RolesInvalid',
    given: `roles ${quote(roles)}`,
    because: 'a role is a list of scopes, and without any every call is refused',
    write: "name scopes, e.g. roles: { viewer: ['restate:view'], operator: ['restate:operate'] }",
  });
}
