import { parseCidr } from '../core/cidr';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { ListenerName } from '../core/listener';
import { isNeverPublic } from '../core/public-addresses';
import type { SecurityModel } from '../core/security-model';
import type { PeerHandle } from './peer';
import type { ServerPlan } from './server-plan';
import { takenOnMachine } from './subnet-range';

/** Whom the model admits to one listener, by what a firewall tells them by. Sorted, each once. */
export interface PeersOfDoor {
  readonly isInternet: boolean;
  /** IPv4 blocks. */
  readonly ranges: readonly string[];
  /** E-mail addresses of service accounts. */
  readonly accounts: readonly string[];
  /** Network tags. */
  readonly tags: readonly string[];
  /** Through tunnels of Identity-Aware Proxy. */
  readonly isTunnel: boolean;
}

/**
 * Sorts the peers of a listener by kind, and refuses those that the front before it could not tell from others.
 *
 * @throws UnsafeConfigurationError `PeerNotEnforceable`, `PeerUnreachable`
 */
export function peersOf(
  to: Exclude<ListenerName, 'fabric'>,
  { rules }: SecurityModel<PeerHandle>,
  front: ServerPlan['front'],
): PeersOfDoor {
  const found = { ranges: new Set<string>(), accounts: new Set<string>(), tags: new Set<string>() };
  let isInternet = false;
  let isTunnel = false;
  for (const { from } of rules.filter((rule) => rule.to === to)) {
    // `internet` stands at the ingress of an internet-facing deployment and nowhere else.
    if (from === 'internet') isInternet = true;
    else if (from.kind === 'cidr')
      found.ranges.add(reachable(to, from.cidr, to === 'ingress' && front === 'https-balancer'));
    else {
      const { handle } = from;
      assertToldApart(to, handle, front);
      if (handle.kind === 'service-account') found.accounts.add(handle.email);
      else if (handle.kind === 'tag') found.tags.add(handle.tag);
      else isTunnel = true;
    }
  }
  return {
    isInternet,
    isTunnel,
    ranges: sorted(found.ranges),
    accounts: sorted(found.accounts),
    tags: sorted(found.tags),
  };
}

function sorted(values: Set<string>): readonly string[] {
  return [...values].sort();
}

/** A rule for whom no answer reaches would admit nobody, and look as if it did. Both fronts have IPv4 addresses alone. */
function reachable(to: ListenerName, cidr: string, isOnInternet: boolean): string {
  const range = parseCidr(cidr);
  if (range.family !== 'ipv4') {
    throw unreachable(
      to,
      cidr,
      'the addresses before it are IPv4, which no IPv6 peer can connect to',
      `name the ${isOnInternet ? 'public ' : ''}IPv4 block that these peers come from`,
    );
  }
  if (isOnInternet && isNeverPublic(range)) {
    throw unreachable(
      to,
      cidr,
      'a ManagedCertificate puts a load balancer on the internet before it, where nobody arrives by a private address',
      'name the public block that they come out of, or use ProxyCertificate.fromSecret, whose load balancer is inside the network',
    );
  }
  const taken = takenOnMachine(range);
  if (taken === undefined) return cidr;
  throw unreachable(
    to,
    cidr,
    `the machine takes these addresses for ${taken}`,
    'give peers a subnet with another block',
  );
}

function unreachable(to: ListenerName, cidr: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'PeerUnreachable', given: `the ${to} admits ${cidr}`, because, write });
}

function assertToldApart(to: ListenerName, handle: PeerHandle, front: ServerPlan['front']): void {
  if (to === 'ingress' && handle.kind === 'iap-tunnel') {
    throw new UnsafeConfigurationError({
      code: 'PeerNotEnforceable',
      given: 'the ingress admits tunnels of Identity-Aware Proxy',
      because: 'callers come through the front, and a tunnel ends at the machine behind it',
      write: 'name blocks, service accounts or tags as ingress.peers; tunnels are for AdminAccess.fromIapTunnel',
    });
  }
  if (to === 'admin' || front === 'passthrough') return;
  throw new UnsafeConfigurationError({
    code: 'PeerNotEnforceable',
    given: `the ingress admits ${quote(handle)} behind an HTTPS load balancer`,
    because:
      'every call reaches the machine from the front ends of Google, which know the address of a caller and nothing else of it',
    write:
      'name blocks of addresses, or take a ProxyCertificate, whose passthrough balancer leaves callers to the firewall',
  });
}
