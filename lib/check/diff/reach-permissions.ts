import type { CheckedDeployment } from '../checked-deployment';
import { AddressSet } from '../network/address-set';
import { type AwsServer, awsServer } from '../network/aws/aws-server';
import { describePath } from '../network/aws/describe-path';
import { type Path, reachOf } from '../network/aws/reach';
import type { Listening } from '../network/listening';
import type { Permission } from './permission';

interface ReachPermission extends Permission {
  readonly addresses: AddressSet;
  readonly others: readonly string[];
}

/** Who gets to each port on which something of a server listens, by which door, with the witness. Servers of a network of AWS alone. */
export function reachPermissions(deployment: CheckedDeployment): readonly Permission[] {
  const server = deployment.artifact.network === undefined ? undefined : awsServer(deployment);
  if (server === undefined) return [];
  return server.listening.ports
    .filter(({ exposed }) => exposed)
    .flatMap((listening) =>
      reachOf(server.view, { host: server.host, port: listening.port }).paths.map((path) =>
        permission(server, listening, path),
      ),
    );
}

function permission({ view, host }: AwsServer, listening: Listening, path: Path): ReachPermission {
  const addresses = path.admission.addresses.intersect(path.filtered);
  const others = [...[...path.admission.members].map((id) => `members of ${id}`), ...path.admission.unknown];
  const door = path.via === undefined ? 'straight' : `over port ${path.via.listener.port}, ${path.via.balancer.scheme}`;
  return {
    kind: 'reachable',
    key: `${listening.by} ${listening.port} ${listening.worth.join()} ${door}`,
    subject: path.via?.listener.id ?? host.id,
    addresses,
    others,
    beyond: (known) => {
      const before = known as readonly ReachPermission[];
      const more = addresses.subtract(AddressSet.unionOf(before.map((each) => each.addresses)));
      const named = others.filter((each) => !before.some((one) => one.others.includes(each)));
      if (more.isEmpty && named.length === 0) return undefined;
      const who = [...(more.isEmpty ? [] : [more.describe()]), ...named].join(', ');
      const where = `${who}: to ${listening.name} (${listening.worth.join(', ')}), ${door}`;
      return `${where}; the way: ${describePath(view, { host, port: listening.port }, path)}`;
    },
  };
}
