import type { RevocationObject } from '../../core/revocation-object';
import { REVOCATION_DIRECTORY, REVOCATION_RESOURCE_FILE, renderRevocationResource } from '../../proxy/revocation-list';
import { SCRIPTS_DIRECTORY } from '../machine-layout';
import { AUTHORISED_CALL } from './access-token';
import type { MachineFile } from './cloud-config';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** The unit that fetches the revocation list once. */
export const REVOCATION_UNIT_NAME = 'portcullis-revocation.service';

/** The timer that fetches it again every five minutes. */
export const REVOCATION_TIMER_NAME = 'portcullis-revocation.timer';

const ANY_LIST = '-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n';

/** What stands before and after the lists in the file that the proxy reads. Both are free of quotes that a shell would read. */
const [BEFORE, AFTER] = renderRevocationResource(ANY_LIST).trimEnd().split(JSON.stringify(ANY_LIST).slice(1, -1));

/**
 * Bash that runs before Envoy starts and every five minutes: `fetch-revocation-list BUCKET NAME FILE` fetches the revocation list from Cloud
 * Storage and renames it over the one that the proxy reads.
 *
 * Whatever goes wrong, the last good list stays: a list that cannot be read, and none at all above all, would revoke nothing or refuse
 * everybody. Where there never was one, the proxy does not start.
 *
 * A list is PEM whose DER is as long as it says: the machine has no openssl to look further, and the proxy itself keeps the last good one.
 *
 * `STORAGE` of the environment may name another address; nothing on the machine sets it.
 *
 * @see https://cloud.google.com/storage/docs/xml-api/get-object-download
 */
const SCRIPT: MachineFile = {
  path: `${SCRIPTS_DIRECTORY}/fetch-revocation-list`,
  content: `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
umask 022
# 8 MiB a file: it all stands in the memory of the machine
ulimit -f 8192
${AUTHORISED_CALL}
bucket=$1 name=$2 resource=$3
: "\${STORAGE:=https://storage.googleapis.com}"

# The lists alone: authorities print what is in one before it
lists() { tr -d '\\r' | sed -n '/^-----BEGIN X509 CRL-----$/,/^-----END X509 CRL-----$/p'; }

# One list in base64, as long as its first bytes say
whole() {
  local bytes length=0 digits=0 byte
  base64 -d >"$work/list" 2>/dev/null || return 1
  read -r -a bytes < <(od -An -v -tu1 -N 6 "$work/list") || return 1
  [ "\${#bytes[@]}" -eq 6 ] && [ "\${bytes[0]}" -eq 48 ] || return 1
  if [ "\${bytes[1]}" -lt 128 ]; then
    length=\${bytes[1]}
  else
    digits=$((bytes[1] - 128))
    [ "$digits" -ge 1 ] && [ "$digits" -le 4 ] || return 1
    for byte in "\${bytes[@]:2:digits}"; do length=$((length * 256 + byte)); done
  fi
  [ "$(wc -c <"$work/list")" -eq $((2 + digits + length)) ]
}

# Each of them, with nothing that JSON would read
readable() {
  local line list='' found=1
  while IFS= read -r line; do
    case $line in
      '-----BEGIN X509 CRL-----') list='' ;;
      '-----END X509 CRL-----')
        whole <<<"$list" || return 1
        found=0
        list=-
        ;;
      *)
        [[ "$line" =~ ^[A-Za-z0-9+/=]+$ ]] || return 1
        list+=$line$'\\n'
        ;;
    esac
  done
  [ "$list" = - ] && return "$found"
}

# Beside the folder that the proxy watches, in the same memory: a rename is one step
mkdir -p "\${resource%/*}"
work=$(mktemp -d "\${resource%/*}.XXXXXX")
trap 'rm -rf "$work"' EXIT
authorised -o "$work/object" "$STORAGE/$bucket/$name" || fail "gs://$bucket/$name cannot be fetched"
lists <"$work/object" >"$work/lists"
readable <"$work/lists" || fail "gs://$bucket/$name is no revocation list in PEM"
{
  printf '%s' '${BEFORE}'
  while IFS= read -r line; do printf '%s\\\\n' "$line"; done <"$work/lists"
  printf '%s\\n' '${AFTER}'
} >"$work/resource"
[ "$(<"$work/resource")" = "$(cat "$resource" 2>/dev/null)" ] || mv -f "$work/resource" "$resource"
`,
};

/**
 * The script that fetches the revocation list, the unit and the timer. A list that cannot be fetched does not keep Envoy from starting for
 * good, as a disk does: the proxy starts with the last one or not at all, and the timer tries again.
 */
export function revocationList({ bucket, key }: RevocationObject): {
  readonly script: MachineFile;
  readonly units: readonly Unit[];
} {
  const resource = `${REVOCATION_DIRECTORY}/${REVOCATION_RESOURCE_FILE}`;
  return {
    script: SCRIPT,
    units: [
      {
        name: REVOCATION_UNIT_NAME,
        text: `[Unit]
Description=Revocation list of callers
Wants=network-online.target
After=network-online.target
[Service]
Type=oneshot
${ON_CONSOLE}
ExecStart=${commandLine(['/bin/bash', SCRIPT.path, bucket, key, resource])}
TimeoutStartSec=90`,
      },
      {
        name: REVOCATION_TIMER_NAME,
        text: `[Unit]
Description=Revocation list of callers, every five minutes
[Timer]
OnCalendar=*:0/5`,
      },
    ],
  };
}
