import type { Artifact, Balancer, SecurityGroup } from '../../../artifact/artifact';
import type { CloudNetwork, NetworkInterface, RouteTable, Subnet, TargetGroup } from '../../../artifact/network';
import { AddressSet } from '../address-set';
import { AclFilter } from './acl-filter';

const NOTHING: CloudNetwork = {
  subnets: [],
  routeTables: [],
  acls: [],
  interfaces: [],
  targetGroups: [],
  publicAddresses: [],
};

/** A subnet in which something stands, or one that the file does not show. */
export interface Place {
  /** Absent: not in the file. */
  readonly id?: string;
  /** Addresses that what stands there may have. */
  readonly addresses: AddressSet;
  readonly filter: AclFilter;
  /** Absent: not in the file. */
  readonly routes?: RouteTable;
}

/** The network of one file, by its ids. */
export class NetworkView {
  public readonly network: CloudNetwork;
  /** Addresses of the networks that the file makes. */
  public readonly local: AddressSet;
  public readonly balancers: readonly Balancer[];
  private readonly groups: ReadonlyMap<string, SecurityGroup>;
  private readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  private readonly places: ReadonlyMap<string, Place>;
  private readonly unseen: Place;

  private constructor(artifact: Artifact) {
    this.network = artifact.network ?? NOTHING;
    this.balancers = artifact.balancers;
    const blocks = (artifact.networkCidrs ?? []).flatMap((cidr) => AddressSet.parse(cidr) ?? []);
    this.local = AddressSet.unionOf([...blocks, ...this.network.subnets.map(addressesOf)]);
    this.groups = new Map(artifact.groups.map((group) => [group.id, group]));
    this.interfaces = new Map(this.network.interfaces.map((each) => [each.id, each]));
    this.unseen = { addresses: this.local.isEmpty ? AddressSet.ALL : this.local, filter: new AclFilter(undefined) };
    const filters = new Map(this.network.acls.map((acl) => [acl.id, new AclFilter(acl)]));
    const tables = new Map(this.network.routeTables.map((table) => [table.id, table]));
    this.places = new Map(
      this.network.subnets.map((subnet) => {
        const addresses = addressesOf(subnet);
        const routes = tables.get(subnet.routeTable);
        const place: Place = {
          id: subnet.id,
          addresses: addresses.isEmpty ? this.unseen.addresses : addresses,
          filter: filters.get(subnet.acl) ?? this.unseen.filter,
          ...(routes !== undefined && { routes }),
        };
        return [subnet.id, place];
      }),
    );
  }

  /** The network of an artifact, put together once. */
  public static of(artifact: Artifact): NetworkView {
    const view = VIEWS.get(artifact) ?? new NetworkView(artifact);
    VIEWS.set(artifact, view);
    return view;
  }

  public group(id: string): SecurityGroup | undefined {
    return this.groups.get(id);
  }

  /** The groups of these ids that have rules here. */
  public groupsOf(ids: readonly string[]): readonly SecurityGroup[] {
    return ids.flatMap((id) => this.groups.get(id) ?? []);
  }

  /** What stands in the network under an id, and where. */
  public interface(id: string): NetworkInterface | undefined {
    return this.interfaces.get(id);
  }

  /** What wears a group, as far as the file shows it. */
  public wearers(group: string): readonly NetworkInterface[] {
    return this.network.interfaces.filter(({ groups }) => groups.includes(group));
  }

  /** The places in which something may stand. */
  public placesOf(id: string): readonly Place[] {
    const subnets = this.interfaces.get(id)?.subnets ?? [];
    return subnets.length === 0 ? [this.unseen] : subnets.map((subnet) => this.places.get(subnet) ?? this.unseen);
  }

  public targetGroup(id: string): TargetGroup | undefined {
    return this.network.targetGroups.find((group) => group.id === id);
  }
}

const VIEWS = new WeakMap<Artifact, NetworkView>();

function addressesOf({ cidrs }: Subnet): AddressSet {
  return AddressSet.unionOf(cidrs.flatMap((cidr) => AddressSet.parse(cidr) ?? []));
}
