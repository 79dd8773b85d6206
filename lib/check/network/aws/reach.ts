import type { Balancer, BalancerListener, BalancerTarget, Host } from '../../../artifact/artifact';
import type { NetworkInterface } from '../../../artifact/network';
import { AddressSet } from '../address-set';
import type { Admission } from './admission';
import { conversing, letInFrom, letsIn, letOutTo, type Station } from './hop';
import type { NetworkView, Place } from './network-view';
import { answered } from './route-filter';
import { stationOf, stationOfBalancer } from './station';

/** A port of a host. */
export interface Target {
  readonly host: Pick<Host, 'id' | 'groups' | 'publicAddress'>;
  readonly port: number;
}

/** A listener of a load balancer that forwards to a port of a host. */
export interface Via {
  readonly balancer: Balancer;
  readonly listener: BalancerListener;
  readonly target: BalancerTarget;
}

/** A way to a port: who is let in at its first door, and which of their addresses everything on the way leaves. */
export interface Path {
  /** Absent: straight to the host. */
  readonly via?: Via;
  /** Whom the groups at the first door let in. */
  readonly admission: Admission;
  /** What the host's groups say to what comes by this way: of a balancer's clients the second door. */
  readonly hostRules: Admission;
  /** Of anybody's addresses those that access lists let through, and the second door where it sees them. */
  readonly filtered: AddressSet;
  /** Of those the ones that are answered over the routes of the file. */
  readonly open: AddressSet;
}

/** A way that leads to nothing, and what blocks it. */
export interface Blocked {
  readonly via?: Via;
  readonly because: string;
}

/** Every way to a port of a host. */
export interface Reach {
  readonly paths: readonly Path[];
  readonly blocked: readonly Blocked[];
}

/** Who gets to a port of a host: straight, and over each listener that forwards there. Decided once, however many claims ask. */
export function reachOf(view: NetworkView, target: Target): Reach {
  const known = REACHES.get(target.host);
  const ports = known?.view === view ? known.ports : new Map<number, Reach>();
  if (ports !== known?.ports) REACHES.set(target.host, { view, ports });
  const reach = ports.get(target.port) ?? decideReach(view, target);
  ports.set(target.port, reach);
  return reach;
}

const REACHES = new WeakMap<Target['host'], { readonly view: NetworkView; readonly ports: Map<number, Reach> }>();

function decideReach(view: NetworkView, target: Target): Reach {
  const ways = [straight(view, target), ...viasTo(view, target).map((via) => over(view, target, via))];
  return {
    paths: ways.flatMap((way) => ('because' in way ? [] : [way])),
    blocked: ways.flatMap((way) => ('because' in way ? [way] : [])),
  };
}

/** Whether something that stands in the file's network gets to a port of a host, its own way out and the lists of its subnets included. */
export function reachedFrom(view: NetworkView, from: NetworkInterface, target: Target): boolean {
  const station = stationOf(view, from);
  const host = stationOf(view, target.host);
  if (!arriving(station, host, target.port).isEmpty) {
    return true;
  }
  return viasTo(view, target).some((via) => {
    const front = stationOfBalancer(view, via.balancer);
    return front.places.some((place) =>
      arriving(station, { ...front, places: [place] }, via.listener.port).overlaps(
        handedOn(view, { front, place, host, via, port: target.port }),
      ),
    );
  });
}

function viasTo(view: NetworkView, { host, port }: Target): readonly Via[] {
  return view.balancers.flatMap((balancer) =>
    balancer.listeners
      .filter(({ protocol }) => protocol !== 'UDP')
      .flatMap((listener) =>
        listener.targets
          .filter((target) => target.host === host.id && target.port === port)
          .map((target) => ({ balancer, listener, target })),
      ),
  );
}

function straight(view: NetworkView, { host, port }: Target): Path | Blocked {
  const station = stationOf(view, host);
  const admission = letsIn(station, port);
  if (admission.rules.length === 0) {
    return { because: `no rule of ${host.groups.join(', ') || 'any group'} admits tcp ${port}` };
  }
  const lists = station.places.map((place) => conversing(undefined, place, port));
  const routes = station.places.map((place) =>
    answered(place.routes, { local: view.local, publicAddress: host.publicAddress }),
  );
  const filtered = AddressSet.unionOf(lists);
  const open = AddressSet.unionOf(lists.map((list, index) => list.intersect(routes[index] ?? AddressSet.NONE)));
  const path = { admission, hostRules: admission, filtered, open };
  return nobody(path) ? { because: `the access lists of its subnets keep everybody from tcp ${port}` } : path;
}

function over(view: NetworkView, { host, port }: Target, via: Via): Path | Blocked {
  const { balancer, listener } = via;
  const front = stationOfBalancer(view, balancer);
  const back = stationOf(view, host);
  const admission = letsIn(front, listener.port);
  if (front.groups !== undefined && admission.rules.length === 0) {
    return { via, because: `no rule of ${front.wears.join(', ')} admits tcp ${listener.port} to ${listener.id}` };
  }
  const publicAddress = balancer.scheme === 'internet-facing';
  const parts = front.places.map((place) => {
    const filtered = conversing(undefined, place, listener.port).intersect(
      handedOn(view, { front, place, host: back, via, port }),
    );
    return { filtered, open: filtered.intersect(answered(place.routes, { local: view.local, publicAddress })) };
  });
  const path = {
    via,
    admission,
    hostRules: letsIn(back, port),
    filtered: AddressSet.unionOf(parts.map((part) => part.filtered)),
    open: AddressSet.unionOf(parts.map((part) => part.open)),
  };
  return nobody(path)
    ? {
        via,
        because: `the groups and access lists between ${balancer.id} and ${host.id} let tcp ${port} through for nobody`,
      }
    : path;
}

function nobody({ admission, filtered }: Pick<Path, 'admission' | 'filtered'>): boolean {
  return admission.members.size === 0 && admission.unknown.length === 0
    ? !admission.addresses.overlaps(filtered)
    : filtered.isEmpty;
}

/** Of the addresses of something in the network those from which a connection arrives at another end. */
function arriving(from: Station, to: Station, port: number): AddressSet {
  const isDoubted = letsIn(to, port).unknown.length > 0;
  const admitted = isDoubted ? AddressSet.ALL : letInFrom(from, to, port);
  const letOut = letOutTo(from, to, port);
  return AddressSet.unionOf(
    from.places.flatMap((place) =>
      to.places.map((there) =>
        conversing({ place, letOut }, there, port).intersect(place.addresses).intersect(admitted),
      ),
    ),
  );
}

interface HandOver {
  readonly front: Station;
  /** Where the balancer stands. */
  readonly place: Place;
  readonly host: Station;
  readonly via: Via;
  readonly port: number;
}

/**
 * The clients whose connections a balancer brings to the host: all, or, where the host sees the client's address and admits no member of
 * the balancer's groups, those whose address it admits.
 */
function handedOn(view: NetworkView, { front, place, host, via, port }: HandOver): AddressSet {
  const rules = letsIn(host, port);
  const isMember = rules.unknown.length > 0 || front.wears.some((id) => rules.members.has(id));
  const stated = view.targetGroup(via.target.group)?.preservesClientAddress ?? 'unknown';
  const keeps =
    via.balancer.type === 'network' ? [true, false].filter((kept) => stated === 'unknown' || stated === kept) : [false];
  const letOut = letOutTo(front, host, port);
  return AddressSet.unionOf(
    keeps.flatMap((kept) =>
      host.places.map((there) => {
        const seen = conversing({ place, letOut }, there, port).intersect(isMember ? AddressSet.ALL : rules.addresses);
        return kept ? seen : seen.overlaps(place.addresses) ? AddressSet.ALL : AddressSet.NONE;
      }),
    ),
  );
}
