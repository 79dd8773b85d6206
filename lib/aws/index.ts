export { AdminAccess } from '../core/admin-access';
export { UnsafeConfigurationError } from '../core/errors';
export { IngressAuth } from '../core/ingress-auth';
export { Peer } from './peer';
export { RestateServer } from './restate-server';
export type { IdentityProps, IngressProps, RestateServerProps, ServerOptions } from './restate-server-props';
export type { ServerImage, ServerImages } from './images';
