import type { AwsServer } from './aws-server';
import type { Path } from './reach';

/** Whether somebody else than a balancer, who calls nobody of its own accord, comes by a path. */
export function comesFromCallers({ artifact: { balancers } }: AwsServer, { via, admission }: Path): boolean {
  const fronts = new Set(balancers.flatMap(({ groups = [] }) => groups));
  const { addresses, members, unknown } = admission;
  return via !== undefined || !addresses.isEmpty || unknown.length > 0 || [...members].some((id) => !fronts.has(id));
}

/** Whether callers come by a path straight to a port before which a balancer stands. */
export function passesFront(server: AwsServer, path: Path, port: number): boolean {
  const { artifact, host } = server;
  const isFronted = artifact.balancers.some(({ listeners }) =>
    listeners.some(({ targets }) => targets.some((target) => target.host === host.id && target.port === port)),
  );
  return path.via === undefined && isFronted && comesFromCallers(server, path);
}
