export type { AdminPeersOptions, AdminRole, AdminRoles } from '../core/admin-access';
export { ApiKeyRegistry } from '../core/api-key-registry';
export { UnsafeConfigurationError } from '../core/errors';
export { IngressAuth } from '../core/ingress-auth';
export { type AmbientIdTokenOptions, GoogleIdToken, type ImpersonatedIdTokenOptions } from '../restate/google-id-token';
export { AdminAccess } from './admin-access';
export type { AlarmOptions, AlarmThresholds } from './alarm-options';
export { CloudRunProbe, type ProbeTimes } from './cloud-run-probe';
export { CloudRunService } from './cloud-run-service';
export { GoogleCredentials } from './credentials';
export { ManagedCertificate } from './managed-certificate';
export { Peer, type PeerHandle } from './peer';
export { PrivateNetwork, type IPrivateNetwork, type PrivateNetworkProps } from './private-network';
export { ProxyCertificate, type ProxyCertificateSecrets } from './proxy-certificate';
export { RestateServer } from './restate-server';
export { SecretVersion, type SecretVersionOptions } from './secret-version';
export type { CloudRunServiceProps, VpcEgress } from './cloud-run-service-props';
export type { DnsZone, DnsZones } from './dns-records';
export type { ServerImage, ServerImages } from './images';
export type {
  DiskType,
  IdentityProps,
  IngressProps,
  RestateServerProps,
  ServerHost,
  ServerProject,
  ServiceRange,
} from './restate-server-props';
export type { RestateServerAttributes } from './server-attributes';
export type { IRestateServer } from './server-reference';
export type { SnapshotOptions } from './snapshot-options';
export type { ServerOptions } from '../restate/server-options';
