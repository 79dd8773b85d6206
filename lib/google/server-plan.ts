import type { Construct } from 'constructs';
import { AdminAccess, adminAccess } from '../core/admin-access';
import { defineSecurityModel, type SecurityModel } from '../core/security-model';
import { proxyArguments } from '../proxy/arguments';
import { renderBootstrap } from '../proxy/bootstrap';
import type { ListenerCertificate } from '../proxy/listener-certificate';
import { assertProxySupported } from '../proxy/versions';
import { adminPermissions } from '../restate/admin-permissions';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { RESTATE_PORTS, restateListeners } from '../restate/listeners';
import { serverConfig, type ServerConfig } from '../restate/server-config';
import { renderServerEnvironment } from '../restate/server-environment';
import { ADMIN_CERTIFICATE, assertAdminCertificate } from './admin-certificate';
import { GoogleCredentials, googleCredentials } from './credentials';
import { assertHost } from './host';
import { certificateImage, INGRESS_CERTIFICATE, frontOf } from './ingress-certificate';
import type { PeerHandle } from './peer';
import { assertPeers } from './peer-handles';
import { PORTS } from './ports';
import { refuseUnknownProps } from './props-known';
import { resourceName } from './resource-name';
import type { RestateServerProps } from './restate-server-props';
import { assertPlace } from './server-place';

/** What was asked for, validated and rendered, before any resource exists. */
export interface ServerPlan {
  readonly model: SecurityModel<PeerHandle>;
  readonly server: Required<ServerConfig>;
  /** `passthrough`: Envoy ends the callers' TLS. `https-balancer`: Google does, and Envoy shows it a certificate of its own making. */
  readonly front: 'passthrough' | 'https-balancer';
  /** What Envoy shows at the ingress. */
  readonly certificate: ListenerCertificate;
  readonly credentials: GoogleCredentials;
  /** Environment of the server, but for where its Google credentials are. */
  readonly serverEnvironment: Readonly<Record<string, string>>;
  /** Arguments of Envoy. */
  readonly proxyArguments: readonly string[];
}

/** How many front ends of Google's HTTPS balancer write into `x-forwarded-for`: the caller's address, and its own. */
const HTTPS_BALANCER_HOPS = 2;

/**
 * Validates the properties and renders what needs no cloud.
 *
 * @throws UnsafeConfigurationError `HostUnfit`, `ProjectInvalid`, `ZoneElsewhere`, `AdminCertificateMissing`, `AdminCertificateUnused`,
 * `CertificateEndsTooEarly`, `CertificateImageMissing`, `CertificateImageUnused`, `PrincipalInvalid`, `NetworkTagInvalid`, `OptionUnknown`,
 * `OptionMissing`, `OptionInvalid`, and the codes of the core, of credentials, of the server's configuration and of the proxy
 */
export function planServer(scope: Construct, props: RestateServerProps): ServerPlan {
  refuseUnknownProps(props);
  assertHost(props.host);
  assertPlace(props);
  identityPublicKeys(props.identity);
  assertProxySupported(props.images.envoy.tag);
  const admin = adminAccess<PeerHandle>(props.admin ?? AdminAccess.nobody());
  assertAdminCertificate(admin, props.adminCertificate);
  const server = serverConfig({
    ...props.server,
    version: props.images.restate.tag,
    clusterName: props.clusterName ?? resourceName(scope),
    adminListener: admin.kind === 'nobody' ? 'socket' : 'socket-and-loopback',
  });
  const { certificate: shown, ...ingress } = props.ingress;
  const model = defineSecurityModel<PeerHandle>({
    listeners: restateListeners(server, server.adminListener),
    ingress,
    admin,
  });
  assertPeers(model);
  const front = frontOf(shown, model.ingress.auth);
  certificateImage(props.images, front);
  const credentials = googleCredentials(props.credentials ?? GoogleCredentials.metadataServer());
  return {
    model,
    server,
    front,
    certificate: INGRESS_CERTIFICATE,
    credentials,
    serverEnvironment: renderServerEnvironment(server),
    proxyArguments: renderProxy(model, front, credentials),
  };
}

function renderProxy(
  { ingress, admin }: SecurityModel<PeerHandle>,
  front: ServerPlan['front'],
  credentials: GoogleCredentials,
): readonly string[] {
  const bootstrap = renderBootstrap({
    ingress,
    listener: {
      port: PORTS.proxy,
      certificate: INGRESS_CERTIFICATE,
      ...(front === 'https-balancer' && { trustedHops: HTTPS_BALANCER_HOPS }),
    },
    health: { port: PORTS.health },
    upstream: { port: RESTATE_PORTS.ingress },
    ...(admin.kind === 'peers' && {
      admin: {
        access: admin,
        permissions: adminPermissions(),
        listener: { port: PORTS.admin, certificate: ADMIN_CERTIFICATE },
        upstream: { port: RESTATE_PORTS.admin },
      },
    }),
    ...(credentials.source === 'metadata-server' && {
      metadata: { port: PORTS.metadata, impersonates: credentials.impersonate !== undefined },
    }),
  });
  return proxyArguments(bootstrap);
}
