import { refuseUnknownOptions } from '../core/known-options';
import type { ServerImages } from './images';
import type {
  IdentityProps,
  IngressProps,
  RestateServerProps,
  ServerOptions,
  ServerProject,
} from './restate-server-props';

/** Every name that is read, and no other: the compiler holds the lists complete. */
const SERVER_OPTIONS: Readonly<Record<keyof RestateServerProps, true>> = {
  project: true,
  network: true,
  zone: true,
  images: true,
  identity: true,
  ingress: true,
  admin: true,
  adminCertificate: true,
  credentials: true,
  services: true,
  host: true,
  clusterName: true,
  server: true,
  machineType: true,
  diskType: true,
  diskSizeGib: true,
  snapshots: true,
  restoreFrom: true,
  dns: true,
  encryptionKey: true,
  logEncryptionAgent: true,
  logRetentionDays: true,
  lockLogs: true,
  alarms: true,
};
const PROJECT: Readonly<Record<keyof ServerProject, true>> = { id: true, number: true };
const INGRESS_OPTIONS: Readonly<Record<keyof IngressProps, true>> = {
  certificate: true,
  auth: true,
  hostnames: true,
  peers: true,
  internetFacing: true,
  callers: true,
  forwardHeaders: true,
  forwardQuery: true,
  corsOrigins: true,
  limits: true,
};
const IDENTITY_OPTIONS: Readonly<Record<keyof IdentityProps, true>> = {
  secret: true,
  publicKey: true,
  alsoAccepted: true,
};
/** Not the whole of `ServerConfig`: a version or folder of its own would be overwritten, or part the server from its disk and key. */
const SERVER_CONFIG: Readonly<Record<keyof ServerOptions, true>> = {
  nodeName: true,
  requestIdentityExpirationSeconds: true,
  partitions: true,
  rocksdbMemoryMib: true,
  journalRetentionSeconds: true,
  idempotencyRetentionSeconds: true,
  workflowRetentionSeconds: true,
  concurrentInvocations: true,
  inactivityTimeoutSeconds: true,
  abortTimeoutSeconds: true,
  shutdownTimeoutSeconds: true,
};
const IMAGES: Readonly<Record<keyof ServerImages, true>> = {
  restate: true,
  envoy: true,
  certificate: true,
  machine: true,
};

/** @throws UnsafeConfigurationError `OptionUnknown`, `OptionMissing` */
export function refuseUnknownProps(props: RestateServerProps): void {
  refuseUnknownOptions('RestateServer', props, Object.keys(SERVER_OPTIONS));
  refuseUnknownOptions('project', props.project, Object.keys(PROJECT));
  refuseUnknownOptions('ingress', props.ingress, Object.keys(INGRESS_OPTIONS));
  refuseUnknownOptions('identity', props.identity, Object.keys(IDENTITY_OPTIONS));
  refuseUnknownOptions('images', props.images, Object.keys(IMAGES));
  refuseUnknownOptions('server', props.server ?? {}, Object.keys(SERVER_CONFIG));
}
