import { AdminAccess } from '../../../lib/core/admin-access';
import { defineSecurityModel } from '../../../lib/core/security-model';
import { GoogleCredentials } from '../../../lib/google/credentials';
import type { CloudInitProps } from '../../../lib/google/machine/cloud-init';
import {
  GOOGLE_CREDENTIALS_SECRET_FILE,
  IDENTITY_SECRET_FILE,
  PROXY_USER,
  RESTATE_USER,
  TLS_DIRECTORY,
} from '../../../lib/google/machine-layout';
import type { PeerHandle } from '../../../lib/google/peer';
import { PORTS } from '../../../lib/google/ports';
import type { ServerPlan } from '../../../lib/google/server-plan';
import { proxyArguments } from '../../../lib/proxy/arguments';
import { renderBootstrap } from '../../../lib/proxy/bootstrap';
import { CERTIFICATE_FILE, PRIVATE_KEY_FILE } from '../../../lib/proxy/certificate-script';
import type { ListenerCertificate } from '../../../lib/proxy/listener-certificate';
import { adminPermissions } from '../../../lib/restate/admin-permissions';
import { RESTATE_PORTS, restateListeners } from '../../../lib/restate/listeners';
import { serverConfig } from '../../../lib/restate/server-config';
import { renderServerEnvironment } from '../../../lib/restate/server-environment';
import { adminAccess } from '../../proxy/admin-door';
import { ingressPolicy } from '../../proxy/policy';

/** What differs among machines. */
export interface AMachine {
  readonly auth?: ServerPlan['model']['ingress']['auth'];
  readonly operators?: boolean;
  readonly front?: ServerPlan['front'];
  readonly credentials?: GoogleCredentials;
  readonly restored?: boolean;
  /** Project of images and secrets. */
  readonly project?: string;
}

const certificate = {
  kind: 'files',
  certificateFile: `${TLS_DIRECTORY}/${CERTIFICATE_FILE}`,
  privateKeyFile: `${TLS_DIRECTORY}/${PRIVATE_KEY_FILE}`,
} as const satisfies ListenerCertificate;

/** A machine as the server plans it: passthrough, nobody's admin door, its own account, unless said otherwise. */
export function aMachine(given: AMachine = {}): CloudInitProps {
  const { front = 'passthrough', project = 'orders-prod', restored = false } = given;
  const image = (name: string, tag: string, digit: string): string =>
    `europe-west3-docker.pkg.dev/${project}/mirror/${name}:${tag}@sha256:${digit.repeat(64)}`;
  const secret = (name: string, version: number): string => `projects/${project}/secrets/${name}/versions/${version}`;
  const [restate, proxy] = [RESTATE_USER, PROXY_USER].map((user) => `${user}:${user}`) as [string, string];
  const plan = aPlan({ ...given, front });
  const kept = plan.credentials.source === 'service-account-key' || plan.credentials.source === 'user-credentials';
  return {
    plan,
    images: {
      restate: image('restate', '1.7.12', '2'),
      envoy: image('envoy', 'distroless-v1.40.0', '3'),
      ...(front === 'https-balancer' && { certificate: image('envoy', 'v1.40.0', '4') }),
    },
    secretFiles: [
      { version: secret('identity', 3), path: IDENTITY_SECRET_FILE, owner: restate },
      ...(kept ? [{ version: secret('google', 1), path: GOOGLE_CREDENTIALS_SECRET_FILE, owner: restate }] : []),
      ...(front === 'passthrough'
        ? [
            { version: secret('certificate', 5), path: certificate.certificateFile, owner: proxy },
            { version: secret('certificate-key', 5), path: certificate.privateKeyFile, owner: proxy },
          ]
        : []),
    ],
    marker: 'orders',
    deviceName: 'restate-data',
    restored,
  };
}

function aPlan({
  auth,
  operators = false,
  front = 'passthrough',
  credentials = GoogleCredentials.metadataServer(),
}: AMachine): ServerPlan {
  const admin = operators ? adminAccess() : AdminAccess.nobody();
  const server = serverConfig({
    version: '1.7.12',
    clusterName: 'orders',
    adminListener: operators ? 'socket-and-loopback' : 'socket',
  });
  const model = defineSecurityModel<PeerHandle>({
    listeners: restateListeners(server, server.adminListener),
    ingress: { hostnames: ['restate.example.com'], auth: auth ?? ingressPolicy().auth },
    admin,
  });
  const bootstrap = renderBootstrap({
    ingress: model.ingress,
    listener: { port: PORTS.proxy, certificate },
    health: { port: PORTS.health },
    upstream: { port: RESTATE_PORTS.ingress },
    ...(admin.kind === 'peers' && {
      admin: {
        access: admin,
        permissions: adminPermissions(),
        listener: { port: PORTS.admin, certificate },
        upstream: { port: RESTATE_PORTS.admin },
      },
    }),
    ...(credentials.source === 'metadata-server' && {
      metadata: { port: PORTS.metadata, impersonates: credentials.impersonate !== undefined },
    }),
  });
  return {
    model,
    server,
    front,
    certificate,
    credentials,
    serverEnvironment: renderServerEnvironment(server),
    proxyArguments: proxyArguments(bootstrap),
  };
}
