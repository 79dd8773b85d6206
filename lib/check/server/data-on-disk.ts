import type { RestateDeployment } from '../../artifact/role';
import { fileOnMachine } from '../../artifact/file-on-machine';
import type { CheckedClaim } from '../checked-claim';
import { machineScript } from '../workload/machine-script';
import { serverClaim } from './server-claim';
import { type ServerSettings, serverSettings } from './server-settings';
import { broken, unproven, worst, type Wrong } from './wrong';

/** Decides of the data whether the server writes it to the disk that its machine mounts, under a name that the next server has, too. */
export const DATA_ON_DISK: CheckedClaim = serverClaim('node-replaced-with-its-disk', (server) => {
  const configuration = serverSettings(server.restate);
  const { restate, host } = server;
  const folder = configuration.settings.get('base-dir')?.value;
  const wrong = [
    ...named(configuration),
    ...unwritten(configuration),
    ...(folder === undefined ? [] : ofFolder(server, folder)),
    ...[restate, ...(server.envoy === undefined ? [] : [server.envoy])]
      .filter(({ essential }) => !essential)
      .map(({ name }) => broken(`${name} may end and ${host.id} goes on without it (Essential)`)),
  ];
  return worst(wrong, `${restate.name} writes to ${folder ?? ''}, on the disk that its machine mounts`);
});

/** A name that is made up anew at each start finds nothing again. */
function named({ settings, doubt }: ServerSettings): readonly Wrong[] {
  return ['base-dir', 'node-name', 'cluster-name'].flatMap((key) => {
    const setting = settings.get(key);
    if (setting === undefined) {
      const missing = `nothing says ${key}, so that the next server does not find what this one wrote`;
      return [doubt === undefined ? broken(missing) : unproven(`${missing}; ${doubt}`)];
    }
    return setting.value === undefined && key === 'base-dir' ? [unproven(`${setting.said} only the cloud knows`)] : [];
  });
}

/** What is acknowledged before it is on the disk is gone with the machine. */
function unwritten({ settings }: ServerSettings): readonly Wrong[] {
  return [...settings].flatMap(([key, { value, said }]) =>
    /(?:^|\.)rocksdb-disable-wal(?:-fsync)?$/.test(key) && value !== 'false'
      ? [broken(`${said} acknowledges what is not yet on the disk`)]
      : [],
  );
}

function ofFolder({ host, restate }: RestateDeployment, folder: string): readonly Wrong[] {
  const isOf = (path: string): boolean => folder === path || folder.startsWith(`${path.replace(/\/$/, '')}/`);
  const mount = restate.mounts.filter(({ path }) => isOf(path)).toSorted((a, b) => b.path.length - a.path.length)[0];
  const place = fileOnMachine(host, restate, folder);
  if (mount === undefined) return [broken(`${folder} of ${restate.name} is on no volume: it ends with its container`)];
  if (mount.readOnly) return [broken(`${restate.name} may not write to ${folder}`)];
  const hasMachine = host.machine !== undefined || host.instance !== undefined;
  if (place === undefined) {
    return hasMachine ? [broken(`volume ${mount.volume} is none of the machine: it ends with its task`)] : [];
  }
  const script = machineScript(host);
  if (script.kind === 'unknown') return [unproven(script.reason)];
  const { disk } = script;
  if (disk === undefined) return [unproven(`nothing that is understood mounts a disk below ${place}`)];
  return place === disk || place.startsWith(`${disk}/`)
    ? []
    : [broken(`${place} is not on the disk, which is mounted at ${disk}`)];
}
