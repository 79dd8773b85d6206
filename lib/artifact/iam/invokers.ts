import type { Artifact } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import type { IamGrant } from '../iam-grant';
import { restateContainer } from '../role';
import { sameText } from '../same-text';
import type { Text } from '../text';
import { powersOf, type Power } from './powers';
import { accountKey, principalOf, spell, type Principal } from './principal';

/** Somebody, and the grants by which: the last one first. */
export interface Holder {
  readonly principal: Principal;
  /** Addresses of the grants' resources. */
  readonly by: readonly string[];
}

/** Who may do something, and what the files leave open about it. */
export interface Holders {
  readonly holders: readonly Holder[];
  /** Sentences; empty where all is decided. */
  readonly undecided: readonly string[];
}

/** Grants on one of these hold on everything below. */
const ABOVE = ['project', 'folder', 'organization'];

/**
 * Who may call a service with a token of their own, by a role on it, its project, folder or organization. A condition, a role that the
 * files do not define and a member that they do not name leave it undecided.
 */
export function directInvokers(artifact: Artifact, service: CloudRunService): Holders {
  return holdersOf(artifact, 'invoke', (grant) => concernsService(grant, service, artifact));
}

/** Who may have an ID token made in the name of an account; `account` as {@link accountKey} spells it. */
export function directMinters(artifact: Artifact, account: string): Holders {
  return holdersOf(artifact, 'mint', (grant) => concernsAccount(grant, account));
}

/** Who may act as an account in everything. */
export function directImpersonators(artifact: Artifact, account: string): Holders {
  return holdersOf(artifact, 'become', (grant) => concernsAccount(grant, account));
}

/**
 * Everybody who can call a service by whatever chain of grants: with a token of their own, with one that they have made in the name of
 * somebody who may, or as somebody who can do that.
 */
export function invokersByEveryPath(artifact: Artifact, service: CloudRunService): Holders {
  const direct = directInvokers(artifact, service);
  const found = new Map<string, Holder>(direct.holders.map((holder) => [keyOf(holder.principal), holder]));
  const undecided = new Set(direct.undecided);
  const waiting = [...direct.holders];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { principal, by } = next;
    if (principal.kind !== 'account') continue;
    for (const other of othersAs(artifact, principal.key)) undecided.add(`${other} runs as ${principal.key}, too`);
    const isDirect = direct.holders.includes(next);
    // A token in the name of somebody who only has others make tokens opens nothing: he has to be acted as.
    const ways = [...(isDirect ? [directMinters] : []), directImpersonators];
    for (const way of ways) {
      const { holders, undecided: doubts } = way(artifact, principal.key);
      for (const doubt of doubts) undecided.add(doubt);
      for (const holder of holders) {
        if (found.has(keyOf(holder.principal))) continue;
        const longer = { principal: holder.principal, by: [...holder.by, ...by] };
        found.set(keyOf(holder.principal), longer);
        waiting.push(longer);
      }
    }
  }
  return { holders: [...found.values()], undecided: [...undecided] };
}

/** Services and machines beside the server's own that have an account, and with it all that it may do. */
function othersAs({ cloudRun = [], hosts }: Artifact, account: string): readonly string[] {
  const isOurs = (own: Text | undefined): boolean => own !== undefined && accountKey(own) === account;
  const machines = hosts.filter((host) => restateContainer(host) === undefined && isOurs(host.instance?.account));
  return [...cloudRun.filter((service) => isOurs(service.account)), ...machines].map(({ id }) => id);
}

/** One word for a principal, equal for equal ones. */
export function keyOf(principal: Principal): string {
  return 'key' in principal ? `${principal.kind} ${principal.key}` : principal.kind;
}

function holdersOf(
  { grants = [] }: Artifact,
  power: Power,
  concerns: (grant: IamGrant) => boolean | undefined,
): Holders {
  const holders: Holder[] = [];
  const undecided: string[] = [];
  for (const grant of grants) {
    const concerned = concerns(grant);
    const powers = powersOf(grant);
    if (concerned === false || powers?.includes(power) === false) continue;
    const principals = grant.members.map(principalOf);
    const doubt = doubtOf(grant, { concerned, powers, principals });
    if (doubt !== undefined) undecided.push(`${grant.id}: ${doubt}`);
    if (concerned === undefined || powers === undefined || grant.conditional) continue;
    const named = principals.filter(({ kind }) => kind !== 'set' && kind !== 'unknown');
    holders.push(...named.map((principal) => ({ principal, by: [grant.id] })));
  }
  return { holders, undecided };
}

function doubtOf(
  grant: IamGrant,
  found: {
    readonly concerned: boolean | undefined;
    readonly powers: readonly Power[] | undefined;
    readonly principals: readonly Principal[];
  },
): string | undefined {
  if (found.powers === undefined) return `what the role ${spell(grant.role)} permits stands in no file`;
  if (found.concerned === undefined) return `what it is granted on is not decided (${spell(grant.on)})`;
  if (grant.conditional) return 'it holds on a condition alone';
  const unnamed = found.principals.find(({ kind }) => kind === 'set' || kind === 'unknown');
  return unnamed === undefined ? undefined : `who ${keyOf(unnamed).replace(/^\w+ /, '')} is stands in no file`;
}

/** `undefined`: not decided. */
function concernsService({ level, on }: IamGrant, service: CloudRunService, artifact: Artifact): boolean | undefined {
  if (ABOVE.includes(level)) return true;
  if (level === 'unknown') return undefined;
  if (level !== 'cloud-run-service') return false;
  const [resource] = resourcesOf(on);
  if (resource === service.id) return true;
  if ((artifact.cloudRun ?? []).some(({ id }) => id === resource)) return false;
  return sameText(on, service.name);
}

function concernsAccount({ level, on }: IamGrant, account: string): boolean | undefined {
  if (ABOVE.includes(level)) return true;
  if (level === 'unknown') return undefined;
  if (level !== 'service-account') return false;
  const key = accountKey(on);
  return key === undefined ? undefined : key === account;
}

function resourcesOf(text: Text): readonly string[] {
  return text.flatMap((part) => (typeof part === 'string' ? [] : [part.logicalId]));
}
