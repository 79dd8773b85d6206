import type { FirewallRule } from '../../../artifact/firewall-rule';
import { spell } from '../../../artifact/iam/principal';
import { AddressSet } from '../address-set';
import type { Name } from './admitted';
import type { GoogleServer } from './google-server';
import type { Front, Reach } from './reach';

/** Who comes to a port, over what, and by which rules: the witness of "reachable". `undefined`: nobody does. */
export function describeReach({ host }: GoogleServer, reach: Reach): string | undefined {
  const { port, admitted, tunnelled, probed, passing, ending, callers } = reach;
  const direct = [
    ...(callers.isEmpty ? [] : [admitted.addresses.describe()]),
    ...[...admitted.names.values()].map(({ name }) => describeName(name)),
    ...(tunnelled && callers.isEmpty ? ['tunnels of Identity-Aware Proxy (35.235.240.0/20)'] : []),
    ...(probed && callers.isEmpty && ending.length === 0 ? ["Google's probes of health"] : []),
  ];
  const over = passing.length === 0 ? '' : ` straight and over ${passing.map(describeFront).join(', ')}`;
  const ways = [
    ...(direct.length === 0 ? [] : [`${direct.join(', ')}${over}`]),
    ...ending.map((front) => `${callersOf(front)} over ${describeFront(front)}`),
  ];
  if (ways.length === 0) return undefined;
  return `${ways.join('; ')} to ${host.id} port ${port}, let in by ${describeRules(admitted.rules)}`;
}

/** Why nobody comes to some port: what blocks "not reachable". */
export function describeBlocked(server: GoogleServer, reaches: readonly Reach[]): string {
  if (reaches.length === 0) return `${server.host.id} publishes no port that leads there`;
  return reaches
    .map(({ port, shut }) => {
      const unheard = shut.map((front) => `, nor those of ${describeFront(front)}`).join('');
      return `no rule lets anybody in to ${server.host.id} port ${port}${unheard}`;
    })
    .join('; ');
}

/** A name of machines, for people. */
export function describeName(name: Name): string {
  return name.kind === 'tag' ? `machines with the tag ${name.tag}` : `machines of the account ${spell(name.account)}`;
}

/** Rules by their addresses, with their priorities. */
export function describeRules(rules: readonly FirewallRule[]): string {
  const told = rules.slice(0, 6).map(({ id, priority }) => `${id} (priority ${priority})`);
  return `${told.join(', ')}${rules.length > told.length ? ` and ${rules.length - told.length} more` : ''}`;
}

export function describeFront({ balancer, listener }: Pick<Front, 'balancer' | 'listener'>): string {
  return `port ${listener.port} of the ${balancer.scheme} balancer ${balancer.id}`;
}

function callersOf({ balancer, callers }: Front): string {
  if (!callers.equals(AddressSet.ALL)) return callers.describe();
  return balancer.scheme === 'internet-facing' ? 'everybody on the internet' : 'everybody in the network';
}
