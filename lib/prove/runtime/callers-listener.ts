import type { Host } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { listenersOf } from '../../artifact/bootstrap-facts';
import { operatorsPort } from '../admin-door/operators-port';
import { callersListener } from '../network/fronts-of';
import type { Network } from '../network/network';
import { containerPort } from '../network/published-ports';

/** The port of the proxy that callers are led to: by the first balancer before it, or its own where there is none. */
export function callersPort(network: Pick<Network, 'balancers'>, host: Host, bootstrap: Bootstrap): number | undefined {
  const admin = operatorsPort(host, bootstrap);
  const front = network.balancers[0]?.balancer;
  const targets = front === undefined ? [] : (callersListener(front, host, admin)?.targets ?? []);
  const led = targets.find((target) => target.host === host.id);
  const port = led && containerPort(host, led.port);
  return port ?? listenersOf(bootstrap).find((each) => each.tls && each.port !== admin)?.port;
}

/** The bootstrap with no other listener than the one of a port; as it is where there is none. */
export function withListenerAlone(bootstrap: Bootstrap, port: number | undefined): Bootstrap {
  const resources = bootstrap['static_resources'] as { readonly listeners?: readonly unknown[] } | undefined;
  const ports = listenersOf(bootstrap).map((listener) => listener.port);
  const listeners = (resources?.listeners ?? []).filter((_, index) => ports[index] === port);
  return listeners.length === 0 ? bootstrap : { ...bootstrap, static_resources: { ...resources, listeners } };
}
