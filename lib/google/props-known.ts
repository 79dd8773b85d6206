import { assertImage } from '../core/image-pin';
import { refuseUnknownOptions } from '../core/known-options';
import { INGRESS_OPTIONS } from '../core/security-model';
import { SERVER_OPTIONS } from '../restate/server-options';
import type { ServerImages } from './images';
import type { IdentityProps, IngressProps, RestateServerProps } from './restate-server-props';

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

/** @throws UnsafeConfigurationError `OptionUnknown`, `OptionMissing`, `OptionInvalid` */
export function refuseUnknownProps(props: RestateServerProps): void {
  refuseUnknownOptions('RestateServer', props, Object.keys(SERVER_PROPS));
  refuseUnknownOptions('ingress', props.ingress, Object.keys(INGRESS_PROPS));
  refuseUnknownOptions('identity', props.identity, Object.keys(IDENTITY_OPTIONS));
  refuseUnknownOptions('images', props.images, Object.keys(IMAGES));
  const { restate, envoy, certificate } = props.images;
  assertImage('images.restate', restate);
  assertImage('images.envoy', envoy);
  // Not every front needs one.
  if (certificate !== undefined) assertImage('images.certificate', certificate);
  refuseUnknownOptions('server', props.server ?? {}, Object.keys(SERVER_OPTIONS));
}
