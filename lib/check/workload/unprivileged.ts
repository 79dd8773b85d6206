import type { Container, Host } from '../../artifact/artifact';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { broken, unproven, worst, type Wrong } from '../server/wrong';
import { kindOfHostPath } from './host-paths';
import { machineScript } from './machine-script';
import { partHosts } from './part-hosts';

const USER = /^(?<user>\d+)(?::(?<group>\d+))?$/;
/** Settings that give a container more than it has by itself. */
const POWERFUL = /Devices|SystemControls|ResourceRequirements|unconfined|label[:=]disable|UsernsMode/;
const TMPFS_DEMANDS = ['noexec', 'nosuid', 'nodev'];
const TMPFS_UNDOES = ['exec', 'suid', 'dev'];

/** Decides whether the containers of a deployment can do nothing to the machine that they run on, nor gain any power. */
export const UNPRIVILEGED: CheckedClaim = {
  id: 'unprivileged',
  decide: (deployment) => {
    const found = partHosts(deployment).map(ofHost);
    const subject = deployment.artifact.name;
    return found.length > 0
      ? found
      : [{ verdict: 'not-applicable', subject, evidence: 'no host of this file runs it' }];
  },
};

function ofHost(host: Host): Finding {
  const { containers, id, machine } = host;
  const script = machineScript(host);
  const wrong = [
    ...containers.flatMap((container) => ofContainer(container, host).map((each) => named(each, container.name))),
    ...ofTask(host),
    ...ofShared(host),
    script.kind === 'unknown' ? unproven(script.reason) : undefined,
  ];
  const names = containers.map(({ name, user }) => `${name} as ${user ?? ''}`).join(', ');
  return {
    ...worst(
      wrong,
      `${names}: read-only root, no capabilities, no way to gain any, nothing of the machine but its data`,
    ),
    subject: id,
    restsOn: machine === undefined ? [] : [machine.id],
  };
}

function named({ verdict, evidence }: Wrong, name: string): Wrong {
  return verdict === 'broken' ? broken(`container ${name} ${evidence}`) : unproven(`container ${name} ${evidence}`);
}

function ofContainer(container: Container, host: Host): readonly Wrong[] {
  const { capabilitiesAdded, capabilitiesDropped, unmodelled = [] } = container;
  return [
    ...ofUser(container.user),
    ...(container.readonlyRootFilesystem ? [] : [broken('writes on its root file system')]),
    ...(container.privileged ? [broken('is privileged')] : []),
    ...(capabilitiesDropped.some((each) => /^(?:CAP_)?ALL$/i.test(each)) ? [] : [broken('keeps capabilities')]),
    ...(capabilitiesAdded.length > 0 ? [broken(`is given ${capabilitiesAdded.join(', ')}`)] : []),
    ...(container.noNewPrivileges ? [] : [broken('may gain privileges')]),
    ...unmodelled.map((name) =>
      POWERFUL.test(name) ? broken(`is given ${name}`) : unproven(`has ${name}, which is not understood`),
    ),
    ...container.tmpfs.flatMap(({ path, options }) => ofTmpfs(path, options, host)),
    ...container.mounts.flatMap(({ volume }) => ofVolume(volume, host)),
  ];
}

function ofUser(user: string | undefined): readonly Wrong[] {
  if (user === undefined) return [broken("runs as its image's own user, which may be root")];
  const { user: uid, group } = USER.exec(user)?.groups ?? {};
  if (uid === undefined) {
    const isRoot = /^root(?::|$)/.test(user);
    return [
      isRoot ? broken('runs as root') : unproven(`runs as ${JSON.stringify(user)}, which its image may make root`),
    ];
  }
  if (Number(uid) === 0) return [broken(`runs as ${user}, which is root`)];
  if (group === undefined)
    return [broken(`runs as ${user} without a group: in that of root, as long as its image does not list the user`)];
  return Number(group) === 0 ? [broken(`runs in the group of root, as ${user}`)] : [];
}

/** Docker adds what ECS is not told; so that nobody has to know, it has to be said there. */
function ofTmpfs(path: string, options: readonly string[], { instance }: Host): readonly Wrong[] {
  const undone = options.filter((option) => TMPFS_UNDOES.includes(option));
  const missing = instance === undefined ? TMPFS_DEMANDS.filter((option) => !options.includes(option)) : [];
  return [
    ...undone.map((option) => broken(`has memory at ${path} with ${option}`)),
    ...(missing.length > 0 ? [broken(`has memory at ${path} without ${missing.join(', ')}`)] : []),
  ];
}

function ofVolume(volume: string, { volumes }: Host): readonly Wrong[] {
  const found = volumes.find(({ name }) => name === volume);
  if (found === undefined) return [unproven(`mounts volume ${JSON.stringify(volume)}, which its task does not have`)];
  const path = found.hostPath;
  const kind = path === undefined ? 'data' : kindOfHostPath(path);
  if (kind === 'data') return [];
  return kind === 'ruling'
    ? [broken(`has ${path} of the machine`)]
    : [unproven(`has ${path} of the machine, which is no folder that is known to be harmless`)];
}

function ofTask({ network, shared = [], machineShares = [], unmodelled = [] }: Host): readonly Wrong[] {
  return [
    ...(network === 'host' ? [broken('the containers are on the network of the machine itself')] : []),
    ...(network === 'unknown' ? [unproven('the network of the containers is not known')] : []),
    ...shared.map((what) => broken(`the containers share their ${what}`)),
    ...machineShares.map((what) => broken(`the containers share the ${what} of the machine`)),
    ...unmodelled.map((name) => unproven(`${name} is set, which is not understood`)),
  ];
}

/** What one container makes for others, they have no need to write to. */
function ofShared({ containers, volumes }: Host): readonly Wrong[] {
  return volumes.flatMap(({ name }) => {
    const writing = containers.filter(({ mounts }) => mounts.some((each) => each.volume === name && !each.readOnly));
    return writing.length > 1
      ? [broken(`volume ${name} is written to by ${writing.map((each) => each.name).join(' and ')}`)]
      : [];
  });
}
