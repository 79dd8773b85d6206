import { IDENTITY_KEY_FILE, renderFileEntryScript } from '../../restate/entry-script';
import type { GoogleCredentials } from '../credentials';
import {
  DATA_DIRECTORY,
  GOOGLE_CREDENTIALS_FILE,
  GOOGLE_CREDENTIALS_SECRET_FILE,
  IDENTITY_SECRET_FILE,
  RESTATE_USER,
} from '../machine-layout';
import { PORTS } from '../ports';
import type { ServerPlan } from '../server-plan';
import { DATA_UNIT_NAME } from './data-disk';
import { type BindMount, dockerRemove, dockerRun, dockerStop } from './docker-run';
import { ENVOY, ENVOY_UNIT_NAME } from './envoy';
import { GUARD_UNIT_NAME } from './guard';
import { IMAGES_UNIT_NAME } from './images';
import { SECRETS_UNIT_NAME } from './secret-files';
import { commandLine, type Unit } from './systemd-unit';

/** Name of Restate's container. */
export const RESTATE = 'portcullis-restate';

/** The unit that runs as long as Restate does. */
export const RESTATE_UNIT_NAME: string = `${RESTATE}.service`;

/**
 * Restate, in Envoy's network: it starts after Envoy and the guard of the metadata server, and ends with either. Docker would take no
 * notice of a health check: Envoy asks the server how it is, and Google asks Envoy.
 */
export function restateUnit({ plan, image }: { readonly plan: ServerPlan; readonly image: string }): Unit {
  const needed = ['docker.service', DATA_UNIT_NAME, SECRETS_UNIT_NAME, IMAGES_UNIT_NAME];
  const bound = [ENVOY_UNIT_NAME, GUARD_UNIT_NAME];
  // Docker kills the server after that: never before the server's own time to end its work is over.
  const stopSeconds = plan.server.shutdownTimeoutSeconds + 10;
  const container = dockerRun({
    name: RESTATE,
    image,
    user: RESTATE_USER,
    memoryMib: 2 * plan.server.rocksdbMemoryMib + 512,
    network: `container:${ENVOY}`,
    mounts: [
      { source: DATA_DIRECTORY, target: plan.server.baseDir, readOnly: false },
      { source: IDENTITY_SECRET_FILE, target: IDENTITY_KEY_FILE, readOnly: true },
      ...credentialsMount(plan.credentials),
    ],
    environment: { ...plan.serverEnvironment, ...credentialsEnvironment(plan.credentials) },
    entryPoint: '/bin/sh',
    command: ['-c', renderFileEntryScript()],
  });
  return {
    name: RESTATE_UNIT_NAME,
    text: `[Unit]
Description=Restate
Requires=${needed.join(' ')}
BindsTo=${bound.join(' ')}
After=${[...needed, ...bound].join(' ')}
StartLimitIntervalSec=0
[Service]
ExecStartPre=-${commandLine(dockerRemove(RESTATE))}
ExecStart=${commandLine(container)}
ExecStop=-${commandLine(dockerStop(RESTATE, stopSeconds))}
Restart=always
RestartSec=2
TimeoutStopSec=${stopSeconds + 15}`,
  };
}

/** Where Google's library in the server finds what it shows Google. With neither it shows nobody anything. */
function credentialsEnvironment({ source }: GoogleCredentials): Readonly<Record<string, string>> {
  if (source === 'none') return {};
  if (source === 'metadata-server') return { GCE_METADATA_HOST: `127.0.0.1:${PORTS.metadata}` };
  return { GOOGLE_APPLICATION_CREDENTIALS: GOOGLE_CREDENTIALS_FILE };
}

function credentialsMount({ source }: GoogleCredentials): readonly BindMount[] {
  if (source === 'metadata-server' || source === 'none') return [];
  return [{ source: GOOGLE_CREDENTIALS_SECRET_FILE, target: GOOGLE_CREDENTIALS_FILE, readOnly: true }];
}
