import { SIGNED_CALL } from './signed-call';

/** First part of the name of the log streams that machines write their reports to; the id of the machine follows. */
export const REPORT_STREAM_PREFIX = 'machine/';

/**
 * Bash that runs on the machine every minute and sends one JSON line to the log group:
 * `{"log":"machine","disk_used_percent":42,"revocation_list_seconds_left":86400}`.
 *
 * What cannot be measured is left out, and the alarm on it takes the gap for the worst: a report never says more than was seen.
 *
 * Settings come by environment: `MOUNT_POINT` of the data disk, `REVOCATION_LIST` (the file that the proxy reads its list from; empty where
 * clients show no certificates), `LOG_GROUP`, `AWS_REGION`, `URL_SUFFIX`, `METADATA` (the instance metadata service).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const MACHINE_REPORT_SCRIPT: string = `#!/bin/bash
set -euo pipefail
shopt -s inherit_errexit
${SIGNED_CALL}

# logs ACTION JSON: one call of the CloudWatch Logs API
logs() {
  signed logs -H "x-amz-target: Logs_20140328.$1" -H 'content-type: application/x-amz-json-1.1' --data "$2" \\
    "https://logs.$AWS_REGION.$URL_SUFFIX/"
}

# The disk of the machine itself must not pass for the data disk
disk_used_percent() {
  mountpoint -q "$MOUNT_POINT" || return 1
  df --output=pcent "$MOUNT_POINT" | tr -dc 0-9
}

# Until the first list expires: from then on its authority's certificates are refused
revocation_list_seconds_left() {
  local line pem='' next first=''
  while read -r line; do
    [ "$line" != '-----BEGIN X509 CRL-----' ] || pem=''
    pem+="$line"$'\\n'
    [ "$line" = '-----END X509 CRL-----' ] || continue
    next=$(openssl crl -noout -nextupdate <<<"$pem") && next=$(date -d "\${next#nextUpdate=}" +%s) || return 1
    [ -n "$first" ] && [ "$first" -le "$next" ] || first=$next
  done < <(sed 's/\\\\n/\\n/g; s/"/\\n/g' "$REVOCATION_LIST")
  [ -n "$first" ] && echo $((first - $(date +%s)))
}

line='{"log":"machine"'
if used=$(disk_used_percent); then line+=",\\"disk_used_percent\\":$used"; fi
if [ -n "$REVOCATION_LIST" ] && left=$(revocation_list_seconds_left); then line+=",\\"revocation_list_seconds_left\\":$left"; fi
line+='}'

stream="\\"logGroupName\\":\\"$LOG_GROUP\\",\\"logStreamName\\":\\"${REPORT_STREAM_PREFIX}$(metadata instance-id)\\""
put() {
  logs PutLogEvents "{$stream,\\"logEvents\\":[{\\"timestamp\\":$(date +%s%3N),\\"message\\":\\"\${line//\\"/\\\\\\"}\\"}]}"
}

if ! answer=$(put); then
  [[ "$answer" == *ResourceNotFoundException* ]] || fail "CloudWatch Logs refused the report: $answer"
  logs CreateLogStream "{$stream}" >/dev/null
  answer=$(put)
fi
# A line that is too old or too new is dropped with a good answer
[[ "$answer" != *Event*Index* ]] || fail "CloudWatch Logs dropped the report: $answer"
`;

/** The unit that sends one report. It may write nowhere, and a report that hangs makes room for the next. */
export const MACHINE_REPORT_UNIT = `[Unit]
Description=Report of the machine of Restate
Wants=network-online.target
After=network-online.target
[Service]
Type=oneshot
EnvironmentFile=/etc/portcullis/report.env
ExecStart=/usr/local/sbin/portcullis-report
TimeoutStartSec=50
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
NoNewPrivileges=yes`;

/** Starts that unit every minute. */
export const MACHINE_REPORT_TIMER = `[Unit]
Description=Report of the machine of Restate, every minute
[Timer]
OnCalendar=minutely
AccuracySec=1s
[Install]
WantedBy=timers.target`;
