import type { RevocationObject } from '../core/revocation-object';
import { DATA_GROWTH_TIMER, DATA_GROWTH_UNIT, DATA_VOLUME_SCRIPT } from './data-volume-script';
import { REVOCATION_DIRECTORY, REVOCATION_RESOURCE_FILE } from '../proxy/revocation-list';
import { MACHINE_REPORT_SCRIPT, MACHINE_REPORT_TIMER, MACHINE_REPORT_UNIT } from './machine-report';
import { REVOCATION_SCRIPT } from './revocation-script';
import { DATA_DIRECTORY, PROXY_USER, RESTATE_USER, TLS_DIRECTORY } from './task-layout';

/** Values that the machine's start script holds; each may be a token. */
export interface UserDataProps {
  readonly clusterName: string;
  readonly volumeId: string;
  /** What the data disk must carry: the name of the Restate cluster. */
  readonly marker: string;
  /** What the machine reports to. */
  readonly logGroupName: string;
  readonly region: string;
  readonly urlSuffix: string;
  /** The revocation list that it fetches, where callers show certificates. */
  readonly revocation: RevocationObject | undefined;
}

/**
 * Renders what the machine does when it first starts. ECS is masked first and unmasked last, so that an error anywhere leaves a machine
 * that runs no task. What must happen again after a reboot is a systemd unit that ECS requires and a tmpfiles.d entry.
 */
export function renderUserData(props: UserDataProps): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    'systemctl mask --now ecs.service',
    ...file('/etc/tmpfiles.d/portcullis.conf', '0644', tmpfiles(props)),
    ...file('/usr/local/sbin/portcullis-data', '0755', DATA_VOLUME_SCRIPT),
    ...file('/etc/portcullis/data.env', '0644', settings(props)),
    ...file('/etc/systemd/system/portcullis-data.service', '0644', DATA_UNIT),
    ...file('/etc/systemd/system/portcullis-growth.service', '0644', DATA_GROWTH_UNIT),
    ...file('/etc/systemd/system/portcullis-growth.timer', '0644', DATA_GROWTH_TIMER),
    ...file('/etc/systemd/system/ecs.service.d/portcullis.conf', '0644', ECS_DROP_IN),
    ...(props.revocation === undefined ? [] : revocation(props, props.revocation)),
    ...report(props),
    'systemctl daemon-reload',
    'systemd-tmpfiles --create /etc/tmpfiles.d/portcullis.conf',
    'systemctl enable --now portcullis-data.service',
    'systemctl enable --now portcullis-growth.timer',
    'systemctl enable --now portcullis-report.timer',
    ...(props.revocation === undefined ? [] : FETCH_REVOCATION_LIST),
    ...file('/etc/ecs/ecs.config', '0644', ecsConfig(props)),
    'systemctl unmask ecs.service',
    'systemctl enable --now --no-block ecs.service',
    '',
  ].join('\n');
}

function file(path: string, mode: string, content: string): string[] {
  return [`install -D -m ${mode} /dev/stdin ${path} <<'PORTCULLIS'`, content.trimEnd(), 'PORTCULLIS'];
}

/** Memory, made again at every boot: the proxy's private key never touches a disk. */
function tmpfiles({ revocation: list }: UserDataProps): string {
  return [
    `d ${TLS_DIRECTORY} 0700 ${PROXY_USER} ${PROXY_USER} -`,
    ...(list === undefined ? [] : [`d ${REVOCATION_DIRECTORY} 0755 root root -`]),
  ].join('\n');
}

function settings(props: UserDataProps): string {
  return [
    `VOLUME_ID=${props.volumeId}`,
    `MARKER=${props.marker}`,
    `MOUNT_POINT=${DATA_DIRECTORY}`,
    `OWNER=${RESTATE_USER}:${RESTATE_USER}`,
    ...aws(props),
    'DEVICES=/dev/disk/by-id',
    'TIMEOUT_SECONDS=900',
  ].join('\n');
}

function aws({ region, urlSuffix }: UserDataProps): string[] {
  return [`AWS_REGION=${region}`, `URL_SUFFIX=${urlSuffix}`, 'METADATA=http://169.254.169.254'];
}

const DATA_UNIT = `[Unit]
Description=Data disk of Restate
Wants=network-online.target
After=network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
EnvironmentFile=/etc/portcullis/data.env
ExecStart=/usr/local/sbin/portcullis-data
TimeoutStartSec=1200
[Install]
WantedBy=multi-user.target`;

const ECS_DROP_IN = `[Unit]
Requires=portcullis-data.service
After=portcullis-data.service`;

const REVOCATION_RESOURCE = `${REVOCATION_DIRECTORY}/${REVOCATION_RESOURCE_FILE}`;

/**
 * A list that cannot be fetched does not keep ECS out for good, as a disk does: the proxy starts with the last one or not at all, and the
 * timer tries again.
 */
function revocation(props: UserDataProps, { bucket, key }: RevocationObject): string[] {
  const environment = [`BUCKET=${bucket}`, `KEY=${key}`, `RESOURCE=${REVOCATION_RESOURCE}`, ...aws(props)].join('\n');
  return [
    ...file('/usr/local/sbin/portcullis-revocation', '0755', REVOCATION_SCRIPT),
    ...file('/etc/portcullis/revocation.env', '0644', environment),
    ...file('/etc/systemd/system/portcullis-revocation.service', '0644', REVOCATION_UNIT),
    ...file('/etc/systemd/system/portcullis-revocation.timer', '0644', REVOCATION_TIMER),
  ];
}

const FETCH_REVOCATION_LIST = [
  'systemctl enable portcullis-revocation.service',
  'systemctl enable --now portcullis-revocation.timer',
];

/** Each start of ECS asks for it first, and goes on without it. */
const REVOCATION_UNIT = `[Unit]
Description=Revocation list of callers
Wants=network-online.target
After=network-online.target
Before=ecs.service
[Service]
Type=oneshot
EnvironmentFile=/etc/portcullis/revocation.env
ExecStart=/usr/local/sbin/portcullis-revocation
TimeoutStartSec=90
[Install]
WantedBy=ecs.service`;

const REVOCATION_TIMER = `[Timer]
OnCalendar=*:0/5
[Install]
WantedBy=timers.target`;

function report(props: UserDataProps): string[] {
  const environment = [
    `MOUNT_POINT=${DATA_DIRECTORY}`,
    `REVOCATION_LIST=${props.revocation === undefined ? '' : REVOCATION_RESOURCE}`,
    `LOG_GROUP=${props.logGroupName}`,
    ...aws(props),
  ].join('\n');
  return [
    ...file('/usr/local/sbin/portcullis-report', '0755', MACHINE_REPORT_SCRIPT),
    ...file('/etc/portcullis/report.env', '0644', environment),
    ...file('/etc/systemd/system/portcullis-report.service', '0644', MACHINE_REPORT_UNIT),
    ...file('/etc/systemd/system/portcullis-report.timer', '0644', MACHINE_REPORT_TIMER),
  ];
}

/** Tasks reach no metadata service: the machine's role is not theirs. */
function ecsConfig({ clusterName }: UserDataProps): string {
  return [
    `ECS_CLUSTER=${clusterName}`,
    'ECS_AWSVPC_BLOCK_IMDS=true',
    'ECS_DISABLE_PRIVILEGED=true',
    'ECS_ENABLE_TASK_IAM_ROLE=true',
    'ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true',
    'ECS_AVAILABLE_LOGGING_DRIVERS=["awslogs"]',
  ].join('\n');
}
