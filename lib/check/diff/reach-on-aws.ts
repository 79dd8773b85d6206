import type { CheckedDeployment } from '../checked-deployment';
import { type AwsServer, awsServer } from '../network/aws/aws-server';
import { describePath } from '../network/aws/describe-path';
import { type Path, reachOf } from '../network/aws/reach';
import type { Listening } from '../network/listening';
import type { Permission } from './permission';
import { reachPermission } from './reach-permission';

/** Who gets to each port on which something of a server on AWS listens, by which door, with the witness. */
export function reachOnAws(deployment: CheckedDeployment): readonly Permission[] {
  const server = awsServer(deployment);
  if (server === undefined) return [];
  return server.listening.ports
    .filter(({ exposed }) => exposed)
    .flatMap((listening) =>
      reachOf(server.view, { host: server.host, port: listening.port }).paths.map((path) =>
        permission(server, listening, path),
      ),
    );
}

function permission({ view, host }: AwsServer, listening: Listening, path: Path): Permission {
  const { via, admission, filtered } = path;
  const door = via === undefined ? 'straight' : `over port ${via.listener.port}, ${via.balancer.scheme}`;
  const worth = listening.worth.join(', ');
  return reachPermission({
    key: `${listening.by} ${listening.port} ${worth} ${door}`,
    subject: via?.listener.id ?? host.id,
    addresses: admission.addresses.intersect(filtered),
    others: [...[...admission.members].map((id) => `members of ${id}`), ...admission.unknown],
    describe: () =>
      `to ${listening.name} (${worth}), ${door}; the way: ${describePath(view, { host, port: listening.port }, path)}`,
  });
}
