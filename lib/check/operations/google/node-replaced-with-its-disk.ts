import type { InstanceGroup, NamedMachine } from '../../../artifact/instance-group';
import type { Host } from '../../../artifact/artifact';
import type { Store } from '../../../artifact/store';
import type { Text } from '../../../artifact/text';
import { spell } from '../../../artifact/iam/principal';
import type { CheckedClaim } from '../../checked-claim';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import { storesOf } from '../../stores/related';
import { storeClaim } from '../../stores/store-claim';
import { machineScript } from '../../workload/machine-script';

/** The disk with the journal stays with the one machine of a name, which a group makes anew where its disk is, one after the other. */
export const GOOGLE_NODE_REPLACED: CheckedClaim = storeClaim('node-replaced-with-its-disk', (deployment) => {
  const { server, artifact } = deployment;
  if (server === undefined) return [];
  const { host } = server;
  const disks = storesOf(deployment).filter(({ kind }) => kind === 'disk');
  const script = machineScript(host);
  const groups = (artifact.instanceGroups ?? []).filter(
    ({ id, template }) => host.id === `${template ?? ''}/${id}` || host.id === template,
  );
  const wrong = [
    ...(script.kind === 'unknown'
      ? [unproven(`whether the machine takes the disk is not known: ${script.reason}`)]
      : []),
    ...(groups.length === 0 ? [withoutGroup(host)] : []),
    ...(disks.length === 0 ? [broken(`${host.id} has no disk but those that come and go with it`)] : []),
    ...groups.flatMap((group) => groupFaults(group, disks, host)),
  ];
  const [group] = groups;
  return [
    {
      subject: group?.id ?? host.id,
      ...worst(
        wrong,
        `${group?.id ?? ''} makes its one machine anew, which is given ${disks.map(({ id }) => id).join(', ')}`,
      ),
      restsOn: [host.id, ...groups.flatMap(({ id, machines }) => [id, ...machines.map((machine) => machine.id)])],
    },
  ];
});

function withoutGroup({ id }: Host): Wrong {
  return broken(`nothing starts another machine in the place of ${id}: no group of this file does`);
}

function groupFaults(group: InstanceGroup, disks: readonly Store[], host: Host): readonly Wrong[] {
  const { id, scaled, surge, method, healing, size = 0, machines, unread } = group;
  const count = size === 'unknown' ? 0 : Math.max(size, machines.length);
  const said: readonly (readonly [boolean, Wrong])[] = [
    [scaled, broken(`how many machines ${id} has is decided by something else, for one disk`)],
    [size === 'unknown', unproven(`how many machines ${id} has is not known from the file`)],
    [size !== 'unknown' && count !== 1, broken(`${id} has ${count} machines, for one disk`)],
    [surge === 'unknown', unproven(`whether ${id} starts the next machine before the last is gone is not known`)],
    [
      surge !== 'unknown' && surge > 0,
      broken(`${id} starts the next machine before the last is gone, which still has the disk`),
    ],
    [method === 'unknown', unproven(`how ${id} replaces machines is not known from the file`)],
    [method === 'substitute', broken(`${id} gives the next machine another name, and so not the disk of the last`)],
    [healing === undefined, broken(`${id} keeps a machine that does not answer: it has no auto_healing_policies`)],
    [healing === '', unproven(`${id} repairs by a health check that is not in this file`)],
    ...unread.map((doubt) => [true, unproven(`${id}: ${doubt}`)] as const),
  ];
  return [
    ...said.filter(([is]) => is).map(([, wrong]) => wrong),
    ...(machines.length === 0 ? [broken(`${id} names no machine that a disk stays with`)] : []),
    ...machines.flatMap((machine) => machineFaults(machine, group, disks, host)),
  ];
}

function machineFaults(
  { id, disks: kept, unread }: NamedMachine,
  { zone }: InstanceGroup,
  disks: readonly Store[],
  { instance }: Host,
): readonly Wrong[] {
  const scripts = [...(instance?.files?.values() ?? [])].join('\n');
  return [
    ...unread.map((doubt) => unproven(`${id}: ${doubt}`)),
    ...(kept.some(({ disk }) => disks.some((each) => each.id === disk))
      ? []
      : [broken(`no disk of this file stays with ${id}`)]),
    ...kept.flatMap(({ device, disk, writable, outlives }): readonly Wrong[] => {
      const store = disks.find((each) => each.id === disk);
      return [
        ...(writable ? [] : [broken(`${id} has ${disk ?? device} to read alone`)]),
        ...(outlives === true
          ? []
          : outlives === 'unknown'
            ? [unproven(`whether ${disk ?? device} outlives ${id} is not known from the file`)]
            : [broken(`${disk ?? device} is deleted with ${id}`)]),
        ...(scripts.includes(`google-${device}`)
          ? []
          : [broken(`the start of the machine takes another disk than ${device}, as ${id} calls it`)]),
        ...(store === undefined ? [] : zoneFaults(store, zone)),
      ];
    }),
  ];
}

function zoneFaults({ id, zone: of }: Store, zone: Text | undefined): readonly Wrong[] {
  if (zone === undefined || of === undefined) {
    return [unproven(`whether disk ${id} is where the machine is started is not known from the file`)];
  }
  const [mine, theirs] = [spell(of), spell(zone)].map((name) => name.slice(name.lastIndexOf('/') + 1));
  return mine === theirs ? [] : [broken(`machines are started in ${theirs ?? ''}, and disk ${id} is in ${mine ?? ''}`)];
}
