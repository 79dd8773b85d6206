import type { Deployment } from '../../deployment';

/** What our own listeners answer, so that they are never taken for the server. */
export const CANARY_ANSWER = 'portcullis canary';

const opened = new WeakMap<Deployment, Map<string, Promise<void>>>();

/**
 * Makes sure that something listens on a port of the task's own interface, in both address families: the server, if it does, else a
 * listener of ours. So it is the security group alone that keeps somebody from it, and not that nobody would have answered.
 *
 * Stays open until the run ends, since several attacks share it.
 */
export async function occupyTaskPort(deployment: Deployment, port: number): Promise<void> {
  const ports = opened.get(deployment) ?? new Map<string, Promise<void>>();
  opened.set(deployment, ports);
  await Promise.all(
    [deployment.taskAddress, deployment.taskAddress6].map((address) => {
      const key = `${address} ${port}`;
      const open = ports.get(key) ?? openCanary(deployment, address, port);
      ports.set(key, open);
      return open;
    }),
  );
}

async function openCanary(deployment: Deployment, address: string, port: number): Promise<void> {
  try {
    await deployment.place('task').listen({ address, port, answer: CANARY_ANSWER });
  } catch (error) {
    if (!/EADDRINUSE/.test(error instanceof Error ? error.message : String(error))) throw error;
  }
}
