export { AdminAccess } from './core/admin-access';
export { UnsafeConfigurationError } from './core/errors';
export { IngressAuth, type JwtAuth, type JwtOptions, type SigningKeys } from './core/ingress-auth';
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
