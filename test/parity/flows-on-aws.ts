import type { GroupRule } from '../../lib/artifact/artifact';
import type { CheckedDeployment } from '../../lib/check/checked-deployment';
import { type Admission, blockOf } from '../../lib/check/network/aws/admission';
import { type AwsServer, awsServer } from '../../lib/check/network/aws/aws-server';
import { reachOf } from '../../lib/check/network/aws/reach';
import { healthPorts } from '../../lib/check/network/health-ports';
import { RESTATE_PORTS } from '../../lib/restate/listeners';
import { PortSet } from '../../lib/check/network/port-set';
import { doorOf, ledTo, wayIn, wayOut } from './flow-lines';

/** Who reaches what, and what is reached from there, one fact a line. */
export function flowsOnAws(deployment: CheckedDeployment): readonly string[] {
  const server = awsServer(deployment)!;
  return [...waysIn(server, healthPorts(deployment)), ...strays(server), ...waysOut(server), ...server.doubts];
}

function waysIn(server: AwsServer, health: ReadonlySet<number>): readonly string[] {
  const { listening, view, host } = server;
  const ports = new Set([
    ...listening.ports.filter(({ exposed }) => exposed).map(({ port }) => port),
    ...Object.values(RESTATE_PORTS),
  ]);
  return [...ports].flatMap((port) => {
    const door = doorOf(listening, port, health);
    return reachOf(view, { host, port }).paths.flatMap(({ via, admission, filtered }) => [
      ...(via === undefined ? [] : [ledTo(door, via)]),
      ...sourcesOf(server, { ...admission, addresses: admission.addresses.intersect(filtered) }).flatMap((source) =>
        wayIn({ door, protocol: 'tcp', port: via?.listener.port ?? port, source }),
      ),
    ]);
  });
}

/** What the groups of the host, its machine and its balancers let in to where nothing is. */
function strays({ view, host, listening, artifact }: AwsServer): readonly string[] {
  const fronts = artifact.balancers.map(({ groups = [], listeners }) => ({
    groups,
    ports: listeners.map(({ port }) => port),
  }));
  const own = listening.ports.filter(({ exposed }) => exposed).map(({ port }) => port);
  const ends = [{ groups: host.groups, ports: own }, { groups: host.machine?.groups ?? [], ports: [] }, ...fronts];
  return ends.flatMap(({ groups, ports }) =>
    view
      .groupsOf(groups)
      .flatMap(({ rules }) => rules.filter(({ direction }) => direction === 'in'))
      .filter((rule) => rule.protocol !== 'tcp' || !PortSet.of(...ports).covers(portsOf(rule)))
      .map((rule) => `stray ${rule.protocol} ${portsOf(rule).describe()} by ${rule.id ?? ''}`),
  );
}

function waysOut({ view, host, artifact }: AwsServer): readonly string[] {
  const of = (groups: readonly string[], who: string): readonly string[] =>
    view
      .groupsOf(groups)
      .flatMap(({ rules }) => rules.filter(({ direction }) => direction === 'out'))
      .flatMap((rule) => {
        const blocks = blockOf(rule).cidrs();
        const to = blocks.length > 0 ? blocks : [`group ${peerName(rule, artifact.name)}`];
        return to.map((each) => wayOut({ who, protocol: rule.protocol, ports: portsOf(rule).describe(), to: each }));
      });
  return [...of(host.groups, 'server'), ...of(host.machine?.groups ?? [], 'machine')];
}

function peerName({ peer }: GroupRule, unknown: string): string {
  return peer.kind === 'group' ? nameOf(peer.id) : unknown;
}

function portsOf({ protocol, fromPort, toPort }: GroupRule): PortSet {
  return protocol === 'all' || fromPort < 0 ? PortSet.ALL : PortSet.range(fromPort, toPort);
}

function sourcesOf({ artifact }: AwsServer, { addresses, members, unknown }: Admission): readonly string[] {
  const fronts = new Set(artifact.balancers.flatMap(({ groups = [] }) => groups));
  return [
    ...addresses.cidrs(),
    ...[...members].map((id) => (fronts.has(id) ? `balancer ${nameOf(id)}` : `workload ${nameOf(id)}`)),
    ...unknown,
  ];
}

/** Of a logical id the name that the construct has: its own hash and what it stands in left out. */
function nameOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '').replace(/^(?:Workload|RestateSecurityGroups)/, '');
}
