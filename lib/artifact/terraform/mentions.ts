import type { Artifact, Host, Mention } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import type { InstanceGroup } from '../instance-group';
import type { LogRouting } from '../log-routing';

import { references, type Text } from '../text';
import { INSTANCE, TEMPLATES } from './host';
import { BACKENDS, HEALTH_CHECKS } from './operations/traffic-logs';
import type { Resources } from './resources';
import { DISKS, resourceOf } from './stores/disks';

interface Read {
  readonly hosts: readonly Host[];
  readonly services: readonly CloudRunService[];
  readonly groups: readonly InstanceGroup[];
  readonly routing: LogRouting;
  readonly stores: NonNullable<Artifact['stores']>;
}

/** Which of what was read each thing uses: disks, secrets, buckets, places of logs, health checks. */
export function readMentions(resources: Resources, read: Read): readonly Mention[] {
  return [
    ...read.groups.map((group) => ({ by: group.id, of: ofGroup(group) })),
    ...read.groups.flatMap(({ machines }) =>
      machines.map(({ id, disks }) => ({ by: id, of: disks.flatMap(({ disk }) => disk ?? []) })),
    ),
    ...read.hosts.map((host) => ({
      by: resourceOf(host),
      of: [...attached(resourceOf(host), resources), ...secretsOf(host), ...named(host, read, resources)],
    })),
    ...read.services.map(({ id, secrets = [] }) => ({ by: id, of: secrets.flatMap(referred) })),
    ...resources.quietly(...BACKENDS).map(({ id, properties }) => ({
      by: id,
      of: properties
        .get('health_checks')
        .items()
        .flatMap((check) => resources.quietlyReferredBy(check, ...HEALTH_CHECKS)?.id ?? []),
    })),
  ];
}

function ofGroup({ template, machines }: InstanceGroup): readonly string[] {
  return [...(template === undefined ? [] : [template]), ...machines.map(({ id }) => id)];
}

/** Disks that a machine is given ready made. */
function attached(machine: string, resources: Resources): readonly string[] {
  return resources
    .quietly(...TEMPLATES, INSTANCE)
    .filter(({ id }) => id === machine)
    .flatMap(({ properties }) =>
      ['disk', 'attached_disk', 'boot_disk'].flatMap((block) =>
        properties.blocks(block).map((disk) => disk.get('source')),
      ),
    )
    .flatMap((source) => resources.quietlyReferredBy(source, ...DISKS)?.id ?? []);
}

function secretsOf({ instance }: Host): readonly string[] {
  return (instance?.secretFiles ?? []).flatMap(({ secret }) => referred(secret));
}

function referred(text: Text): readonly string[] {
  return references(text).map(({ logicalId }) => logicalId);
}

/** Buckets that its start names, and those where sinks write lines of machines to. */
function named(host: Host, { routing, stores, groups }: Read, resources: Resources): readonly string[] {
  const machines = groups.filter(({ template }) => template === resourceOf(host));
  const names = machines.flatMap(({ baseName = [], machines: own }) => [baseName, ...own.map(({ name }) => name)]);
  const words = names.map(spell).filter((name) => name !== '');
  const routes = routing.routes.filter(({ filter }) => {
    const text = filter === undefined ? '' : spell(filter);
    return text === '' || words.some((word) => text.includes(word)) || /gce_instance|gcplogs/.test(text);
  });
  const said = [...(host.instance?.files?.values() ?? []), ...texts(host)].join('\n');
  const buckets = resources
    .quietly('google_storage_bucket')
    .filter(({ id, properties }) => {
      const name = properties.get('name').value;
      return said.includes(id) || (typeof name === 'string' && name !== '' && said.includes(`gs://${name}`));
    })
    .map(({ id }) => id);
  const known = new Set(stores.map(({ id }) => id));
  return [...routes.flatMap(({ store }) => store ?? []), ...buckets].filter((id) => known.has(id));
}

/** Everything that its containers are told. */
function texts({ containers }: Host): readonly string[] {
  return containers.flatMap(({ environment, command = [], entryPoint = [] }) =>
    [...Object.values(environment), ...command, ...entryPoint].map(spell),
  );
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : part.logicalId)).join('');
}
