import type { BalancerSettings } from '../../artifact/balancer-settings';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { storeClaim } from '../stores/store-claim';

/** Each balancer that leads to the server stays when its stack is deleted by mistake, and serves every zone. */
export const BALANCERS_PROTECTED: CheckedClaim = storeClaim(
  'balancers-protected',
  ({ artifact, server }) =>
    (artifact.balancerSettings ?? [])
      .filter(({ id }) =>
        artifact.balancers.some(
          (balancer) =>
            balancer.id === id &&
            balancer.listeners.some(({ targets }) => targets.some(({ host }) => host === server?.host.id)),
        ),
      )
      .map(balancerFinding),
  'no balancer of this file leads to the server',
);

function balancerFinding({
  id,
  deletionProtected,
  crossZone,
  dropsInvalidHeaders,
  unmodelled,
}: BalancerSettings): Finding {
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({
    verdict,
    subject: id,
    evidence: `${id} ${evidence}`,
  });
  const faults = [
    ...(deletionProtected === false ? ['can be deleted: deletion_protection.enabled is not true'] : []),
    ...(crossZone === false
      ? [
          'forwards from each zone to targets of that zone alone, of which most have none: load_balancing.cross_zone.enabled is not true',
        ]
      : []),
    ...(dropsInvalidHeaders === false
      ? ['passes on header fields that are none: routing.http.drop_invalid_header_fields.enabled is not true']
      : []),
  ];
  if (faults.length > 0) return of('broken', faults.join('; '));
  if ([deletionProtected, crossZone, dropsInvalidHeaders].includes('unknown'))
    return of('unproven', 'has attributes that are not known from the file');
  if (unmodelled.length > 0) return of('unproven', `has attributes that are not understood: ${unmodelled.join(', ')}`);
  return of('holds', 'cannot be deleted, and serves every zone');
}
