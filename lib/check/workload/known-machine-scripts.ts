/**
 * What a machine of EC2 does when it first starts, line by line, as a release of portcullis renders it: `file MODE PATH` stands for a file
 * that is written there. Lines that begin with `? ` are there where callers show certificates, and only all together.
 */
export const USER_DATA: string = `#!/bin/bash
set -euo pipefail
systemctl mask --now ecs.service
file 0644 /etc/tmpfiles.d/portcullis.conf
file 0755 /usr/local/sbin/portcullis-data
file 0644 /etc/portcullis/data.env
file 0644 /etc/systemd/system/portcullis-data.service
file 0644 /etc/systemd/system/portcullis-growth.service
file 0644 /etc/systemd/system/portcullis-growth.timer
file 0644 /etc/systemd/system/ecs.service.d/portcullis.conf
? file 0755 /usr/local/sbin/portcullis-revocation
? file 0644 /etc/portcullis/revocation.env
? file 0644 /etc/systemd/system/portcullis-revocation.service
? file 0644 /etc/systemd/system/portcullis-revocation.timer
file 0755 /usr/local/sbin/portcullis-report
file 0644 /etc/portcullis/report.env
file 0644 /etc/systemd/system/portcullis-report.service
file 0644 /etc/systemd/system/portcullis-report.timer
systemctl daemon-reload
systemd-tmpfiles --create /etc/tmpfiles.d/portcullis.conf
systemctl enable --now portcullis-data.service
systemctl enable --now portcullis-growth.timer
systemctl enable --now portcullis-report.timer
? systemctl enable portcullis-revocation.service
? systemctl enable --now portcullis-revocation.timer
file 0644 /etc/ecs/ecs.config
systemctl unmask ecs.service
systemctl enable --now --no-block ecs.service
`;

/** SHA-256 of the scripts and units that releases of portcullis put on a machine, by path: texts that never vary. */
export const KNOWN_FILES: Readonly<Record<string, readonly string[]>> = {
  '/usr/local/sbin/portcullis-data': ['f8d2ad9e7f824615b50470b5f7eff162ae6a7fdee2ccc22ec1be5a4667e6cd39'],
  '/usr/local/sbin/portcullis-report': ['b0be7bca2762d56a32fda7598c0241e34cf4dd321642a80a92d58191885d43c5'],
  '/usr/local/sbin/portcullis-revocation': ['aaaa0b2003d73ba974b83d9024edba6255fcba5f6bf28b96af5ebe30268d73bd'],
  '/etc/systemd/system/portcullis-data.service': ['3e85e80fe0419c9e0a426f877e2ad950329587c49be37093ccaf6e8856f83001'],
  '/etc/systemd/system/portcullis-growth.service': ['85c4a15894300d6b34db8239754bdb918a0e708510829769ce28cd070f517cf9'],
  '/etc/systemd/system/portcullis-growth.timer': ['91261a9295e6803dee16d147d37e9a32d8aeb7bbb4a4ce6a14677a7b42cdac31'],
  '/etc/systemd/system/ecs.service.d/portcullis.conf': [
    '8e37edb5093867a3db90973088917b10d0dd3680571c7a4b99d17daabd585823',
  ],
  '/etc/systemd/system/portcullis-report.service': ['d99d97a61bc18370cadf427e3375ec93777dc32c547de1862430f069720883b7'],
  '/etc/systemd/system/portcullis-report.timer': ['736dfda1e81344c4f43452753a96d9faa10c8e77872f293d5afea23456a61a96'],
  '/etc/systemd/system/portcullis-revocation.service': [
    '23d8f55c0336074e8dc5fd79a3474e3879fc8449459b597c4a06ec1f63cd7047',
  ],
  '/etc/systemd/system/portcullis-revocation.timer': [
    'c0109bc387b5a93244ad4548e3b626461c7356c6801027f9ae7a391940c32833',
  ],
  '/etc/portcullis/data-disk': ['0655475267b27f90f5dd9ecb6777b7c298162404f9074448fe988fa3d12c152f'],
  '/etc/portcullis/fetch-secret': ['604c24f9b93c4ed806aeafc224effb916619e6aec5d37ee4cedf260cbdf61a09'],
  '/etc/portcullis/pull-image': ['ca72d496077df95c36fe13463fd61e19c87cfdb9ea0c53e6a8037567565d1251'],
  '/etc/portcullis/guard': ['446d55f940f0d8881a882ed623afb4275ed857a2669d010bb82d2b362dd683de'],
  '/etc/portcullis/fetch-revocation-list': ['1cd5941f21d040d0e5289afe8b0fc3dfb156394e04b0b2a989044c18d70ae94b'],
};

/** A value that the cloud puts in. */
export const REFERENCE = '\uFFFC';
const VALUE = String.raw`[\w.:/@+,-]*(?:${REFERENCE}[\w.:/@+,-]*)*`;
const AWS = { AWS_REGION: VALUE, URL_SUFFIX: VALUE, METADATA: 'http://169\\.254\\.169\\.254' } as const;
const DATA_FOLDER = '/var/lib/portcullis/data';
const REVOCATION_FILE = '/run/portcullis/revocation/[\\w.-]+';

/** The settings in files of `NAME=value`, by path: every name that may stand there, with what its value may be. */
export const KNOWN_SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/etc/portcullis/data.env': {
    VOLUME_ID: VALUE,
    MARKER: '[a-z0-9-]+',
    MOUNT_POINT: DATA_FOLDER,
    OWNER: '[1-9]\\d*:[1-9]\\d*',
    ...AWS,
    DEVICES: '/dev/disk/by-id',
    TIMEOUT_SECONDS: '\\d+',
  },
  '/etc/portcullis/report.env': {
    MOUNT_POINT: DATA_FOLDER,
    REVOCATION_LIST: `(?:${REVOCATION_FILE})?`,
    LOG_GROUP: VALUE,
    ...AWS,
  },
  '/etc/portcullis/revocation.env': { BUCKET: VALUE, KEY: VALUE, RESOURCE: REVOCATION_FILE, ...AWS },
  '/etc/ecs/ecs.config': {
    ECS_CLUSTER: VALUE,
    ECS_AWSVPC_BLOCK_IMDS: '(?:true|false)',
    ECS_DISABLE_PRIVILEGED: 'true',
    ECS_ENABLE_TASK_IAM_ROLE: 'true',
    ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE: 'true',
    ECS_AVAILABLE_LOGGING_DRIVERS: '\\["awslogs"\\]',
  },
};

/** Memory of the machine for what only one user may read, and for what everybody may. */
export const KNOWN_TMPFILES: RegExp =
  /^d \/run\/portcullis\/tls 0700 [1-9]\d* [1-9]\d* -(?:\nd \/run\/portcullis\/revocation 0755 root root -)?$/;
