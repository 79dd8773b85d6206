import type { AdminPeers, AdminRole } from '../../lib/core/admin-access';
import { AdminAccess } from '../../lib/core/admin-access';
import { API_KEY_ISSUER } from '../../lib/core/api-keys-auth';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { Peer } from '../../lib/core/peer';
import { adminPermissions } from '../../lib/restate/admin-permissions';
import type { AdminDoor } from '../../lib/proxy/bootstrap';
import { signingKey } from '../core/signing-key';
import { ISSUER } from './policy';

export const ADMIN_HOSTNAME = 'restate-admin.example.com';

const PEOPLE = signingKey('people');
const MACHINES = signingKey('machines');

/** Id of an API key that was withdrawn. */
export const REVOKED = 'withdrawn-1';

/** The scope that carries each role. */
export const SCOPES: Readonly<Record<AdminRole, string>> = {
  viewer: 'restate:view',
  stateReader: 'restate:read-state',
  deployer: 'restate:deploy',
  operator: 'restate:operate',
};

/** People come with tokens of an issuer, machines with API keys; every role has its scope, unless said otherwise. */
export function adminAccess(given: Partial<Pick<AdminPeers, 'auth' | 'roles'>> = {}): AdminPeers {
  return AdminAccess.fromPeers([Peer.cidr('10.0.0.0/24')], {
    hostnames: [ADMIN_HOSTNAME],
    auth: IngressAuth.anyOf(
      IngressAuth.jwt({ issuer: ISSUER, audiences: ['operations'], jwks: { keys: [PEOPLE.jwk] } }),
      IngressAuth.apiKeys({ jwks: { keys: [MACHINES.jwk] }, revoked: [REVOKED] }),
    ),
    roles: Object.fromEntries(Object.entries(SCOPES).map(([role, scope]) => [role, [scope]])),
    ...given,
  });
}

/** The door that leads to a server's admin API. */
export function adminDoor(port: number, access: AdminPeers = adminAccess()): Omit<AdminDoor, 'listener'> {
  return { access, permissions: adminPermissions(), upstream: { port } };
}

/** A token of a person with these scopes, good in every respect but what is overridden; `undefined` leaves a claim out. */
export function personToken(scopes: readonly string[], claims: Readonly<Record<string, unknown>> = {}): string {
  const scope = scopes.join(' ');
  return PEOPLE.token({ iss: ISSUER, aud: 'operations', sub: 'olga', scope, ...lifetime(), ...claims });
}

/** The API key of a machine, likewise. */
export function machineKey(scopes: readonly string[], claims: Readonly<Record<string, unknown>> = {}): string {
  const whose = { iss: API_KEY_ISSUER, aud: ADMIN_HOSTNAME, sub: 'pipeline', jti: 'pipeline-1' };
  return MACHINES.token({ ...whose, scope: scopes.join(' '), ...lifetime(), ...claims });
}

function lifetime(): { iat: number; exp: number } {
  const now = Math.floor(Date.now() / 1_000);
  return { iat: now, exp: now + 600 };
}
