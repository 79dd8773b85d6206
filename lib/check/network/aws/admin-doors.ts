import type { Finding } from '../../finding';
import { type AwsServer, portsWorth, verdictOf } from './aws-server';
import { describeBlocked, describePath } from './describe-path';
import { operatorsOf } from './operators';
import { comesFromCallers } from './fronts';

/** `admin-closed`: who reaches the admin API, raw or over the proxy, is an operator whom somebody named. */
export function decideAdminClosed(server: AwsServer): readonly Finding[] {
  const { raw, doors, blocked } = doorsOf(server);
  const judged = doors.map((door) => operatorsOf(server, door));
  const named = judged.flatMap((each) => each.named);
  return [
    verdictOf(server, {
      broken: [...raw, ...judged.flatMap(({ broken }) => broken)],
      unproven: judged.flatMap(({ unproven }) => unproven),
      holds: named.length > 0 ? `reached by ${named.join('; ')}` : blocked,
    }),
  ];
}

/** `registration-by-deployers-only`: nobody who is no operator gets to where deployments are registered. */
export function decideRegistration(server: AwsServer): readonly Finding[] {
  const { raw, doors, blocked } = doorsOf(server);
  const judged = doors.map((door) => operatorsOf(server, door));
  const mixed = doors
    .filter(({ listening }) => listening.worth.includes('ingress'))
    .map(({ listening }) => `${listening.name} leads callers to the ingress and to the admin API alike`);
  const callers = new Set(
    portsWorth(server, 'ingress').flatMap(({ reach }) =>
      reach.paths.flatMap(({ via, admission }) => (via === undefined ? [] : [...admission.members])),
    ),
  );
  const both = doors
    .flatMap(({ reach }) => reach.paths.flatMap(({ admission }) => [...admission.members]))
    .filter((id) => callers.has(id))
    .map(
      (id) =>
        `${id} is admitted as a caller and as an operator, and nothing says that its members may register deployments`,
    );
  const isCalled = portsWorth(server, 'ingress').some(({ reach }) =>
    reach.paths.some((path) => comesFromCallers(server, path)),
  );
  const untold =
    doors.some(({ reach }) => reach.paths.length > 0) && !isCalled
      ? ['nobody gets to the ingress, so that those who get to the admin API may be its callers']
      : [];
  return [
    verdictOf(server, {
      broken: [...raw, ...mixed, ...judged.flatMap(({ broken }) => broken)],
      unproven: [...judged.flatMap(({ unproven }) => unproven), ...both, ...untold],
      holds:
        doors.length > 0
          ? `POST /deployments is reached by ${judged.flatMap(({ named }) => named).join('; ')}, and what the proxy admits of them is told by admin-authenticated`
          : blocked,
    }),
  ];
}

/** The admin's doors: what is broken already because the server itself answers there, and those of the proxy. */
function doorsOf(server: AwsServer): {
  readonly raw: readonly string[];
  readonly doors: ReturnType<typeof portsWorth>;
  readonly blocked: string;
} {
  const ports = portsWorth(server, 'admin');
  const raw = ports
    .filter(({ listening }) => listening.by === 'server')
    .flatMap(({ listening, reach }) =>
      reach.paths.map(
        (path) =>
          `${listening.name}, ${listening.exposed ? 'which asks nobody who they are, ' : ''}is reached by ${describePath(server.view, { host: server.host, port: listening.port }, path)}`,
      ),
    );
  const door = ports.some(({ listening }) => listening.by === 'proxy');
  const needless = server.listening.ports
    .filter((each) => each.by === 'server' && !each.exposed && each.worth.includes('admin') && !door)
    .map(({ name }) => `${name}, though no listener of the proxy leads there: all that runs in the task reaches it`);
  const blocked = ports.map(({ listening, reach }) => `${listening.name}: ${describeBlocked(reach.blocked)}`);
  return {
    raw: [...raw, ...needless],
    doors: ports.filter(({ listening }) => listening.by === 'proxy'),
    blocked: blocked.join('; '),
  };
}
