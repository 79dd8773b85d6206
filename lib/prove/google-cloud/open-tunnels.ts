import type { IamGrant } from '../../artifact/iam-grant';
import { literal } from '../../artifact/text';
import type { ClaimSubject } from '../../claims/claim-subject';
import { principalOf } from '../../artifact/iam/principal';

/** What lets somebody open a tunnel of IAP to a port of a machine. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
const ROLE = 'roles/iap.tunnelResourceAccessor';
const PERMISSION = 'iap.tunnelInstances.accessViaIAP';

/** Grants by which anybody, or anybody with an account of Google's, may open a tunnel to a machine: nobody of the run comes by one. */
export function openTunnels({ artifact, host }: ClaimSubject): readonly string[] {
  if (host.instance === undefined) return [];
  const isElsewhere = ({ level, on }: IamGrant): boolean =>
    level === 'instance' &&
    on.some(
      (part) =>
        typeof part !== 'string' && artifact.hosts.some(({ id }) => id === part.logicalId && !host.id.startsWith(id)),
    );
  return (artifact.grants ?? [])
    .filter((grant) => opensTunnels(grant) && !isElsewhere(grant))
    .flatMap(({ id, members, conditional }) =>
      members.flatMap((member) => {
        const { kind } = principalOf(member);
        if (kind !== 'anybody' && kind !== 'authenticated') return [];
        const who = kind === 'anybody' ? 'allUsers' : 'allAuthenticatedUsers';
        const when = conditional ? ', on a condition that is not decided' : '';
        return [`${id} lets ${who} open tunnels to the machine${when}, by which nobody attacked`];
      }),
    );
}

function opensTunnels({ role, permissions }: IamGrant): boolean {
  return literal(role) === ROLE || permissions?.includes(PERMISSION) === true;
}
