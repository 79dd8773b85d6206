import { REVOCATION_DIRECTORY } from '../../proxy/revocation-list';
import { PROXY_USER, TLS_DIRECTORY } from '../machine-layout';
import { PORTS } from '../ports';
import type { ServerPlan } from '../server-plan';
import { CERTIFICATE_UNIT_NAME } from './certificate';
import { dockerRemove, dockerRun, dockerStop } from './docker-run';
import { IMAGES_UNIT_NAME } from './images';
import { NETWORK, NETWORK_UNIT_NAME } from './network';
import { REVOCATION_UNIT_NAME } from './revocation';
import { SECRETS_UNIT_NAME } from './secret-files';
import { commandLine, type Unit } from './systemd-unit';

/** Name of Envoy's container. */
export const ENVOY = 'portcullis-envoy';

/** The unit that runs as long as Envoy does. */
export const ENVOY_UNIT_NAME: string = `${ENVOY}.service`;

/** Input of {@link envoyUnit}. */
export interface EnvoyProps {
  readonly plan: ServerPlan;
  readonly image: string;
  /** Whether callers show certificates, which may be revoked. */
  readonly revocation: boolean;
}

const STOP_SECONDS = 30;

/**
 * Envoy, whose network the others share. It wants Restate, so that each start of its own brings Restate back, which went with the network
 * before.
 */
export function envoyUnit({ plan, image, revocation }: EnvoyProps): Unit {
  const minted = plan.front === 'https-balancer' ? [CERTIFICATE_UNIT_NAME] : [];
  const needed = ['docker.service', IMAGES_UNIT_NAME, NETWORK_UNIT_NAME, SECRETS_UNIT_NAME, ...minted];
  const list = revocation ? [REVOCATION_UNIT_NAME] : [];
  const folder = commandLine(['/usr/bin/install', '-d', '-m', '0755', REVOCATION_DIRECTORY]);
  const container = dockerRun({
    name: ENVOY,
    image,
    user: PROXY_USER,
    memoryMib: 512,
    network: NETWORK,
    publish: published(plan),
    mounts: [TLS_DIRECTORY, ...(revocation ? [REVOCATION_DIRECTORY] : [])].map(readOnly),
    entryPoint: '/usr/local/bin/envoy',
    command: plan.proxyArguments,
  });
  return {
    name: ENVOY_UNIT_NAME,
    text: `[Unit]
Description=Envoy
Requires=${needed.join(' ')}
Wants=${['portcullis-restate.service', ...list].join(' ')}
After=${[...needed, ...list].join(' ')}
StartLimitIntervalSec=0
[Service]
ExecStartPre=-${commandLine(dockerRemove(ENVOY))}
${revocation ? `ExecStartPre=${folder}\n` : ''}ExecStart=${commandLine(container)}
ExecStop=-${commandLine(dockerStop(ENVOY, STOP_SECONDS))}
Restart=always
RestartSec=2
TimeoutStopSec=${STOP_SECONDS + 15}`,
  };
}

/** What of the machine leads to Envoy, which listens on nothing else beyond loopback. */
function published({ model }: ServerPlan): readonly { readonly port: number; readonly containerPort: number }[] {
  return [
    { port: PORTS.https, containerPort: PORTS.proxy },
    { port: PORTS.health, containerPort: PORTS.health },
    ...(model.admin.kind === 'peers' ? [{ port: PORTS.admin, containerPort: PORTS.admin }] : []),
  ];
}

function readOnly(path: string): { source: string; target: string; readOnly: true } {
  return { source: path, target: path, readOnly: true };
}
