import { SCRIPTS_DIRECTORY } from '../machine-layout';
import { AUTHORISED_CALL } from './access-token';
import type { MachineFile } from './cloud-config';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** A secret that the machine fetches into a file of its memory when it starts. */
export interface SecretFile {
  /** The version, `projects/P/secrets/S/versions/N`. May hold tokens. */
  readonly version: string;
  /** Absolute path on the machine, below `/run`. */
  readonly path: string;
  /** `uid:gid`, who alone may read it. */
  readonly owner: string;
}

/** The unit that has ended well once all secrets are there. */
export const SECRETS_UNIT_NAME = 'portcullis-secrets.service';

/**
 * Bash that fetches one version of a secret: `fetch-secret VERSION FILE OWNER`. The payload goes from Secret Manager into a file in memory,
 * through no argument, no variable of the environment and no log; the file has its name only once it is whole.
 *
 * `SECRET_MANAGER` of the environment may name another address; nothing on the machine sets it.
 *
 * @see https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
 */
const SCRIPT: MachineFile = {
  path: `${SCRIPTS_DIRECTORY}/fetch-secret`,
  content: `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
umask 077
${AUTHORISED_CALL}
version=$1 file=$2 owner=$3
: "\${SECRET_MANAGER:=https://secretmanager.googleapis.com}"

install -d -m 0755 "\${file%/*}"
work=$(mktemp "$file.XXXXXX")
trap 'rm -f "$work"' EXIT

payload() {
  authorised "$SECRET_MANAGER/v1/$version:access" | sed -n 's/.*"data" *: *"\\([A-Za-z0-9+/=]*\\)".*/\\1/p' |
    base64 -d >"$work" && [ -s "$work" ]
}

persist payload || fail "secret $version cannot be fetched"
chown "$owner" "$work"
chmod 0400 "$work"
mv -f "$work" "$file"
`,
};

/** The script that fetches a secret, and the unit that fetches all of them. */
export function secretFiles(files: readonly SecretFile[]): { readonly script: MachineFile; readonly unit: Unit } {
  const fetches = files.map(({ version, path, owner }) =>
    commandLine(['/bin/bash', SCRIPT.path, version, path, owner]),
  );
  return {
    script: SCRIPT,
    unit: {
      name: SECRETS_UNIT_NAME,
      text: `[Unit]
Description=Secrets of Restate and Envoy
Wants=network-online.target
After=network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
${fetches.map((fetch) => `ExecStart=${fetch}`).join('\n')}
TimeoutStartSec=1200`,
    },
  };
}
