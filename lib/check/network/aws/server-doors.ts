import type { Finding } from '../../finding';
import type { Listening, Worth } from '../listening';
import { type AwsServer, portsWorth, type ReachedPort, verdictOf } from './aws-server';
import { describeBlocked, describePath } from './describe-path';
import { passesFront } from './fronts';
import { type Path, reachOf } from './reach';

/** Whether those who come by a path to what listens there are the ones who have to. */
type MayPass = (path: Path, listening: Listening) => boolean;

/** `fabric-cluster-only`: nodes alone get to the fabric, and nobody over a load balancer. */
export function decideFabric(server: AwsServer): readonly Finding[] {
  return closedBut(server, 'fabric', (path) => path.via === undefined && isNode(server, path));
}

/** `metrics-closed`: metrics and profiles are answered on the fabric's port. */
export function decideMetrics(server: AwsServer): readonly Finding[] {
  return decideFabric(server);
}

/** `ingress-no-bypass`: nobody gets to the server's own ingress but what shares its host, and to the proxy only over what stands before it. */
export function decideNoBypass(server: AwsServer): readonly Finding[] {
  return [
    verdict(
      server,
      portsWorth(server, 'ingress'),
      (path, { by, port }) => by === 'proxy' && !passesFront(server, path, port),
    ),
  ];
}

/** `bind-narrow`: what listens on more than the host's own address is where a rule admits somebody, in that family. */
export function decideBindNarrow(server: AwsServer): readonly Finding[] {
  const { host, view, listening } = server;
  const exposed = listening.ports.filter((each) => each.exposed);
  const found = exposed.map((each) => ({ listening: each, reach: reachOf(view, { host, port: each.port }) }));
  const broken = found.flatMap(({ listening: { name, address }, reach }) => {
    if (reach.paths.length === 0) {
      return [`${name}, where nobody is admitted: ${describeBlocked(reach.blocked)}`];
    }
    const isSix = address.includes(':');
    const admits = reach.paths.some(
      ({ admission: { addresses, members, unknown } }) =>
        members.size + unknown.length > 0 || !(isSix ? addresses.ipv6 : addresses.ipv4).isEmpty,
    );
    return admits ? [] : [`${name}, where nobody is admitted over IPv${isSix ? 6 : 4}`];
  });
  const beside = (host.published ?? [])
    .filter(({ port }) => !listening.ports.some((each) => each.port === port))
    .filter(({ port }) => reachOf(view, { host, port }).paths.length === 0)
    .map(({ port }) => `port ${port} of ${host.id} is published for a container beside, and nobody is admitted there`);
  const names = exposed.map(({ name }) => name).join(', ');
  return [
    verdictOf(server, {
      broken: [...broken, ...beside],
      holds:
        exposed.length === 0
          ? 'everything listens on loopback or unix sockets'
          : `beside loopback and unix sockets it listens on ${names}, where rules admit somebody`,
    }),
  ];
}

function closedBut(server: AwsServer, worth: Worth, mayPass: MayPass): readonly Finding[] {
  return [verdict(server, portsWorth(server, worth), mayPass)];
}

function verdict(server: AwsServer, ports: readonly ReachedPort[], mayPass: MayPass): Finding {
  const { host, view } = server;
  const told = ports.map(({ listening, reach }) => ({
    listening,
    blocked: describeBlocked(reach.blocked),
    passing: reach.paths.map((path) => ({
      may: mayPass(path, listening),
      witness: describePath(view, { host, port: listening.port }, path),
    })),
  }));
  const broken = told.flatMap(({ listening, passing }) =>
    passing.filter(({ may }) => !may).map(({ witness }) => `${listening.name} is reached by ${witness}`),
  );
  const holds = told.map(({ listening, passing, blocked }) =>
    passing.length > 0
      ? `${listening.name} is reached by ${passing.map(({ witness }) => witness).join('; ')}`
      : `${listening.name}: ${blocked}`,
  );
  return verdictOf(server, { broken, holds: holds.join('; ') });
}

/** Whether only members of a group of the server's own are let in. */
function isNode({ host }: AwsServer, { admission: { addresses, members, unknown } }: Path): boolean {
  return addresses.isEmpty && unknown.length === 0 && [...members].every((id) => host.groups.includes(id));
}
