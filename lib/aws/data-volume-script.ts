import { SIGNED_CALL } from './signed-call';
import { DATA_DIRECTORY } from './task-layout';

/** Tag of the volume that says whose data it holds. Set once, after the disk was first formatted. */
export const MARKER_TAG = 'portcullis:marker';

/** File at the root of the data disk that says the same. */
const MARKER_FILE = '.portcullis-marker';

/**
 * Bash that runs on the machine at every boot, before ECS may start: it attaches the data volume, decides whose it is, and mounts it.
 *
 * Restate starts a new, empty cluster on an empty disk without a word. So an empty disk is only formatted when its volume never carried
 * data (no marker tag) and no other volume holds the data of this cluster: after a stack was made anew around the disk that it left
 * behind, or a restored disk taken out of the properties again, an empty server would be the answer of a loss that nobody had. A disk with
 * another marker is never mounted for the server. Everything that is not understood is an error, and an error keeps ECS from starting.
 *
 * Settings come by environment: `VOLUME_ID`, `MARKER`, `MOUNT_POINT`, `OWNER` (uid:gid), `AWS_REGION`, `URL_SUFFIX`, `DEVICES` (the folder
 * of device links by id), `METADATA` (the instance metadata service), `TIMEOUT_SECONDS`.
 */
export const DATA_VOLUME_SCRIPT: string = `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
${SIGNED_CALL}

# ec2 ACTION NAME=VALUE...: one call of the EC2 query API, the XML answer on standard output
ec2() {
  local arguments=() pair
  for pair in "Action=$1" Version=2016-11-15 "\${@:2}"; do arguments+=(--data-urlencode "$pair"); done
  signed ec2 "\${arguments[@]}" "https://ec2.$AWS_REGION.$URL_SUFFIX/"
}

# What EC2 knows of the volume. An answer about anything else must not read as "no tag"
describe() {
  local answer
  answer=$(ec2 DescribeVolumes "VolumeId.1=$VOLUME_ID" | tr -d '\\n')
  [[ "$answer" == *"<volumeId>$VOLUME_ID</volumeId>"* ]] || fail "EC2 did not describe volume $VOLUME_ID"
  printf '%s' "$answer"
}
# Another volume with the data of this cluster
other() {
  local answer
  answer=$(ec2 DescribeVolumes 'Filter.1.Name=tag:${MARKER_TAG}' "Filter.1.Value.1=$MARKER" | tr -d '\\n')
  [[ "$answer" == *'<volumeSet'* ]] || fail "EC2 did not say which volumes hold the data of '$MARKER'"
  sed -n 's/.*<volumeId>\\([^<]*\\)<.*/\\1/p' <<<"$answer"
}
holder() { sed -n 's/.*<attachmentSet>.*<instanceId>\\([^<]*\\)<.*/\\1/p'; }
marker_tag() { sed -n 's/.*<key>${MARKER_TAG}<\\/key> *<value>\\([^<]*\\)<.*/\\1/p'; }

attach() {
  local instance volume
  instance=$(metadata instance-id)
  until [ -e "$device" ]; do
    [ "$SECONDS" -lt "$TIMEOUT_SECONDS" ] || fail "volume $VOLUME_ID could not be attached in $TIMEOUT_SECONDS seconds"
    if volume=$(describe) && [ -z "$(holder <<<"$volume")" ]; then
      ec2 AttachVolume "VolumeId=$VOLUME_ID" "InstanceId=$instance" Device=/dev/sdp >/dev/null || true
    fi
    sleep 3
  done
}

# Nothing that any tool knows, and nothing but zeros at the start: a disk that is damaged, or cannot be read, is not blank
blank() {
  local found=0 written
  blkid -p "$device" >/dev/null 2>&1 || found=$?
  [ "$found" -eq 2 ] && written=$(head -c 4194304 "$device" | tr -d '\\0' | wc -c) && [ "$written" -eq 0 ]
}

claim() {
  printf '%s\\n' "$MARKER" >"$MOUNT_POINT/${MARKER_FILE}"
  sync
}

prepare() {
  local tag found other
  tag=$(describe | marker_tag)
  [ -z "$tag" ] || [ "$tag" = "$MARKER" ] || fail "volume $VOLUME_ID belongs to '$tag', not to '$MARKER'"
  if blank; then
    [ -z "$tag" ] || fail "volume $VOLUME_ID should hold the data of '$tag' and is blank: restore it from a snapshot"
    other=$(other)
    [ -z "$other" ] || fail "volume $VOLUME_ID is blank and $other holds the data of '$MARKER': restoreFrom takes a snapshot of it"
    mkfs.xfs -q "$device"
  fi
  mkdir -p "$MOUNT_POINT"
  mountpoint -q "$MOUNT_POINT" || mount -o noatime,nodev,nosuid,noexec "$device" "$MOUNT_POINT" ||
    fail "the disk of volume $VOLUME_ID is neither blank nor can it be mounted"
  if [ ! -e "$MOUNT_POINT/${MARKER_FILE}" ] && [ -z "$tag" ] && [ -z "$(ls -A "$MOUNT_POINT")" ]; then claim; fi
  found=$(cat "$MOUNT_POINT/${MARKER_FILE}" 2>/dev/null || true)
  if [ "$found" != "$MARKER" ]; then
    umount "$MOUNT_POINT"
    fail "the disk of volume $VOLUME_ID carries the marker '$found', not '$MARKER'"
  fi
  [ -n "$tag" ] || ec2 CreateTags "ResourceId.1=$VOLUME_ID" 'Tag.1.Key=${MARKER_TAG}' "Tag.1.Value=$MARKER" >/dev/null
  xfs_growfs "$MOUNT_POINT" >/dev/null
  chown "$OWNER" "$MOUNT_POINT"
  chmod 0700 "$MOUNT_POINT"
}

device="$DEVICES/nvme-Amazon_Elastic_Block_Store_\${VOLUME_ID/-/}"
attach
prepare
`;

/** The unit that takes the room of a volume that has grown under a running machine. Where there is none, it does nothing. */
export const DATA_GROWTH_UNIT: string = `[Unit]
Description=Room on the data disk of Restate
[Service]
Type=oneshot
ExecStart=/usr/sbin/xfs_growfs -d ${DATA_DIRECTORY}
StandardOutput=null`;

/** Starts that unit every five minutes. */
export const DATA_GROWTH_TIMER = `[Timer]
OnCalendar=*:2/5
[Install]
WantedBy=timers.target`;
