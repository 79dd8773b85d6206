import type { CheckedDeployment } from '../../../check/checked-deployment';
import { isEverybody } from '../../../check/network/breadth';
import { type AwsServer, awsServer } from '../../../check/network/aws/aws-server';
import { type Path, reachOf } from '../../../check/network/aws/reach';
import type { Names } from './names';
import type { WayIn } from './way-in';

/** Who comes to each port on which something of a server listens for more than its own host, in a network of AWS. */
export function waysInOnAws(deployment: CheckedDeployment, names: Names): readonly WayIn[] {
  const server = deployment.artifact.network === undefined ? undefined : awsServer(deployment);
  if (server === undefined) return [];
  const exposed = server.listening.ports.filter((listening) => listening.exposed);
  return exposed.flatMap(({ port }) =>
    reachOf(server.view, { host: server.host, port }).paths.flatMap((path) => waysOf(server, port, path, names)),
  );
}

function waysOf({ view, host }: AwsServer, port: number, path: Path, names: Names): readonly WayIn[] {
  const { via, admission, filtered } = path;
  const addresses = admission.addresses.intersect(filtered);
  const groups = [...admission.members];
  const fronts = view.balancers.filter(({ groups: worn = [] }) => worn.some((id) => groups.includes(id)));
  const fronting = new Set(fronts.flatMap(({ groups: worn = [] }) => worn));
  // who is let in as a balancer calls nobody of its own accord: its listeners tell who comes over it
  const members = groups.filter((id) => via !== undefined || !fronting.has(id));
  const who = [
    ...(addresses.isEmpty ? [] : [addresses.describe(4)]),
    ...members.map((id) => `members of ${names.of(id)}`),
    ...admission.unknown,
  ];
  if (who.length === 0) return [];
  const isOpen = via === undefined ? host.publicAddress : via.balancer.scheme === 'internet-facing';
  return [
    {
      who: isOpen && isEverybody(addresses) ? ['the internet', ...who] : who,
      isEverybody: isOpen && isEverybody(addresses),
      ...(via !== undefined && { via: { balancer: via.balancer.id, listener: via.listener.id } }),
      host: host.id,
      port,
    },
  ];
}
