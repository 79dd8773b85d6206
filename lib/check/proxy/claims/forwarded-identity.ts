import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Http, Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf } from '../ways';
import { believesTooMany, hopsBefore, takesAddressFromHeader, trustedHops } from './fronts';
import { FORWARDED_HEADERS } from './headers-allow-listed';

/** Whether nobody is taken for somebody else by what a header says. */
export const FORWARDED_IDENTITY_NOT_TRUSTED: CheckedClaim = proxyClaim({
  id: 'forwarded-identity-not-trusted',
  judge: (proxy, deployment) => {
    const judged = doorsOf(proxy).flatMap((listener) =>
      listener.chains.flatMap(({ http }) =>
        http === undefined ? [] : judgeDoor(listener, http, { proxy, deployment }),
      ),
    );
    if (judged.length === 0) return [notApplicable('no listener of the proxy leads to the server')];
    return [...judged, ...FORWARDED_HEADERS(proxy)];
  },
  withoutProxy: broken('no proxy stands before the server, which gets every header as it was sent'),
});

function judgeDoor(
  { name, port }: Listener,
  { manager }: Http,
  { proxy, deployment }: { readonly proxy: Proxy; readonly deployment: CheckedDeployment },
): readonly Judgement[] {
  const where = `listener ${name}`;
  const trusted = trustedHops(manager);
  const hops = hopsBefore(deployment.artifact, proxy.host, port);
  const certificates = manager.text('forward_client_cert_details') ?? 'SANITIZE';
  const addresses = manager.message('internal_address_config');
  const faults = [
    ...(takesAddressFromHeader(manager) ? ['takes the address of a caller from x-forwarded-for'] : []),
    ...(believesTooMany(manager, hops)
      ? [`believes ${trusted} addresses of x-forwarded-for, of which balancers add ${hops}: the caller says the rest`]
      : []),
    ...((addresses?.count('cidr_ranges') ?? 0) > 0 ? ['takes x-envoy-* from addresses that it calls internal'] : []),
    ...(/^(?:SANITIZE|SANITIZE_SET)$/.test(certificates) ? [] : [`takes a certificate from a header: ${certificates}`]),
  ];
  if (faults.length > 0) return faults.map((fault) => broken(`${where} ${fault}`));
  if (hops === 'unknown') return [unproven(`${where}: what stands before it is not known`)];
  if (addresses === undefined)
    return [
      unproven(`${where} does not say that no address is internal: older proxies take x-envoy-* from private ones`),
    ];
  return [
    holds(
      `${where} believes no header about who calls${trusted > 0 ? ` but what the ${trusted} hops before it add` : ''}`,
    ),
  ];
}
