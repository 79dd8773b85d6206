import type { IamGrant } from '../../../artifact/iam-grant';
import { principalOf, spell } from '../../../artifact/iam/principal';
import { sameText } from '../../../artifact/same-text';
import { literal } from '../../../artifact/text';
import type { GoogleServer } from './google-server';

/** What lets somebody open a tunnel of IAP to a port of a machine. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
const TUNNELS = 'roles/iap.tunnelResourceAccessor';
const ROLES = [TUNNELS, 'roles/iap.admin', 'roles/owner'];
const PERMISSION = 'iap.tunnelInstances.accessViaIAP';
const EVERYWHERE: readonly IamGrant['level'][] = ['project', 'folder', 'organization', 'unknown'];

/** Who may open a tunnel to a machine, as far as the file says. */
export interface Tunnellers {
  /** As grants spell them. */
  readonly members: readonly string[];
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
    if (text.startsWith('domain:')) return [`${grant.id} lets everybody of ${text} open tunnels`];
    const isOwn = [server.instance.account, ...(server.artifact.cloudRun ?? []).map(({ account }) => account)].some(
      (account) => account !== undefined && sameText(withoutKind(member), account) === true,
    );
    return isOwn ? [`${grant.id} lets ${text} open tunnels, an account of the deployment itself`] : [];
  });
  const unknown = members.filter(({ member }) => principalOf(member).kind === 'unknown');
  const untold = grants.filter((grant) => grant.level === 'instance' && literal(grant.role) === undefined);
  return {
    members: members.map(({ member }) => spell(member)),
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

/** A grant by which somebody may open tunnels to more of the machine than somebody needs, and why. */
export interface WideTunnel {
  readonly grant: IamGrant;
  readonly why: string;
}

/** `destination.port == 8444`, alone or beside others that narrow it further. */
const ONE_PORT = /^\s*destination\.port\s*==\s*(\d{1,5})\s*(?:&&[^|?]*)?$/;

/**
 * The grants of tunnels that do not end at the ports of operators, or are of a role that permits more than tunnels.
 *
 * @param ports of the machine, at which operators are served
 */
export function wideTunnels(server: GoogleServer, ports: readonly number[]): readonly WideTunnel[] {
  const grants = (server.artifact.grants ?? []).filter((grant) => isAbout(server, grant) && isOfTunnels(grant));
  return grants.flatMap((grant): readonly WideTunnel[] => {
    const role = literal(grant.role);
    const [, port] = ONE_PORT.exec(grant.condition ?? '') ?? [];
    const whys = [
      ...(role === undefined || role === TUNNELS || grant.permissions !== undefined
        ? []
        : [`it gives ${role}, of which opening tunnels (${TUNNELS}) is a part`]),
      ...(grant.level === 'instance' ? [] : ['it is on every machine, and the server is one']),
      ...(port !== undefined && ports.includes(Number(port))
        ? []
        : [
            grant.conditional
              ? `its condition ${JSON.stringify(grant.condition ?? 'that the cloud alone knows')} is not one on the port of operators (destination.port == ${ports[0] ?? 'none'})`
              : `it has no condition on the port of operators (destination.port == ${ports[0] ?? 'none'}): tunnels lead to every port that the firewall leaves open to them`,
          ]),
    ];
    return whys.map((why) => ({ grant, why }));
  });
}

/** On a machine any role is about tunnels; elsewhere those that say so. */
function isOfTunnels(grant: IamGrant): boolean {
  const isOfRoom =
    literal(grant.role)?.startsWith('roles/iap.') === true || grant.permissions?.includes(PERMISSION) === true;
  return isOfRoom || (grant.level === 'instance' && /_iap_/.test(grant.id));
}

/** `serviceAccount:` before the account. */
function withoutKind(member: IamGrant['members'][number]): IamGrant['members'][number] {
  const [first, ...rest] = member;
  if (typeof first !== 'string') return member;
  const name = first.replace(/^serviceAccount:/, '');
  return name === '' ? rest : [name, ...rest];
}
