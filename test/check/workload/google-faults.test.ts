import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complained, type Fault } from '../decided';
import { exchange, MACHINE, set } from '../edits';

const BROKEN = ['instance-metadata-v2 broken'];
const UNPRIVILEGED = ['unprivileged broken'];
const IMAGES = ['images-by-digest broken'];
const KEY = ['identity-key-by-reference broken'];
const UNKNOWN_SCRIPT = [
  'identity-key-by-reference unproven',
  'instance-metadata-v2 unproven',
  'node-replaced-with-its-disk unproven',
  'secrets-by-reference unproven',
  'unprivileged unproven',
];
/** What the reader itself could not read leaves nothing about the host proven. */
const UNREAD = [
  'admin-closed unproven',
  'admin-ui-closed unproven',
  'bind-narrow unproven',
  'config-honoured unproven',
  'deploy-drains unproven',
  'egress-closed unproven',
  'identity-key-by-reference unproven',
  'images-by-digest unproven',
  'instance-metadata-v2 unproven',
  'logs-hold-no-credential unproven',
  'node-replaced-with-its-disk unproven',
  'requests-signed unproven',
  'secrets-by-reference unproven',
  'unprivileged unproven',
  'version-supported unproven',
];
const ENTRY = ' --entrypoint=/usr/local/bin/envoy';
const FILE = '/run/portcullis/secrets/identity.pem';
const DIGEST = `@sha256:${'0'.repeat(64)} -c`;
const shielded = (changes: object): Fault[1] => set(MACHINE, { shielded_instance_config: changes });
const entries = (changes: object): Fault[1] => set(MACHINE, { metadata: changes });
const image =
  (source_image: string): Fault[1] =>
  (file) => {
    MACHINE(file)['disk'][0].source_image = source_image;
  };

const FAULTS: readonly Fault[] = [
  ['no secure boot', shielded({ enable_secure_boot: false }), BROKEN],
  ['no vTPM', shielded({ enable_vtpm: false }), BROKEN],
  ['no integrity monitoring', shielded({ enable_integrity_monitoring: false }), BROKEN],
  ['no Shielded VM', set(MACHINE, { shielded_instance_config: undefined }), BROKEN],
  ['Shielded VM as the cloud says', shielded({ enable_secure_boot: '${var.boot}' }), ['instance-metadata-v2 unproven']],
  ['no OS Login', entries({ 'enable-oslogin': 'FALSE' }), BROKEN],
  ['no word about OS Login', entries({ 'enable-oslogin': undefined }), BROKEN],
  ['keys of the project', entries({ 'block-project-ssh-keys': undefined }), BROKEN],
  ['old endpoints of the metadata server', entries({ 'disable-legacy-endpoints': 'false' }), BROKEN],
  ['the serial port', entries({ 'serial-port-enable': 'TRUE' }), BROKEN],
  ['no word about the serial port', entries({ 'serial-port-enable': undefined }), ['instance-metadata-v2 unproven']],
  [
    'a secret as a variable of the server',
    exchange('--env=RESTATE_CLUSTER_NAME=', '--env=API_PASSWORD=Zk3n9Qw7Lp2Xv8Rt5Ym1 --env=RESTATE_CLUSTER_NAME='),
    ['secrets-by-reference broken'],
  ],
  [
    'a secret as a variable of the proxy',
    exchange('--name=portcullis-envoy ', '--name=portcullis-envoy --env=DB_TOKEN=Zk3n9Qw7Lp2Xv8Rt5Ym1 '),
    ['secrets-by-reference broken'],
  ],
  ['a key for a shell', entries({ 'ssh-keys': 'me:ssh-ed25519 AAAA' }), BROKEN],
  ['an entry that nobody knows', entries({ novelty: '1' }), ['instance-metadata-v2 unproven']],
  ['a metadata server for everybody', exchange('--jump REJECT', '--jump ACCEPT'), UNREAD],
  [
    'a metadata server without a guard',
    exchange('BindsTo=portcullis-envoy.service portcullis-guard.service', 'BindsTo=portcullis-envoy.service'),
    [...BROKEN, ...UNKNOWN_SCRIPT].filter((line) => line !== 'instance-metadata-v2 unproven').toSorted(),
  ],
  ['packets of others', set(MACHINE, { can_ip_forward: true }), BROKEN],
  [
    'data in its container',
    exchange('target=/var/lib/restate ', 'target=/data '),
    ['node-replaced-with-its-disk broken'],
  ],
  [
    'data on the machine',
    exchange('source=/mnt/disks/portcullis,', 'source=/var/lib/portcullis,'),
    ['node-replaced-with-its-disk broken'],
  ],
  [
    'a name of its own at each start',
    exchange(/--env=RESTATE_NODE_NAME=\S+ /, ''),
    ['node-replaced-with-its-disk broken'],
  ],
  ['reports to its vendor', exchange('DISABLE_TELEMETRY=true', 'DISABLE_TELEMETRY=false'), ['egress-closed broken']],
  ['an image of a family', image('projects/cos-cloud/global/images/family/cos-121-lts'), IMAGES],
  ['an image by a short name', image('debian-cloud/debian-12'), ['images-by-digest unproven']],
  ['an image that exchanges itself', entries({ 'cos-update-strategy': undefined }), IMAGES],
  [
    'a container without a digest',
    exchange(/(--entrypoint=\/usr\/local\/bin\/envoy \S+envoy:distroless-v1\.40\.0)@sha256:1+/, '$1'),
    IMAGES,
  ],
  ['a service without a digest', exchange(/(greeter:1\.0\.0)@sha256:3+/, '$1'), IMAGES],
  [
    'a container of root',
    exchange('--user=65531:65531 ', '--user=0:0 '),
    [...KEY, 'secrets-by-reference broken', ...UNPRIVILEGED],
  ],
  [
    'a container with privileges',
    exchange('--name=portcullis-envoy ', '--name=portcullis-envoy --privileged '),
    UNPRIVILEGED,
  ],
  ['a root file system to write on', exchange('--user=65531:65531 --read-only', '--user=65531:65531'), UNPRIVILEGED],
  ['capabilities that are kept', exchange(' --cap-drop=ALL', ''), UNPRIVILEGED],
  ['a capability that is added', exchange(' --cap-drop=ALL', ' --cap-drop=ALL --cap-add=NET_ADMIN'), UNPRIVILEGED],
  ['privileges that can be gained', exchange(' --security-opt=no-new-privileges', ''), UNPRIVILEGED],
  ['memory that runs programs', exchange(ENTRY, ` --tmpfs=/t:exec${ENTRY}`), UNPRIVILEGED],
  ['the processes of the machine', exchange(ENTRY, ` --pid=host${ENTRY}`), UNREAD],
  [
    'the socket of the container runtime',
    exchange(ENTRY, ` --mount=type=bind,source=/var/run/docker.sock,target=/d${ENTRY}`),
    UNPRIVILEGED,
  ],
  [
    'the key for the proxy, too',
    exchange(ENTRY, ` --mount=type=bind,source=/run/portcullis/secrets,target=/s,readonly${ENTRY}`),
    KEY,
  ],
  [
    'a key that the server may write to',
    exchange('target=/run/secrets/identity.pem,readonly', 'target=/run/secrets/identity.pem'),
    KEY,
  ],
  ['a key for another user', exchange(`${FILE} 65531:65531`, `${FILE} 65532:65532`), KEY],
  [
    'the latest key',
    exchange('-identity-key/versions/1', '-identity-key/versions/latest'),
    ['secrets-by-reference broken'],
  ],
  [
    'a key that others may read',
    exchange('chmod 0400', 'chmod 0444'),
    [
      ...KEY,
      'instance-metadata-v2 unproven',
      'node-replaced-with-its-disk unproven',
      'secrets-by-reference broken',
      'unprivileged unproven',
    ],
  ],
  ['a script that nobody knows', exchange('umask 077\n', ''), UNKNOWN_SCRIPT],
  [
    'no identity key',
    exchange(/--env=RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE=\S+ /, ''),
    ['requests-signed broken'],
  ],
  ['the web UI', exchange('DISABLE_WEB_UI=true', 'DISABLE_WEB_UI=false'), ['admin-ui-closed broken']],
  ['a server that is killed', exchange('docker stop --time 60', 'docker stop --time 5'), ['deploy-drains broken']],
  ['a unit that is killed', exchange('TimeoutStopSec=75', 'TimeoutStopSec=10'), ['deploy-drains broken']],
  [
    'a secret in a variable of a service',
    exchange(/^RESTATE_IDENTITY_KEYS$/, 'API_TOKEN'),
    ['secrets-by-reference broken'],
  ],
  [
    'an older release',
    exchange(`restate:1.7.12${DIGEST}`, `restate:1.6.0${DIGEST}`),
    ['requests-signed unproven', 'version-supported broken'],
  ],
  [
    'a key that Terraform keeps',
    (file) => {
      file['resource'].tls_private_key = { k: { algorithm: 'ED25519' } };
    },
    ['secrets-by-reference broken'],
  ],
];

describe.each(['Invoices', 'Storefront'] as const)('%s', (example) => {
  test.each(FAULTS)('%s: is told', (_what, edit, expected) => {
    expect(complained(example, [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS], edit)).toEqual(expected);
  });
});
