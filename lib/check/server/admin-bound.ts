import type { RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import { boundListeners } from './bound-listeners';
import { serverClaim } from './server-claim';
import { broken, unproven } from './wrong';

/** Decides of the server's listeners whether the admin API is on loopback although the proxy leads nobody there. */
export const ADMIN_BOUND: CheckedClaim = serverClaim('bind-narrow', (server) => {
  const { listeners, doubt } = boundListeners(server.restate);
  const admin = listeners.find(({ listener }) => listener === 'admin');
  if (doubt !== undefined) return unproven(doubt);
  if (admin?.tcp === undefined) return { verdict: 'holds', evidence: 'the admin API is on a unix socket alone' };
  if (admin.tcp === 'unknown') return unproven(`where the admin API listens is not known: ${admin.said}`);
  const { address, port } = admin.tcp;
  return leadsTo(server, port)
    ? { verdict: 'holds', evidence: `the admin API is at ${address}:${port}, where the proxy leads operators` }
    : broken(
        `the admin API is at ${address}:${port} (${admin.said}), where the proxy leads nobody: a unix socket would do`,
      );
});

/** Whether the proxy's configuration names the port at all. */
function leadsTo({ envoy }: RestateDeployment, port: number): boolean {
  const words = [...(envoy?.entryPoint ?? []), ...(envoy?.command ?? [])].flat();
  return words.some((word) => typeof word === 'string' && new RegExp(`"?port_value"?: ?${port}\\b`).test(word));
}
