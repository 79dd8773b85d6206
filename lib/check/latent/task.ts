import type { Container } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { broken, unproven } from '../server/wrong';
import { scriptOf } from '../workload/container-scripts';
import { kindOfHostPath } from '../workload/host-paths';
import { recognise } from '../workload/known-script';
import { CERTIFICATE_SCRIPT, EXPIRY_SCRIPT } from '../workload/known-scripts';
import { machineScript } from '../workload/machine-script';
import { type Latent, latentClaim } from './latent-claim';

/** By these a program loads code that its image does not hold, or runs it first. */
const LOADING =
  /^(?:LD_(?:PRELOAD|LIBRARY_PATH|AUDIT)|BASH_ENV|ENV|NODE_OPTIONS|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|RUBYOPT|JAVA_TOOL_OPTIONS)$/;
const ROOTS = ['/dev/xvda', '/dev/sda1', '/dev/sda', '/dev/nvme0n1', 'root'];

/** What stands beside the server in its task, or may as soon as somebody mounts it. */
export const TASK_CLAIMS: readonly CheckedClaim[] = [
  latentClaim('ingress-no-bypass', besideServer),
  latentClaim('fabric-cluster-only', besideServer),
  latentClaim('admin-closed', withData),
  latentClaim('unprivileged', (server) => [
    ...withData(server),
    ...unmounted(server),
    ...loading(server),
    ...sameUser(server),
    ...agent(server),
  ]),
  latentClaim('disks-encrypted-own-key', ({ host: { machine } }, { artifact }) =>
    (artifact.stores ?? [])
      .filter(({ id, kind }) => kind === 'machine-disk' && machine !== undefined && id.startsWith(`${machine.id}/`))
      .every(({ id }) => !ROOTS.includes(id.slice((machine?.id.length ?? 0) + 1)))
      ? machine === undefined
        ? []
        : [
            {
              ...unproven('no disk of it has a name of a root disk: the root is encrypted as its image is'),
              subject: machine.id,
            },
          ]
      : [],
  ),
];

/** Of what shares its network nobody but the proxy needs the server; what only makes or reads certificates is known by its script. */
function besideServer(server: RestateDeployment): readonly Latent[] {
  if (server.host.network !== 'awsvpc') return [];
  return others(server)
    .filter((each) => each !== server.envoy && !isKnown(each))
    .map(({ name }) =>
      unproven(`container ${name} shares the network of the server, and so whatever the server keeps to loopback`),
    );
}

function isKnown(container: Container): boolean {
  const script = scriptOf(container);
  return (
    script !== undefined && [CERTIFICATE_SCRIPT, EXPIRY_SCRIPT].some((known) => recognise(script, known) !== undefined)
  );
}

/** The folder holds the journal, and the socket of the admin API. */
function withData(server: RestateDeployment): readonly Latent[] {
  if (server.host.instance !== undefined) return [];
  const { host, restate } = server;
  const base = restate.environment['RESTATE_BASE_DIR'];
  const folder = (base === undefined ? undefined : literal(base)) ?? '/restate-data';
  const data = restate.mounts.filter(({ path }) => folder === path || folder.startsWith(`${path}/`));
  const paths = data.map(({ volume }) => host.volumes.find(({ name }) => name === volume)?.hostPath);
  return others(server).flatMap(({ name, mounts }) =>
    mounts
      .filter(({ volume }) => {
        const path = host.volumes.find((each) => each.name === volume)?.hostPath;
        return data.some((each) => each.volume === volume) || (path !== undefined && paths.includes(path));
      })
      .map(({ path }) =>
        broken(`container ${name} has the server's data at ${path}: the journal, and the socket of its admin API`),
      ),
  );
}

function unmounted({ host }: RestateDeployment): readonly Latent[] {
  const mounted = new Set(host.containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)));
  return host.volumes
    .filter(({ name, hostPath }) => !mounted.has(name) && hostPath !== undefined && kindOfHostPath(hostPath) !== 'data')
    .map(({ name, hostPath = '' }) => broken(`the task has ${hostPath} of the machine as volume ${name}`));
}

function loading({ host }: RestateDeployment): readonly Latent[] {
  return host.containers.flatMap(({ name, environment, secrets }) =>
    [...Object.keys(environment), ...Object.keys(secrets)]
      .filter((variable) => LOADING.test(variable))
      .map((variable) =>
        broken(`container ${name} is given ${variable}, by which it runs what its image does not hold`),
      ),
  );
}

/** Users are the same on the whole machine: whoever has the server's may send it signals, and read its files. */
function sameUser(server: RestateDeployment): readonly Latent[] {
  const uid = server.restate.user?.split(':')[0];
  if (uid === undefined || server.host.instance !== undefined) return [];
  return others(server)
    .filter(({ user }) => user?.split(':')[0] === uid)
    .map(({ name }) => broken(`container ${name} runs as ${uid}, who is the server's own user`));
}

/** What an agent starts is as privileged as somebody asks, unless the machine says that it may not be. */
function agent({ host }: RestateDeployment): readonly Latent[] {
  const script = machineScript(host);
  return script.kind === 'known' && script.agent.size > 0 && script.agent.get('ECS_DISABLE_PRIVILEGED') !== 'true'
    ? [
        {
          ...broken('its agent starts privileged containers (ECS_DISABLE_PRIVILEGED)'),
          subject: host.machine?.id ?? host.id,
        },
      ]
    : [];
}

function others({ host, restate }: RestateDeployment): readonly Container[] {
  return host.containers.filter((each) => each !== restate);
}
