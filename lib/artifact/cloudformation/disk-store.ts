import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Store, StoreEncryption, StoreTag } from '../store';
import { toText } from '../value';
import { fateOf } from './fate';
import type { Resources } from './resources';
import { encryptionBy } from './store-encryption';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'AutoEnableIO',
  'AvailabilityZone',
  'Encrypted',
  'Iops',
  'KmsKeyId',
  'Size',
  'SnapshotId',
  'Tags',
  'Throughput',
  'VolumeInitializationRate',
  'VolumeType',
];

/** Where machines say the disks that come and go with them. */
const OF_MACHINES = {
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData', 'BlockDeviceMappings'],
  'AWS::EC2::Instance': ['BlockDeviceMappings'],
  'AWS::AutoScaling::LaunchConfiguration': ['BlockDeviceMappings'],
} as const;

/** Reads the disks that stand for themselves, and those that machines bring. */
export function readDisks(resources: Resources): readonly Store[] {
  return [
    ...resources.ofType('AWS::EC2::Volume').map((volume) => readVolume(volume, resources)),
    ...Object.entries(OF_MACHINES).flatMap(([type, path]) =>
      resources.ofType(type).flatMap((machine) => ofMachine(machine, path, resources)),
    ),
  ];
}

function readVolume(volume: Resource, resources: Resources): Store {
  const { id, properties } = volume;
  reportNotUnderstood(properties, UNDERSTOOD);
  const zone = toText(properties.get('AvailabilityZone').value);
  return {
    id,
    kind: 'disk',
    encryption: diskEncryption(properties, resources),
    fate: fateOf(volume),
    ...(zone !== undefined && { zone }),
    tags: tagsOf(properties.get('Tags')),
  };
}

/** The root disk is always there; a machine that says nothing of it gets what its image says. */
function ofMachine({ id, properties }: Resource, path: readonly string[], resources: Resources): readonly Store[] {
  const mappings = path.reduce((property, name) => property.get(name), properties).items();
  const fate = { onDelete: 'deleted', onReplace: 'deleted' } as const;
  const disks = mappings.flatMap((mapping): readonly Store[] => {
    const device = mapping.get('DeviceName').string() ?? '?';
    const ebs = mapping.get('Ebs');
    if (!ebs.present) return [];
    const keptByHand = ebs.get('DeleteOnTermination').boolean() === false;
    return [
      {
        id: `${id}/${device}`,
        kind: 'machine-disk',
        encryption: diskEncryption(ebs, resources),
        fate: keptByHand ? { onDelete: 'kept', onReplace: 'kept' } : fate,
      },
    ];
  });
  const unsaid: StoreEncryption = { kind: 'unknown', why: 'the machine says nothing of its root disk' };
  return disks.length > 0 ? disks : [{ id: `${id}/root`, kind: 'machine-disk', encryption: unsaid, fate }];
}

function diskEncryption(disk: Property, resources: Resources): StoreEncryption {
  const encrypted = disk.get('Encrypted');
  if (encrypted.present && encrypted.boolean() === undefined) return { kind: 'unknown', why: 'Encrypted is not known' };
  if (encrypted.boolean() !== true) return { kind: 'none' };
  return encryptionBy(disk.get('KmsKeyId'), { kind: 'cloud-key' }, resources);
}

/** Tags as a list of `Key` and `Value`. */
export function tagsOf(list: Property): readonly StoreTag[] {
  return list.items().map((tag) => ({
    key: toText(tag.get('Key').value) ?? [],
    value: toText(tag.get('Value').value) ?? [],
  }));
}
