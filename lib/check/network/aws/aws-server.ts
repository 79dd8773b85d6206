import type { Artifact, Host } from '../../../artifact/artifact';
import type { RestateDeployment } from '../../../artifact/role';
import { RESTATE_PORTS } from '../../../restate/listeners';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { type Listening, type ListeningPorts, listeningPorts, type Worth } from '../listening';
import { NetworkView } from './network-view';
import { type Reach, reachOf } from './reach';

/** A server on AWS, its network, and where it listens. */
export interface AwsServer {
  readonly artifact: Artifact;
  readonly view: NetworkView;
  readonly host: Host;
  readonly deployment: RestateDeployment;
  readonly listening: ListeningPorts;
  /** Why it is not known who reaches its ports, whatever the rules say. */
  readonly doubts: readonly string[];
  /** Every resource on which the answer to who reaches it rests. */
  readonly restsOn: readonly string[];
}

/** A port with what is behind it, and who gets there. */
export interface ReachedPort {
  readonly listening: Listening;
  readonly reach: Reach;
}

/** The server of a deployment with its network. Only for those that have one. */
export function awsServer({ artifact, server }: CheckedDeployment): AwsServer | undefined {
  if (server === undefined) {
    return undefined;
  }
  const known = SERVERS.get(server);
  if (known?.artifact === artifact) {
    return known;
  }
  const { host } = server;
  const listening = onMachine(listeningPorts(server), host);
  const mode =
    host.network === 'awsvpc' || host.network === 'host' || host.published !== undefined
      ? []
      : [`its network is ${host.network}, of which it is not known what leads in`];
  const made: AwsServer = {
    artifact,
    view: NetworkView.of(artifact),
    host,
    deployment: server,
    listening,
    doubts: [...mode, ...listening.doubts],
    restsOn: restsOn(artifact, host),
  };
  SERVERS.set(server, made);
  return made;
}

/** Of a machine whose containers have networks of their own, single ports lead there; what leads to none is the machine's alone. */
function onMachine({ ports, doubts }: ListeningPorts, { network, published }: Host): ListeningPorts {
  if (published === undefined || network === 'host') return { ports, doubts };
  const led = ports.flatMap((each) => {
    if (each.by === 'proxy') return [each];
    const outer = published.filter(({ containerPort }) => containerPort === each.port);
    return outer.length === 0
      ? [{ ...each, exposed: false }]
      : outer.map(({ port }) => ({ ...each, port, name: `${each.name}, published as port ${port}` }));
  });
  return { ports: led, doubts };
}

const SERVERS = new WeakMap<RestateDeployment, AwsServer>();

/** The ports that lead to something, each with who gets there: those open to more than the host, and those that only how the server binds keeps shut. */
export function portsWorth({ listening, view, host }: AwsServer, worth: Worth): readonly ReachedPort[] {
  const exposed = listening.ports.filter((each) => each.exposed && each.worth.includes(worth));
  return [...exposed, ...boundShut(listening.ports, worth)].map((each) => ({
    listening: each,
    reach: reachOf(view, { host, port: each.port }),
  }));
}

/**
 * The ports of a listener of the server on which nothing listens beyond loopback, and which it takes as soon as nobody says otherwise: whoever
 * is let in to one is kept out by a setting alone.
 */
function boundShut(ports: readonly Listening[], worth: Worth): readonly Listening[] {
  if (worth === 'proxy') {
    return [];
  }
  const open = new Set(ports.filter(({ exposed }) => exposed).map(({ port }) => port));
  const bound = ports.filter((each) => each.by === 'server' && each.worth.includes(worth)).map(({ port }) => port);
  return [...new Set([...bound, RESTATE_PORTS[worth]])]
    .filter((port) => !open.has(port))
    .map((port) => ({
      port,
      address: 'loopback',
      exposed: false,
      by: 'server',
      worth: [worth],
      name: `port ${port} of Restate's ${worth}, which nothing but its own setting keeps to loopback or a socket`,
    }));
}

/** One verdict on a server: what is broken, else what is not known, else why it holds. */
export function verdictOf(
  { host, restsOn: rests, doubts }: AwsServer,
  {
    broken,
    unproven = [],
    holds,
  }: { readonly broken: readonly string[]; readonly unproven?: readonly string[]; readonly holds: string },
): Finding {
  const open = [...unproven, ...doubts];
  const evidence = broken.length > 0 ? broken : open;
  return {
    verdict: broken.length > 0 ? 'broken' : open.length > 0 ? 'unproven' : 'holds',
    subject: host.id,
    evidence: evidence.length > 0 ? [...new Set(evidence)].join('; ') : holds,
    restsOn: rests,
  };
}

function restsOn({ balancers }: Artifact, host: Host): readonly string[] {
  const leading = balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) => targets.some((target) => target.host === host.id)),
  );
  const of = leading.flatMap(({ id, groups = [], listeners }) => [
    id,
    ...groups,
    ...listeners.flatMap((listener) => [listener.id, ...listener.targets.map(({ group }) => group)]),
  ]);
  return [...new Set([...host.groups, ...of])];
}
