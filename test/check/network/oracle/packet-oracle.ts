import type { Balancer, BalancerListener, BalancerTarget, GroupRule } from '../../../../lib/artifact/artifact';
import type { AclEntry, Subnet } from '../../../../lib/artifact/network';
import { allOf, type Bits, bitsOf } from './bits';
import type { Topology } from './random-topology';

/** Who sends: an address, and the groups that it wears. Something of the file's own also has a subnet and groups that filter its way out. */
export interface Sender {
  readonly address: Bits;
  readonly groups: readonly string[];
  /** Absent: from outside, or nothing that the file shows. */
  readonly subnet?: Subnet;
}

/** One end of one connection. */
interface End {
  readonly address: Bits;
  /** Absent: nothing filters it. */
  readonly groups: readonly string[] | undefined;
  readonly subnet: Subnet | undefined;
}

/**
 * Whether packets get from a sender to a port of the host and answers back, found by trying: every address of the host and of balancers,
 * every port of a client that an access list could tell from another, each rule and entry by itself.
 */
export class PacketOracle {
  private readonly blocks = new Map<string, Bits>();
  private readonly clientPorts: readonly number[];
  private readonly rules = new Map<string, readonly GroupRule[]>();
  private readonly ends = new Map<string, readonly End[]>();

  public constructor(private readonly topology: Topology) {
    const entries = topology.artifact.network.acls.flatMap((acl) => acl.entries);
    const edges = entries.flatMap(({ fromPort, toPort }) => [
      Number(fromPort),
      Number(fromPort) - 1,
      Number(toPort),
      Number(toPort) + 1,
    ]);
    this.clientPorts = [...new Set([1, 40_000, ...edges])].filter((port) => port >= 1 && port <= 65_535);
  }

  /** @param routed whether answers also have to find a route back */
  public arrives(sender: Sender, port: number, routed: boolean): boolean {
    const { artifact, host } = this.topology;
    const ends = this.endsOf(host.id, host.groups);
    const straight = ends.some(
      (end) => this.connects(sender, end, port) && (!routed || this.isAnswered(sender, end, host.publicAddress)),
    );
    return (
      straight ||
      artifact.balancers.some((balancer) =>
        balancer.listeners.some((listener) => this.arrivesOver(sender, { balancer, listener, port, routed })),
      )
    );
  }

  private arrivesOver(
    sender: Sender,
    {
      balancer,
      listener,
      port,
      routed,
    }: {
      readonly balancer: Balancer;
      readonly listener: BalancerListener;
      readonly port: number;
      readonly routed: boolean;
    },
  ): boolean {
    if (listener.protocol === 'UDP') return false;
    const fronts = this.endsOf(balancer.id, balancer.groups);
    return fronts.some(
      (front) =>
        this.connects(sender, front, listener.port) &&
        (!routed || this.isAnswered(sender, front, balancer.scheme === 'internet-facing')) &&
        listener.targets.some((target) => target.port === port && this.isHandedOn(sender, { balancer, target, front })),
    );
  }

  private isHandedOn(
    sender: Sender,
    { balancer, target, front }: { readonly balancer: Balancer; readonly target: BalancerTarget; readonly front: End },
  ): boolean {
    const { artifact, host } = this.topology;
    if (target.host !== host.id) return false;
    const group = artifact.network.targetGroups.find(({ id }) => id === target.group);
    const seen = balancer.type === 'network' && group?.preservesClientAddress === true ? sender.address : undefined;
    const places = this.endsOf(balancer.id, balancer.groups).filter(({ subnet }) => subnet === front.subnet);
    return places.some((from) =>
      this.endsOf(host.id, host.groups).some((to) =>
        this.passes({ from, to, seen: seen ?? from.address, port: target.port }),
      ),
    );
  }

  private connects({ address, groups, subnet }: Sender, to: End, port: number): boolean {
    if (subnet !== undefined) return this.passes({ from: { address, groups, subnet }, to, seen: address, port });
    const isNeighbour = to.subnet !== undefined && this.isIn(address, to.subnet);
    return (
      this.isLetIn(to, { address, groups }, port) &&
      (isNeighbour ||
        (this.lists(to.subnet, 'in', port, address) &&
          this.clientPorts.some((client) => this.lists(to.subnet, 'out', client, address))))
    );
  }

  /** From one end of the file to another, which sees an address that may be of the client before. */
  private passes({
    from,
    to,
    seen,
    port,
  }: {
    readonly from: End;
    readonly to: End;
    readonly seen: Bits;
    readonly port: number;
  }): boolean {
    const isOut =
      from.groups === undefined ||
      this.rulesOf(from.groups).some(
        (rule) =>
          rule.direction === 'out' && this.speaksOf(rule, port) && this.names(rule, to.address, to.groups ?? []),
      );
    if (!isOut || !this.isLetIn(to, { address: seen, groups: from.groups ?? [] }, port)) return false;
    if (from.subnet !== undefined && from.subnet === to.subnet) return true;
    return (
      this.lists(from.subnet, 'out', port, to.address) &&
      this.lists(to.subnet, 'in', port, seen) &&
      this.clientPorts.some(
        (client) => this.lists(to.subnet, 'out', client, seen) && this.lists(from.subnet, 'in', client, to.address),
      )
    );
  }

  private isLetIn(to: End, from: Pick<Sender, 'address' | 'groups'>, port: number): boolean {
    return (
      to.groups === undefined ||
      this.rulesOf(to.groups).some(
        (rule) => rule.direction === 'in' && this.speaksOf(rule, port) && this.names(rule, from.address, from.groups),
      )
    );
  }

  private rulesOf(groups: readonly string[]): readonly GroupRule[] {
    const key = groups.join(' ');
    const rules =
      this.rules.get(key) ??
      this.topology.artifact.groups.filter(({ id }) => groups.includes(id)).flatMap((group) => group.rules);
    this.rules.set(key, rules);
    return rules;
  }

  private speaksOf({ protocol, fromPort, toPort }: GroupRule, port: number): boolean {
    return protocol === 'all' || (protocol === 'tcp' && port >= fromPort && port <= toPort);
  }

  private names({ peer }: GroupRule, address: Bits, groups: readonly string[]): boolean {
    if (peer.kind === 'group') return groups.includes(peer.id);
    return peer.kind === 'cidr' && address.startsWith(this.block(peer.cidr));
  }

  /** The first entry by number that fits decides; without any, no. */
  private lists(subnet: Subnet | undefined, direction: AclEntry['direction'], port: number, address: Bits): boolean {
    const acl = this.topology.artifact.network.acls.find(({ id }) => id === subnet?.acl);
    if (acl === undefined) return true;
    let best: AclEntry | undefined;
    for (const entry of acl.entries) {
      const isOfIt =
        entry.direction === direction &&
        (entry.protocol === 'all' ||
          (entry.protocol === 'tcp' && Number(entry.fromPort) <= port && port <= Number(entry.toPort))) &&
        address.startsWith(this.block(entry.cidr));
      if (isOfIt && (best === undefined || Number(entry.number) < Number(best.number))) best = entry;
    }
    return best?.action === 'allow';
  }

  private isAnswered({ address }: Sender, { subnet }: End, publicAddress: boolean): boolean {
    const { network, networkCidrs = [] } = this.topology.artifact;
    const table = network.routeTables.find(({ id }) => id === subnet?.routeTable);
    if (table === undefined || networkCidrs.some((cidr) => address.startsWith(this.block(cidr)))) return true;
    const [route] = table.routes
      .filter(({ destination }) => address.startsWith(this.block(destination)))
      .sort((one, other) => this.block(other.destination).length - this.block(one.destination).length);
    if (route === undefined || route.target === 'out') return false;
    return route.target === 'network' || publicAddress || address.startsWith('6');
  }

  private endsOf(id: string, groups: readonly string[] | undefined): readonly End[] {
    const { network } = this.topology.artifact;
    const placed = network.interfaces.find((each) => each.id === id)?.subnets ?? [];
    const made = (): readonly End[] =>
      network.subnets
        .filter((subnet) => placed.includes(subnet.id))
        .flatMap((subnet) =>
          subnet.cidrs.flatMap((cidr) => allOf(this.block(cidr))).map((address) => ({ address, groups, subnet })),
        );
    const ends = this.ends.get(id) ?? made();
    this.ends.set(id, ends);
    return ends;
  }

  private isIn(address: Bits, { cidrs }: Subnet): boolean {
    return cidrs.some((cidr) => address.startsWith(this.block(cidr)));
  }

  private block(cidr: string): Bits {
    const known = this.blocks.get(cidr) ?? bitsOf(cidr);
    this.blocks.set(cidr, known);
    return known;
  }
}
