import type { InstanceGroup, KeptDisk, NamedMachine } from '../../instance-group';
import type { Property } from '../../property';
import { toLiteral, toText } from '../../value';
import { MANAGERS } from '../group';
import { TEMPLATES } from '../host';
import { mayStand, numberAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { DISKS } from '../stores/disks';
import { HEALTH_CHECKS } from './traffic-logs';

const CONFIGS = ['google_compute_per_instance_config', 'google_compute_region_per_instance_config'];
const SCALERS = ['google_compute_autoscaler', 'google_compute_region_autoscaler'];

/** What starts machines and keeps them. */
export function readInstanceGroups(resources: Resources): readonly InstanceGroup[] {
  const configs = resources.quietly(...CONFIGS);
  const scalers = resources.quietly(...SCALERS);
  const isOf = (id: string, group: Property): boolean => resources.quietlyReferredBy(group, ...MANAGERS)?.id === id;
  return resources.quietly(...MANAGERS).map((manager) => {
    const { id, properties, doubts } = manager;
    const machines = configs
      .filter((config) =>
        ['instance_group_manager', 'region_instance_group_manager'].some((name) =>
          isOf(id, config.properties.get(name)),
        ),
      )
      .map((config) => machineOf(config, resources));
    const [version, ...others] = properties.blocks('version');
    const template = version && resources.quietlyReferredBy(version.get('instance_template'), ...TEMPLATES)?.id;
    const zone = toText(properties.get('zone').value);
    const baseName = toText(properties.get('base_instance_name').value);
    const healing = healingOf(properties, resources);
    return {
      id,
      name: toText(properties.get('name').value) ?? [],
      ...(template !== undefined && { template }),
      ...(baseName !== undefined && { baseName }),
      ...(zone !== undefined && { zone }),
      ...sizeOf(properties),
      scaled: scalers.some((scaler) => isOf(id, scaler.properties.get('target'))),
      ...updateOf(properties.block('update_policy')),
      ...(healing !== undefined && { healing }),
      machines,
      kept: properties.blocks('stateful_disk').map((disk) => ({
        device: wordAt(disk.get('device_name'), '') ?? '',
        outlives: outlives(disk),
      })),
      unread: [...doubts, ...(others.length > 0 ? ['it has several versions'] : [])],
    };
  });
}

function sizeOf(properties: Property): Pick<InstanceGroup, 'size'> {
  const size = numberAt(properties.get('target_size'), undefined);
  return size === undefined ? {} : { size };
}

/** Google's own defaults let one more machine come before one goes. */
function updateOf(policy: Property): Pick<InstanceGroup, 'surge' | 'method'> {
  if (!policy.present) return { surge: 1, method: 'substitute' };
  const percent = numberAt(policy.get('max_surge_percent'), 0);
  const fixed = numberAt(policy.get('max_surge_fixed'), policy.get('max_surge_percent').present ? 0 : 1);
  const methods: Readonly<Record<string, InstanceGroup['method']>> = { RECREATE: 'recreate', SUBSTITUTE: 'substitute' };
  const method = wordAt(policy.get('replacement_method'), 'SUBSTITUTE');
  return {
    surge: fixed === 'unknown' || percent === 'unknown' ? 'unknown' : Math.max(fixed, percent),
    method: methods[method ?? ''] ?? 'unknown',
  };
}

function healingOf(properties: Property, resources: Resources): InstanceGroup['healing'] {
  const policies = properties.get('auto_healing_policies');
  if (!mayStand(policies)) return undefined;
  const check = properties.block('auto_healing_policies').get('health_check');
  return resources.quietlyReferredBy(check, ...HEALTH_CHECKS)?.id ?? '';
}

function machineOf({ id, properties, doubts }: QuietResource, resources: Resources): NamedMachine {
  const disks = properties
    .block('preserved_state')
    .blocks('disk')
    .map((disk): KeptDisk => {
      const of = resources.quietlyReferredBy(disk.get('source'), ...DISKS)?.id;
      return {
        device: toLiteral(disk.get('device_name').value) ?? '',
        ...(of !== undefined && { disk: of }),
        writable: wordAt(disk.get('mode'), 'READ_WRITE') === 'READ_WRITE',
        outlives: outlives(disk),
      };
    });
  return { id, name: toText(properties.get('name').value) ?? [], disks, unread: doubts };
}

function outlives(disk: Property): KeptDisk['outlives'] {
  const rule = wordAt(disk.get('delete_rule'), 'NEVER');
  return rule === 'NEVER' ? true : rule === 'ON_PERMANENT_INSTANCE_DELETION' ? false : 'unknown';
}
