import type { IamGrant } from '../../../artifact/iam-grant';
import { principalOf, spell } from '../../../artifact/iam/principal';
import { sameText } from '../../../artifact/same-text';
import { literal } from '../../../artifact/text';
import type { GoogleServer } from './google-server';

/** What lets somebody open a tunnel of IAP to a port of a machine. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
const ROLES = ['roles/iap.tunnelResourceAccessor', 'roles/owner'];
const PERMISSION = 'iap.tunnelInstances.accessViaIAP';
const EVERYWHERE: readonly IamGrant['level'][] = ['project', 'folder', 'organization', 'unknown'];

/** Who may open a tunnel to a machine, as far as the file says. */
export interface Tunnellers {
  readonly named: readonly string[];
  /** Why they are nobody in particular. */
  readonly wide: readonly string[];
  readonly unknown: readonly string[];
}

/** Those whom the file lets open tunnels to a machine: by the machine, its project, or all that is above. */
export function tunnellersOf(server: GoogleServer): Tunnellers {
  const grants = (server.artifact.grants ?? []).filter((grant) => isAbout(server, grant));
  const opening = grants.filter(opensTunnels);
  const members = opening.flatMap((grant) => grant.members.map((member) => ({ grant, member })));
  const wide = members.flatMap(({ grant, member }) => {
    const { kind } = principalOf(member);
    const text = spell(member);
    if (kind === 'anybody' || kind === 'authenticated') return [`${grant.id} lets ${text} open tunnels`];
    const isOwn = [server.instance.account, ...(server.artifact.cloudRun ?? []).map(({ account }) => account)].some(
      (account) => account !== undefined && sameText(withoutKind(member), account) === true,
    );
    return isOwn ? [`${grant.id} lets ${text} open tunnels, an account of the deployment itself`] : [];
  });
  const unknown = members.filter(({ member }) => principalOf(member).kind === 'unknown');
  const untold = grants.filter((grant) => grant.level === 'instance' && literal(grant.role) === undefined);
  return {
    named: members.map(({ grant, member }) => `${spell(member)} (${grant.id})`),
    wide,
    unknown: [
      ...unknown.map(({ grant }) => `whom ${grant.id} lets open tunnels is not known`),
      ...untold.filter((grant) => !opensTunnels(grant)).map(({ id }) => `what ${id} allows is not known`),
      ...(opening.length === 0 ? ['the file does not say who may open tunnels to the machine'] : []),
    ],
  };
}

function isAbout({ artifact, host }: GoogleServer, { level, on }: IamGrant): boolean {
  if (level !== 'instance') return EVERYWHERE.includes(level);
  return !on.some(
    (part) =>
      typeof part !== 'string' && artifact.hosts.some(({ id }) => id === part.logicalId && !host.id.startsWith(id)),
  );
}

function opensTunnels({ role, permissions }: IamGrant): boolean {
  return ROLES.includes(literal(role) ?? '') || permissions?.includes(PERMISSION) === true;
}

/** `serviceAccount:` before the account. */
function withoutKind(member: IamGrant['members'][number]): IamGrant['members'][number] {
  const [first, ...rest] = member;
  if (typeof first !== 'string') return member;
  const name = first.replace(/^serviceAccount:/, '');
  return name === '' ? rest : [name, ...rest];
}
