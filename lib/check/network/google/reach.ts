import type { Balancer, BalancerListener } from '../../../artifact/artifact';
import { sameText } from '../../../artifact/same-text';
import { AddressSet } from '../address-set';
import { type Admitted, admittedBy } from './admitted';
import { frontCallers } from './front-callers';
import { type GoogleServer, machinePortsOf } from './google-server';
import { FRONT_ENDS, PROBERS, TUNNELS } from './google-ranges';
import type { Listening } from '../listening';
import { type Mode, speaking } from './rule-order';

/** A forwarding rule, and what of it leads to a port of a machine. */
export interface Front {
  readonly balancer: Balancer;
  readonly listener: BalancerListener;
  /** Of those who reach it the addresses that it lets call, where it asks for them itself: else all. */
  readonly callers: AddressSet;
}

/** Who gets to a port of a machine. */
export interface Reach {
  /** The port of the machine. */
  readonly port: number;
  /** Whom the firewall lets in to it, Google's own ranges among them. */
  readonly admitted: Admitted;
  /** Of their addresses those that are of anybody: neither of Google's front ends and probes nor of its tunnels. */
  readonly callers: AddressSet;
  /** Whether tunnels of Identity-Aware Proxy are let in. */
  readonly tunnelled: boolean;
  /** Whether probes of health are. */
  readonly probed: boolean;
  /** Balancers that hand packets on as they come, so that the firewall judges the callers themselves. */
  readonly passing: readonly Front[];
  /** Balancers that end the connection and are let in to the machine, so that whoever reaches them reaches it. */
  readonly ending: readonly Front[];
  /** Those that are not let in. */
  readonly shut: readonly Front[];
}

/** Who gets to each port of the machine that leads to where something listens. None: the machine publishes none. */
export function reachesOf(server: GoogleServer, listening: Pick<Listening, 'port'>, mode: Mode): readonly Reach[] {
  return machinePortsOf(server, listening).map((port) => reachOf(server, port, mode));
}

/** Who gets to a port of the machine over TCP. */
export function reachOf(server: GoogleServer, port: number, mode: Mode): Reach {
  const known = REACHES.get(server) ?? new Map<string, Reach>();
  REACHES.set(server, known);
  const key = `${mode} ${port}`;
  const made = known.get(key) ?? decide(server, port, mode);
  known.set(key, made);
  return made;
}

const REACHES = new WeakMap<GoogleServer, Map<string, Reach>>();

function decide(server: GoogleServer, port: number, mode: Mode): Reach {
  const { artifact, host, local, speaks } = server;
  const found = admittedBy(speaking(server.in, { protocol: 'tcp', port }, mode), speaks);
  // A name is worn inside the network alone.
  const names = [...found.names].map(([key, named]) => {
    const addresses = local.isEmpty ? named.addresses : named.addresses.intersect(local);
    return [key, { ...named, addresses }] as const;
  });
  const admitted = { ...found, names: new Map(names.filter(([, { addresses }]) => !addresses.isEmpty)) };
  const fronts = artifact.balancers.flatMap((balancer) =>
    balancer.listeners
      .filter(({ protocol }) => protocol !== 'UDP')
      .map((listener) => ({
        listener,
        targets: listener.targets.filter((target) => target.host === host.id && target.port === port),
      }))
      .filter(({ targets }) => targets.length > 0)
      .map(({ listener, targets }): Front => ({
        balancer,
        listener,
        callers: AddressSet.unionOf(targets.map((target) => frontCallers(target, mode))),
      })),
  );
  const isLetIn = ({ balancer }: Front): boolean => frontEnds(server, balancer, mode).overlaps(admitted.addresses);
  const ends = fronts.filter(({ balancer }) => balancer.type !== 'passthrough');
  return {
    port,
    admitted,
    callers: admitted.addresses.subtract(PROBERS).subtract(TUNNELS),
    tunnelled: admitted.addresses.overlaps(TUNNELS),
    probed: admitted.addresses.overlaps(PROBERS),
    passing: fronts.filter(({ balancer }) => balancer.type === 'passthrough'),
    ending: ends.filter(isLetIn),
    shut: ends.filter((front) => !isLetIn(front)),
  };
}

/** Where a balancer that ends connections speaks to machines from: Google's front ends, or the subnet of proxies of its network. */
function frontEnds({ vpc, instance, local }: GoogleServer, { id }: Balancer, mode: Mode): AddressSet {
  if (/(?:^|\.)google_compute_global_forwarding_rule\./.test(id)) return FRONT_ENDS;
  const subnets = vpc.subnets.filter(
    ({ isOfProxies, network }) =>
      isOfProxies === true && network !== undefined && sameText(network, instance.network) !== false,
  );
  const known = AddressSet.unionOf(
    subnets.flatMap(({ ranges }) => ranges.flatMap((range) => AddressSet.parse(range) ?? [])),
  );
  if (!known.isEmpty) return known;
  const unknown = local.isEmpty ? AddressSet.ALL : local;
  return mode === 'sure' ? AddressSet.NONE : unknown.union(FRONT_ENDS);
}
