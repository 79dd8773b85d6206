import type { CheckedDeployment } from '../checked-deployment';
import { describeRules } from '../network/google/describe-reach';
import { type GoogleServer, googleServer } from '../network/google/google-server';
import { type LetOut, letOutBy } from '../network/google/let-out';
import { PortSet } from '../network/port-set';
import { grouped, type Opening, openingPermission } from './openings';
import { type Permission, whole } from './permission';

/**
 * What a server reaches. Rules of security groups add up, so that each says it for itself; of Google's firewall one rule may take back what
 * another gives, so that what all of them let out together is told beside them.
 */
export function wayOutPermissions(deployment: CheckedDeployment): readonly Permission[] {
  const host = deployment.server?.host;
  const route = host?.internetRoute ?? 'none';
  const google = googleServer(deployment);
  return [
    ...(host === undefined || route === 'none'
      ? []
      : [whole('reachable', host.id, `its way to the internet: ${ROUTES[route]}`, `route ${route}`)]),
    ...(google === undefined ? [] : letOut(google)),
  ];
}

const ROUTES = {
  nat: 'a gateway that translates addresses',
  gateway: 'a route of its own',
  unknown: 'not in the file',
} as const;

function letOut(server: GoogleServer): readonly Permission[] {
  const ways = letOutBy(server.out, server.speaks, 'possible');
  return [...grouped(ways, ({ protocol }) => protocol)].map(([protocol, alike]) =>
    openingPermission({
      kind: 'reachable',
      subject: server.host.id,
      key: `out ${protocol}`,
      openings: alike.map((way) => ({ ports: portsOf(way), addresses: way.addresses })),
      describe: (opening) =>
        `${protocol}${alike.some(({ ports }) => ports !== undefined) ? ` ${opening.ports.describe()}` : ''} of ${opening.addresses.describe()} is reached from ${server.host.id}, ${by(opening, alike)}`,
    }),
  );
}

function by({ ports, addresses }: Opening, ways: readonly LetOut[]): string {
  const fitting = ways.filter((way) => portsOf(way).overlaps(ports) && way.addresses.overlaps(addresses));
  const rules = [...new Set(fitting.flatMap((way) => way.rules))];
  const isImplied = fitting.some(({ implied }) => implied.overlaps(addresses));
  return [
    ...(rules.length === 0 ? [] : [`let out by ${describeRules(rules)}`]),
    ...(isImplied ? ['where no rule decides'] : []),
  ].join(' and ');
}

function portsOf({ ports }: LetOut): PortSet {
  return ports === undefined ? PortSet.ALL : PortSet.range(ports.from, ports.to);
}
