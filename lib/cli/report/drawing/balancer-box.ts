import type { Balancer, BalancerListener } from '../../../artifact/artifact';
import type { Box } from './drawing';
import type { Names } from './names';

/**
 * A load balancer with its listeners.
 *
 * @param canBeGuarded whether its cloud could put security groups before it
 */
export function balancerBox(
  { id, type, scheme, groups, listeners }: Balancer,
  names: Names,
  canBeGuarded: boolean,
): Box {
  return {
    key: id,
    kind: 'balancer',
    title: names.of(id),
    lines: [`${type}, ${scheme}`, ...(groups === undefined && canBeGuarded ? ['no security group'] : [])],
    parts: listeners.map((listener, index) => listenerBox(id, listener, index, names)),
  };
}

/** The key of a listener; in some clouds it has its balancer's own id. */
export function listenerKey(balancer: string, { id }: Pick<BalancerListener, 'id'>, index: number): string {
  return `${balancer} listener ${id} ${index}`;
}

function listenerBox(balancer: string, listener: BalancerListener, index: number, names: Names): Box {
  const { port, protocol, sslPolicy, minTlsVersion } = listener;
  const tls = [minTlsVersion, sslPolicy].filter((each) => each !== undefined);
  return {
    key: listenerKey(balancer, listener, index),
    kind: 'listener',
    title: `${protocol} ${port}`,
    lines: [
      ...(listener.id === balancer ? [] : [names.of(listener.id)]),
      ...(tls.length === 0 ? [] : [tls.join(', ')]),
    ],
    parts: [],
  };
}
