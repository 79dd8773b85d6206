import type { Host } from '../artifact';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { INSTANCE, readHost, TEMPLATES } from './host';
import type { Resources } from './resources';

export const MANAGERS: readonly string[] = [
  'google_compute_instance_group_manager',
  'google_compute_region_instance_group_manager',
];
const CONFIGS = ['google_compute_per_instance_config', 'google_compute_region_per_instance_config'];

/** A group of machines, as a balancer names it. */
export interface Group {
  /** Address of the resource. */
  readonly id: string;
  /** Ids of its hosts. */
  readonly hosts: readonly string[];
  readonly namedPorts: readonly { readonly name: string; readonly port: number }[];
}

/** Reads every machine, with the groups that they stand in. */
export function readMachines(resources: Resources): {
  readonly hosts: readonly Host[];
  readonly groups: readonly Group[];
} {
  const managers = resources
    .ofType(...MANAGERS)
    .map((manager) => ({ manager, template: templateOf(manager, resources) }));
  const hosts = resources.ofType(...TEMPLATES).flatMap((template) => {
    const starting = managers.filter((each) => each.template?.id === template.id);
    if (starting.length === 0) {
      resources.report(template.id, 'is started by no group in this file');
    }
    // A second group that starts machines from the same template is a second place in the network.
    const ids =
      starting.length === 0 ? [template.id] : starting.map(({ manager }) => hostId(template, manager, managers));
    return ids.map((id) => readHost(template, id, resources));
  });
  const instances = resources.ofType(INSTANCE);
  reportOverrides(resources);
  return {
    hosts: [...hosts, ...instances.map((instance) => readHost(instance, instance.id, resources))],
    groups: [
      ...managers.map(({ manager, template }) => ({
        id: manager.id,
        hosts: template === undefined ? [] : [hostId(template, manager, managers)],
        namedPorts: namedPorts(manager.properties),
      })),
      ...resources.ofType('google_compute_instance_group').map((group) => ({
        id: group.id,
        hosts: instancesOf(group, resources),
        namedPorts: namedPorts(group.properties),
      })),
    ],
  };
}

function templateOf({ id, properties }: Resource, resources: Resources): Resource | undefined {
  const [version, ...others] = properties.blocks('version');
  const template =
    version === undefined ? undefined : resources.referredBy(version.get('instance_template'), ...TEMPLATES);
  others[0]?.unreadable('is a second version, which is not modelled');
  if (template === undefined) {
    resources.report(id, 'starts machines from a template that is not in this file');
  }
  return template;
}

function hostId(
  template: Resource,
  manager: Resource,
  managers: readonly { readonly manager: Resource; readonly template: Resource | undefined }[],
): string {
  const first = managers.find((each) => each.template?.id === template.id);
  return first?.manager.id === manager.id ? template.id : `${template.id}/${manager.id}`;
}

function instancesOf(group: Resource, resources: Resources): readonly string[] {
  return group.properties
    .get('instances')
    .items()
    .flatMap((item) => {
      const instance = resources.referredBy(item, INSTANCE);
      if (instance === undefined) {
        item.unreadable('is a machine that is not in this file');
      }
      return instance?.id ?? [];
    });
}

function namedPorts(properties: Property): Group['namedPorts'] {
  return properties.blocks('named_port').flatMap((block) => {
    const name = block.get('name').string();
    const port = block.get('port').integer();
    return name === undefined || port === undefined ? [] : [{ name, port }];
  });
}

/** What is laid over the metadata of a template, for all machines of a group, for one, or for all of the project. */
function reportOverrides(resources: Resources): void {
  for (const { id, properties } of resources.ofType(...MANAGERS)) {
    refuse(id, properties.block('all_instances_config').get('metadata'), resources);
  }
  for (const { id, properties } of resources.ofType(...CONFIGS)) {
    refuse(id, properties.block('preserved_state').get('metadata'), resources);
  }
  for (const { id } of resources.ofType('google_compute_project_metadata', 'google_compute_project_metadata_item')) {
    resources.report(id, 'is metadata of all machines of the project, which is not modelled', 'template');
  }
  for (const { id } of resources.like(/^google_compute_instance_from_(?:template|machine_image)$/)) {
    resources.report(
      id,
      'is a machine with a template or an image and changes of its own, which is not modelled',
      'template',
    );
  }
}

/** Nothing that was read of the template holds then. */
function refuse(id: string, metadata: Property, resources: Resources): void {
  const isEmpty = metadata.value instanceof Map && metadata.value.size === 0;
  if (metadata.present && !isEmpty) {
    resources.report(id, 'lays metadata over that of the template, which is not modelled', 'template');
  }
}
