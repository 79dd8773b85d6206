import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdminAccess, adminAccess } from '../core/admin-access';
import { assertImage } from '../core/image-pin';
import { refuseUnknownOptions } from '../core/known-options';
import type { RevocationObject } from '../core/revocation-object';
import { defineSecurityModel, INGRESS_OPTIONS, type SecurityModel } from '../core/security-model';
import { proxyArguments } from '../proxy/arguments';
import { renderBootstrap } from '../proxy/bootstrap';
import type { ListenerCertificate } from '../proxy/listener-certificate';
import { adminPermissions } from '../restate/admin-permissions';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { RESTATE_PORTS, restateListeners } from '../restate/listeners';
import { serverConfig, type ServerConfig } from '../restate/server-config';
import { SERVER_OPTIONS } from '../restate/server-options';
import { assertAdminCertificate } from './admin-certificate';
import { assertSecretHere } from './identity-secret';
import type { ServerImages } from './images';
import { ingressCertificate, MINTED_CERTIFICATE } from './ingress-certificate';
import type { PeerHandle } from './peer';
import { PORTS } from './ports';
import type { IdentityProps, IngressProps, RestateServerProps } from './restate-server-props';
import { revocationObject } from './revocation-object';

/** What was asked for, validated and rendered, before any resource exists. */
export interface ServerPlan {
  readonly model: SecurityModel<PeerHandle>;
  readonly server: Required<ServerConfig>;
  /** What Envoy shows at the ingress. */
  readonly certificate: ListenerCertificate;
  /** Where the revocation list is fetched from, where callers show certificates. */
  readonly revocation: RevocationObject | undefined;
  /** Arguments of Envoy. */
  readonly proxyArguments: readonly string[];
}

/**
 * Validates the properties and renders what needs no cloud.
 *
 * @throws UnsafeConfigurationError `IdentitySecretElsewhere`, `AdminCertificateMissing`, `AdminCertificateUnused`, `OptionUnknown`,
 * `OptionMissing`, `OptionInvalid`, `CertificateEndsTooEarly`, `ProxyCertificateElsewhere`, `RevocationListElsewhere`, and the codes of the core, of the server's configuration and of the proxy
 */
export function planServer(scope: Construct, props: RestateServerProps): ServerPlan {
  refuseUnknown(props);
  identityPublicKeys(props.identity);
  assertSecretHere(scope, props.identity.secret);
  const admin = adminAccess<PeerHandle>(props.admin ?? AdminAccess.nobody());
  assertAdminCertificate(admin, props.adminCertificate);
  const server = serverConfig({
    ...props.server,
    version: props.images.restate.tag,
    clusterName: props.clusterName ?? defaultClusterName(scope),
    adminListener: admin.kind === 'nobody' ? 'socket' : 'socket-and-loopback',
  });
  const { certificate: shown, ...ingress } = props.ingress;
  const model = defineSecurityModel<PeerHandle>({
    listeners: restateListeners(server, server.adminListener),
    ingress,
    admin,
  });
  const { auth } = model.ingress;
  const certificate = ingressCertificate(scope, shown, auth);
  return {
    model,
    server,
    certificate,
    revocation: revocationObject(auth),
    proxyArguments: renderProxy(model, certificate),
  };
}

function renderProxy(
  { ingress, admin }: SecurityModel<PeerHandle>,
  certificate: ListenerCertificate,
): readonly string[] {
  const bootstrap = renderBootstrap({
    ingress,
    listener: { port: PORTS.proxy, certificate },
    health: { port: PORTS.health },
    upstream: { port: RESTATE_PORTS.ingress },
    ...(admin.kind === 'peers' && {
      admin: {
        access: admin,
        permissions: adminPermissions(),
        listener: { port: PORTS.admin, certificate: MINTED_CERTIFICATE },
        upstream: { port: RESTATE_PORTS.admin },
      },
    }),
  });
  return proxyArguments(bootstrap);
}

/** Of the construct's path, so that it stays the same when the stack is made anew around the retained disk. */
function defaultClusterName(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: 60, separator: '-' }).toLowerCase();
}

/** Every name that is read, and no other: the compiler holds the lists complete. */
const SERVER_PROPS: Readonly<Record<keyof RestateServerProps, true>> = {
  vpc: true,
  images: true,
  identity: true,
  ingress: true,
  admin: true,
  adminCertificate: true,
  vpcSubnets: true,
  existingEndpoints: true,
  clusterName: true,
  server: true,
  instanceType: true,
  volumeSize: true,
  snapshots: true,
  restoreFrom: true,
  dns: true,
  encryptionKey: true,
  logRetention: true,
  auditBucket: true,
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

function refuseUnknown(props: RestateServerProps): void {
  refuseUnknownOptions('RestateServer', props, Object.keys(SERVER_PROPS));
  refuseUnknownOptions('ingress', props.ingress, Object.keys(INGRESS_PROPS));
  refuseUnknownOptions('identity', props.identity, Object.keys(IDENTITY_OPTIONS));
  refuseUnknownOptions('images', props.images, Object.keys(IMAGES));
  for (const name of ['restate', 'envoy', 'certificate'] as const) assertImage(`images.${name}`, props.images[name]);
  refuseUnknownOptions('server', props.server ?? {}, Object.keys(SERVER_OPTIONS));
}
