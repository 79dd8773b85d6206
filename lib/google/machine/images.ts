import { SCRIPTS_DIRECTORY } from '../machine-layout';
import { PERSISTENCE } from './access-token';
import type { MachineFile } from './cloud-config';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** The unit that has ended well once all images are on the machine. */
export const IMAGES_UNIT_NAME = 'portcullis-images.service';

/** Where Docker reads who it is to a registry. The root's own home cannot be written on. */
const HOME = '/run/portcullis/home';

const SCRIPT: MachineFile = {
  path: `${SCRIPTS_DIRECTORY}/pull-image`,
  content: `#!/bin/bash
set -euo pipefail
${PERSISTENCE}
persist docker pull --quiet "$1" || fail "image $1 cannot be pulled"
`,
};

/**
 * The unit that pulls images, each by its digest, from Artifact Registry as the machine's own account.
 *
 * @see https://cloud.google.com/container-optimized-os/docs/how-to/run-container-instance#accessing_private_images_in_artifact_registry
 */
export function pulledImages(images: readonly string[]): { readonly script: MachineFile; readonly unit: Unit } {
  const registries = [...new Set(images.map((image) => image.slice(0, image.indexOf('/'))))];
  const login = ['/usr/bin/docker-credential-gcr', 'configure-docker', `--registries=${registries.join(',')}`];
  const pulls = images.map((image) => ['/bin/bash', SCRIPT.path, image]);
  return {
    script: SCRIPT,
    unit: {
      name: IMAGES_UNIT_NAME,
      text: `[Unit]
Description=Images of Restate and Envoy
Requires=docker.service
Wants=network-online.target
After=docker.service network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
Environment=HOME=${HOME}
ExecStartPre=${commandLine(['/usr/bin/install', '-d', '-m', '0700', HOME])}
${[login, ...pulls].map((words) => `ExecStart=${commandLine(words)}`).join('\n')}
TimeoutStartSec=1800`,
    },
  };
}
