export {
  AdminAccess,
  type AdminPeers,
  type AdminPeersOptions,
  type AdminRole,
  type AdminRoles,
} from './core/admin-access';
export { ApiKeyRegistry, type RegisteredApiKey } from './core/api-key-registry';
export { API_KEY_ISSUER, type ApiKeysAuth, type ApiKeysOptions } from './core/api-keys-auth';
export type { CallerGrant, HandlerGrant } from './core/caller-grant';
export { UnsafeConfigurationError } from './core/errors';
export { IngressAuth, type AnyOfAuth, type SingleAuth } from './core/ingress-auth';
export type { JwtAuth, JwtOptions, SigningKeys } from './core/jwt-auth';
export type { MutualTlsAuth, MutualTlsOptions } from './core/mutual-tls-auth';
export type { PublicJwk } from './core/public-jwk';
export type { IngressLimits } from './core/limits';
export type { Listener, ListenerName } from './core/listener';
export { Peer } from './core/peer';
export { DEFAULT_FORWARD_HEADERS, type QueryParameter } from './core/forwarding';
export {
  defineSecurityModel,
  type AccessRule,
  type IngressPolicy,
  type SecurityModel,
  type SecurityModelProps,
} from './core/security-model';
