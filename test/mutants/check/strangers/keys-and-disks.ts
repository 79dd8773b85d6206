import { set } from '../../../check/edits';
import { part, statement } from '../../../check/parts-of-aws';
import { idOf, type StrangersFault } from './fault';

const KEY = part('AWS::KMS::Key');

const say = (Effect: string, Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect,
  Action,
  Resource,
  ...rest,
});

const allow = (action: unknown, resource: unknown, rest: object = {}): object => say('Allow', action, resource, rest);

const keyed =
  (...statements: readonly object[]): StrangersFault[1] =>
  (file) => {
    KEY(file)['KeyPolicy']['Statement'].push(...statements);
  };

const STRANGER = { AWS: 'arn:aws:iam::999999999999:root' };

const COLLEAGUE = { AWS: 'arn:aws:iam::111122223333:role/colleague' };

/** Who uses the key, and how disks are kept. */
export const KEYS_AND_DISKS: readonly StrangersFault[] = [
  [
    'everybody uses the key',
    keyed(allow('kms:Decrypt', '*', { Principal: '*' })),
    ['secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  [
    'another account uses the key',
    keyed(allow(['kms:Decrypt', 'kms:CreateGrant'], '*', { Principal: STRANGER })),
    ['secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  ['a colleague uses the key', keyed(allow('kms:Decrypt', '*', { Principal: COLLEAGUE })), ['secret-readers-exact']],
  [
    'everybody by way of a service uses the key',
    keyed(
      allow('kms:Decrypt', '*', {
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' } },
      }),
    ),
    ['secret-readers-exact'],
  ],
  [
    'any service of Amazon uses the key',
    keyed(allow('kms:Decrypt', '*', { Principal: { Service: 's3.amazonaws.com' } })),
    ['secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  [
    'logs of other accounts use the key',
    (file) => {
      delete statement(KEY, 'logs.', 'KeyPolicy')(file)['Condition'];
    },
    ['secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  ['the key turns no more', set(KEY, { EnableKeyRotation: false }), ['disks-encrypted-own-key']],
  ['the key turns every seven years', set(KEY, { RotationPeriodInDays: 2560 }), ['disks-encrypted-own-key']],
  ['the key is for signing', set(KEY, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }), ['disks-encrypted-own-key']],
  ['the key is off', set(KEY, { Enabled: false }), ['disks-encrypted-own-key']],
  [
    'the key goes with the stack',
    (file) => {
      file.Resources[idOf(file, 'KMS::Key', 'Encryption')]['DeletionPolicy'] = 'Delete';
    },
    ['storage-retained'],
  ],
  [
    'the key goes when it is replaced',
    (file) => {
      delete file.Resources[idOf(file, 'KMS::Key', 'Encryption')]['UpdateReplacePolicy'];
    },
    ['storage-retained'],
  ],
  [
    'the disk goes with the stack',
    (file) => {
      file.Resources[idOf(file, 'EC2::Volume', 'Data')]['DeletionPolicy'] = 'Delete';
    },
    ['storage-retained'],
  ],
  [
    'the disk is in the clear',
    set(part('AWS::EC2::Volume'), { Encrypted: false, KmsKeyId: undefined }),
    ['disks-encrypted-own-key'],
  ],
  [
    'the disk has the key of Amazon',
    set(part('AWS::EC2::Volume'), { KmsKeyId: 'alias/aws/ebs' }),
    ['disks-encrypted-own-key'],
  ],
  [
    'the disk has no key of its own',
    set(part('AWS::EC2::Volume'), { KmsKeyId: undefined }),
    ['disks-encrypted-own-key'],
  ],
  [
    'the disk is attached to several',
    set(part('AWS::EC2::Volume'), { MultiAttachEnabled: true, VolumeType: 'io2', Iops: 1000 }),
    ['node-replaced-with-its-disk'],
  ],
];
