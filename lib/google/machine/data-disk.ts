import { DATA_DIRECTORY, RESTATE_USER, SCRIPTS_DIRECTORY } from '../machine-layout';
import type { MachineFile } from './cloud-config';
import { commandLine, ON_CONSOLE, type Unit } from './systemd-unit';

/** Input of {@link dataDisk}. */
export interface DataDiskProps {
  /** Whose data the disk holds: the name of the Restate cluster. */
  readonly marker: string;
  /** What the machine knows the disk by: `device_name` of the attached disk. */
  readonly deviceName: string;
  /** Whether the disk was made of a snapshot, and so must hold data. */
  readonly restored: boolean;
}

/** The unit that has ended well once the data disk is mounted, and is the right one. */
export const DATA_UNIT_NAME = 'portcullis-data.service';

/** File at the root of the data disk that says whose data it holds. */
const MARKER_FILE = '.portcullis-marker';

/**
 * Bash that runs at every boot, before Restate may start: `data-disk DEVICE MARKER MOUNT_POINT OWNER new|restored` decides whose the disk is,
 * and mounts it.
 *
 * Restate starts a new, empty cluster on an empty disk without a word. So an empty disk is only formatted when it was made empty; one that was
 * made of a snapshot never is. A disk with another marker is never mounted for the server. Everything that is not understood is an error, and
 * an error keeps Restate from starting.
 *
 * The account of the machine has no power over disks, and can leave no mark on the resource itself: that a disk which was made empty has
 * held data since, and lost all of it, marker and file system and all, is more than the machine can tell.
 *
 * `TIMEOUT_SECONDS` of the environment may say how long the disk is waited for; nothing on the machine sets it.
 *
 * @see https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem#mounting_and_formatting_disks
 */
const SCRIPT: MachineFile = {
  path: `${SCRIPTS_DIRECTORY}/data-disk`,
  content: `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
fail() { echo "portcullis: $1" >&2; exit 1; }
device=$1 marker=$2 mount_point=$3 owner=$4 made=$5

# Nothing that any tool knows, and nothing but zeros at the start: a disk that is damaged, or cannot be read, is not blank
blank() {
  local found=0 written
  blkid -p "$device" >/dev/null 2>&1 || found=$?
  [ "$found" -eq 2 ] && written=$(head -c 4194304 "$device" | tr -d '\\0' | wc -c) && [ "$written" -eq 0 ]
}

# Only what a journal and a second look repair without a question
check() {
  local found=0
  e2fsck -p "$device" || found=$?
  [ "$found" -le 1 ] || fail "disk $device is neither blank nor sound: e2fsck ended with $found"
}

empty() { [ -z "$(ls -A "$mount_point" | grep -vx lost+found)" ]; }

until [ -e "$device" ]; do
  [ "$SECONDS" -lt "\${TIMEOUT_SECONDS:-600}" ] || fail "disk $device is not there"
  sleep 3
done
mkdir -p "$mount_point"
if ! mountpoint -q "$mount_point"; then
  if blank; then
    [ "$made" = new ] || fail "disk $device was made of a snapshot and is blank: restore another"
    mkfs.ext4 -q -m 0 "$device"
  fi
  check
  mount -t ext4 -o noatime,nodev,nosuid,noexec "$device" "$mount_point" || fail "disk $device cannot be mounted"
fi
if [ ! -e "$mount_point/${MARKER_FILE}" ] && [ "$made" = new ] && empty; then
  printf '%s\\n' "$marker" >"$mount_point/${MARKER_FILE}"
  sync
fi
found=$(cat "$mount_point/${MARKER_FILE}" 2>/dev/null || true)
if [ "$found" != "$marker" ]; then
  umount "$mount_point"
  fail "disk $device carries the marker '$found', not '$marker'"
fi
resize2fs "$device" >/dev/null
chown "$owner" "$mount_point"
chmod 0700 "$mount_point"
`,
};

/** The script that mounts the data disk, the unit that does it, and the timer that takes the room of a disk that has grown meanwhile. */
export function dataDisk({ marker, deviceName, restored }: DataDiskProps): {
  readonly script: MachineFile;
  readonly units: readonly Unit[];
} {
  const device = `/dev/disk/by-id/google-${deviceName}`;
  const owner = `${RESTATE_USER}:${RESTATE_USER}`;
  const made = restored ? 'restored' : 'new';
  return {
    script: SCRIPT,
    units: [
      {
        name: DATA_UNIT_NAME,
        text: `[Unit]
Description=Data disk of Restate
[Service]
Type=oneshot
RemainAfterExit=yes
${ON_CONSOLE}
ExecStart=${commandLine(['/bin/bash', SCRIPT.path, device, marker, DATA_DIRECTORY, owner, made])}
TimeoutStartSec=1200`,
      },
      {
        name: 'portcullis-growth.service',
        text: `[Unit]
Description=Room on the data disk of Restate
Requisite=${DATA_UNIT_NAME}
After=${DATA_UNIT_NAME}
[Service]
Type=oneshot
ExecStart=${commandLine(['/sbin/resize2fs', device])}
StandardOutput=null
StandardError=null`,
      },
      {
        name: GROWTH_TIMER_NAME,
        text: `[Unit]
Description=Room on the data disk of Restate, every five minutes
[Timer]
OnCalendar=*:2/5`,
      },
    ],
  };
}

/** The timer that takes the room of a disk that has grown under a running machine. Where there is none, it does nothing. */
export const GROWTH_TIMER_NAME = 'portcullis-growth.timer';
