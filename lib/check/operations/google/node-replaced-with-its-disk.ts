import type { InstanceGroup, NamedMachine } from '../../../artifact/instance-group';
import type { Host } from '../../../artifact/artifact';
import type { Store } from '../../../artifact/store';
import type { Text } from '../../../artifact/text';
import { spell } from '../../../artifact/iam/principal';
import type { CheckedClaim } from '../../checked-claim';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import { storesOf } from '../../stores/related';
import { storeClaim } from '../../stores/store-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import { googleServer, machinePortsOf } from '../../network/google/google-server';
import { machineScript } from '../../workload/machine-script';

const DATA_UNIT = '/etc/systemd/system/portcullis-data.service';
/** The system names disks by the name under which they are attached. */
const TAKEN = /^ExecStart=\S+ \S*\/data-disk \/dev\/disk\/by-id\/google-(?<device>[\w-]+) /m;

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
    ...groups.flatMap(({ id }) => repairFaults(id, deployment)),
    ...groups.flatMap((group) => deviceFaults(group, host)),
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

/** The disk that the unit of the data takes is one that stays with the machine. */
function deviceFaults({ machines, kept }: InstanceGroup, { instance }: Host): readonly Wrong[] {
  const taken = TAKEN.exec(instance?.files?.get(DATA_UNIT) ?? '')?.groups?.['device'];
  const devices = [...machines.flatMap(({ disks }) => disks), ...kept].map(({ device }) => device);
  return taken === undefined || devices.includes(taken)
    ? []
    : [broken(`the start of the machine takes ${taken}, and what stays with it is ${devices.join(', ') || 'nothing'}`)];
}

/** A check that a sound machine fails as well has every machine made anew. */
function repairFaults(group: string, deployment: CheckedDeployment): readonly Wrong[] {
  const server = googleServer(deployment);
  if (server === undefined || server.health.size === 0) return [];
  const ports = [...server.health].flatMap((port) => machinePortsOf(server, { port }));
  return server.vpc.repairs
    .filter(({ id, port }) => id === group && port !== 'unknown' && !ports.includes(port))
    .map(({ id, port }) =>
      broken(
        `${id} repairs by port ${port} of the machine, where nothing says how the server is (${ports.join(', ')} does)`,
      ),
    );
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
