import type { Host } from '../../artifact';
import type { Property } from '../../property';
import type { Fate, Store, StoreEncryption } from '../../store';
import { toText } from '../../value';
import { INSTANCE, TEMPLATES } from '../host';
import { switchAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { encryptionBy, encryptionIn } from './encryption';
import { fateOf } from './fate';

export const DISKS: readonly string[] = ['google_compute_disk', 'google_compute_region_disk'];

/** The disks of a file, and those that its machines bring themselves. */
export function readDisks(resources: Resources, lost: ReadonlySet<string>): readonly Store[] {
  const own = resources.quietly(...DISKS).map((disk) => readDisk(disk, lost.has(disk.id), resources));
  return [...own, ...resources.quietly(...TEMPLATES, INSTANCE).flatMap((machine) => machineDisks(machine, resources))];
}

/** A disk that goes with a machine is not kept, whatever Terraform does. */
function readDisk(disk: QuietResource, isLost: boolean, resources: Resources): Store {
  const { id, properties, doubts } = disk;
  const block = properties.block('disk_encryption_key');
  const isSnapshot = switchAt(properties.get('create_snapshot_before_destroy'), false) === true;
  const fate = fateOf(disk, isSnapshot ? 'snapshot' : 'deleted');
  const zone = toText(properties.get('zone').value);
  const encryption = encryptionIn(block, resources);
  return {
    id,
    kind: 'disk',
    encryption: sure(encryption, doubts),
    fate: isLost ? { onDelete: fate.onDelete, onReplace: 'deleted' } : fate,
    ...(zone !== undefined && { zone }),
  };
}

/** What could not be read of it may be its key. */
export function sure(encryption: StoreEncryption, doubts: readonly string[]): StoreEncryption {
  return doubts.length === 0 ? encryption : { kind: 'unknown', why: doubts.join('; ') };
}

const GONE: Fate = { onDelete: 'deleted', onReplace: 'deleted' };

function machineDisks({ id, properties, doubts }: QuietResource, resources: Resources): readonly Store[] {
  const found: readonly (readonly [name: string, encryption: StoreEncryption])[] = [
    ...properties
      .blocks('disk')
      .filter((disk) => !disk.get('source').present)
      .map((disk, index) => [deviceOf(disk, `disk-${index}`), templateDisk(disk, resources)] as const),
    ...properties
      .blocks('boot_disk')
      .filter((disk) => !disk.get('source').present)
      .map((disk) => [deviceOf(disk, 'boot'), instanceDisk(disk, resources)] as const),
    ...properties
      .blocks('scratch_disk')
      .map((disk, index) => [deviceOf(disk, `scratch-${index}`), { kind: 'cloud-key' }] as const),
  ];
  return found.map(([device, encryption]) => ({
    id: `${id}/${device}`,
    kind: 'machine-disk',
    encryption: sure(encryption, doubts),
    fate: GONE,
  }));
}

/** Local disks take no key of an owner. */
function templateDisk(disk: Property, resources: Resources): StoreEncryption {
  return wordAt(disk.get('type'), 'PERSISTENT') === 'SCRATCH'
    ? { kind: 'cloud-key' }
    : encryptionIn(disk.block('disk_encryption_key'), resources);
}

function instanceDisk(disk: Property, resources: Resources): StoreEncryption {
  const isGiven = ['disk_encryption_key_raw', 'disk_encryption_key_rsa'].some((name) => disk.get(name).present);
  return isGiven
    ? { kind: 'unknown', why: 'it is encrypted with a key that is given in the file itself, which is not followed' }
    : encryptionBy(disk.get('kms_key_self_link'), resources);
}

function deviceOf(disk: Property, fallback: string): string {
  return wordAt(disk.get('device_name'), fallback) ?? fallback;
}

/** What machines hold of hosts, by the id of the host's resource. */
export function resourceOf({ id }: Host): string {
  return id.split('/')[0] ?? id;
}
