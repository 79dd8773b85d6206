import { refuseUnknownOptions } from '../core/known-options';
import { INGRESS_OPTIONS } from '../core/security-model';
import { SERVER_OPTIONS } from '../restate/server-options';
import type { ServerImages } from './images';
import type { IdentityProps, IngressProps, RestateServerProps, ServerProject } from './restate-server-props';

/** Every name that is read, and no other: the compiler holds the lists complete. */
const SERVER_PROPS: Readonly<Record<keyof RestateServerProps, true>> = {
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
const INGRESS_PROPS: Readonly<Record<keyof IngressProps, true>> = { certificate: true, ...INGRESS_OPTIONS };
const IDENTITY_OPTIONS: Readonly<Record<keyof IdentityProps, true>> = {
  secret: true,
  publicKey: true,
  alsoAccepted: true,
};
const IMAGES: Readonly<Record<keyof ServerImages, true>> = {
  restate: true,
  envoy: true,
  certificate: true,
  machine: true,
};

/** @throws UnsafeConfigurationError `OptionUnknown`, `OptionMissing` */
export function refuseUnknownProps(props: RestateServerProps): void {
  refuseUnknownOptions('RestateServer', props, Object.keys(SERVER_PROPS));
  refuseUnknownOptions('project', props.project, Object.keys(PROJECT));
  refuseUnknownOptions('ingress', props.ingress, Object.keys(INGRESS_PROPS));
  refuseUnknownOptions('identity', props.identity, Object.keys(IDENTITY_OPTIONS));
  refuseUnknownOptions('images', props.images, Object.keys(IMAGES));
  refuseUnknownOptions('server', props.server ?? {}, Object.keys(SERVER_OPTIONS));
}
