import type { Instance } from '../artifact';
import type { Property } from '../property';
import { isMap, toLiteral, toText } from '../value';

/** Entries that are read elsewhere. */
const USER_DATA = ['user-data', 'user-data-encoding'];

/**
 * What a machine of Compute Engine says about who gets at it, with Google's defaults. What only the cloud knows is `undefined`: whoever
 * needs it has to say that it is not known.
 */
export function instanceSettings(
  properties: Property,
): Required<Pick<Instance, 'entries' | 'shielded' | 'canForward'>> & Pick<Instance, 'image'> {
  const metadata = properties.get('metadata').value;
  const given = isMap(metadata) ? [...metadata] : [];
  const shielded = properties.block('shielded_instance_config');
  const image = imageOf(properties);
  return {
    entries: Object.fromEntries(
      given.filter(([name]) => !USER_DATA.includes(name)).map(([name, value]) => [name, toLiteral(value)]),
    ),
    shielded: {
      secureBoot: switchOf(shielded.get('enable_secure_boot'), false),
      vtpm: switchOf(shielded.get('enable_vtpm'), true),
      integrityMonitoring: switchOf(shielded.get('enable_integrity_monitoring'), true),
    },
    canForward: switchOf(properties.get('can_ip_forward'), false) !== false,
    ...(image !== undefined && { image }),
  };
}

function switchOf({ present, value }: Property, fallback: boolean): boolean | undefined {
  if (!present) return fallback;
  const text = toLiteral(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Of a template, the disk that it boots from, which is the first where none says so; of an instance, its boot disk. */
function imageOf(properties: Property): Instance['image'] {
  const disks = properties.blocks('disk');
  const boot = disks.find((disk) => toLiteral(disk.get('boot').value) === 'true') ?? disks[0];
  const image =
    boot === undefined
      ? properties.block('boot_disk').block('initialize_params').get('image')
      : boot.get('source_image');
  return image.present ? toText(image.value) : undefined;
}
