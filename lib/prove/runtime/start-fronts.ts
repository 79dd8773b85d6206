import type { BalancerListener, BalancerTarget } from '../../artifact/artifact';
import { startBalancer } from '../network/balancer';
import { type HttpBalancerOptions, startHttpBalancer } from '../network/http-balancer';
import { ownAddresses } from '../network/seat';
import type { SeatedBalancer } from '../network/seat-plan';
import { tlsVersions } from '../network/ssl-policy';
import type { IssuedCertificate } from '../issuer/certificate-authority';
import type { Run } from './prepare-run';

/**
 * Starts what stands before the host.
 *
 * @returns what the run does in the cloud's stead, a line each
 */
export async function startFronts(run: Run): Promise<readonly string[]> {
  const { network, host, authority, hostname, admin } = run;
  const started = await Promise.all(
    network.balancers.map(async (front) => {
      const isOperators = front.seat === 'admin-balancer';
      const issued = await authority.issue([isOperators ? (admin?.hostname ?? hostname) : hostname]);
      if (host.instance !== undefined && front.balancer.type === 'application') return playHttp(run, front, issued);
      const { emulated } = await startBalancer({
        balancer: front.balancer,
        enter: network.enter(front.seat),
        addresses: { [host.id]: taskAddress(run) },
        ...issued,
      });
      return emulated;
    }),
  );
  return started.flat();
}

/** Google's balancer of HTTP is an Envoy itself. */
async function playHttp(
  run: Run,
  { balancer, seat, address }: SeatedBalancer,
  issued: IssuedCertificate,
): Promise<readonly string[]> {
  const { network, host, options } = run;
  const said = balancer.listeners.map(async (listener) => {
    const { id, protocol: spoken, port } = listener;
    const name = `balancer listener ${id} (${spoken} ${port})`;
    const target = listener.targets.find((each) => each.host === host.id);
    const protocol = target && protocolOf(target);
    if (spoken !== 'HTTPS' || target === undefined || protocol === undefined)
      return `${name}: not forwarded in the run`;
    await startHttpBalancer({
      envoy: options.toolchain.envoy,
      enter: network.enter(seat),
      port,
      tls: versionsOf(listener),
      ...issued,
      target: { address: taskAddress(run), port: target.port, protocol },
      address,
    });
    return `${name}: an Envoy that ends TLS and HTTP with a certificate of the run, adds addresses to x-forwarded-for, and forwards from the balancer's address`;
  });
  return Promise.all(said);
}

function protocolOf({ protocol }: BalancerTarget): HttpBalancerOptions['target']['protocol'] | undefined {
  return protocol === 'HTTPS' || protocol === 'HTTP' ? protocol : undefined;
}

function versionsOf({ sslPolicy, minTlsVersion }: BalancerListener): HttpBalancerOptions['tls'] {
  return { ...tlsVersions(sslPolicy), maxVersion: 'TLSv1.3', ...(minTlsVersion && { minVersion: minTlsVersion }) };
}

function taskAddress({ network }: Run): string {
  return ownAddresses(network.seat('task')).address;
}
