import type { Host } from '../../artifact/artifact';

/**
 * The port of the containers that a port of the host leads to: the same one, where they have the host's own network.
 *
 * @returns `undefined` for a port that a machine does not publish
 */
export function containerPort({ instance }: Pick<Host, 'instance'>, port: number): number | undefined {
  if (instance === undefined) return port;
  return instance.published.find((each) => each.port === port)?.containerPort;
}

/**
 * The port of the host that leads to a port of its containers: the same one, where they have the host's own network.
 *
 * @returns `undefined` for a port that a machine does not publish
 */
export function machinePort({ instance }: Pick<Host, 'instance'>, port: number): number | undefined {
  if (instance === undefined) return port;
  return instance.published.find((each) => each.containerPort === port)?.port;
}
