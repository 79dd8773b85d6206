import type { Artifact } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import type { IamGrant } from '../iam-grant';
import { restateContainer } from '../role';
import { sameText } from '../same-text';
import type { Text } from '../text';
import { type Holder, type Holders, holdersOf, isAbove, keyOf } from './holders';
import { accountKey } from './principal';

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
  const sets = [...direct.sets];
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
      const { holders, sets: more, undecided: doubts } = way(artifact, principal.key);
      for (const doubt of doubts) undecided.add(doubt);
      sets.push(...more.map((set) => ({ ...set, by: [...set.by, ...by] })));
      for (const holder of holders) {
        if (found.has(keyOf(holder.principal))) continue;
        const longer = { principal: holder.principal, by: [...holder.by, ...by] };
        found.set(keyOf(holder.principal), longer);
        waiting.push(longer);
      }
    }
  }
  return { holders: [...found.values()], sets, undecided: [...undecided] };
}

/** What beside the server's own machine has an account, and with it all that it may do. */
export function othersAs({ cloudRun = [], hosts, accountUsers = [] }: Artifact, account: string): readonly string[] {
  const isOurs = (own: Text | undefined): boolean => own !== undefined && accountKey(own) === account;
  const machines = hosts.filter((host) => restateContainer(host) === undefined && isOurs(host.instance?.account));
  const users = accountUsers.filter((user) => user.account === account);
  return [...cloudRun.filter((service) => isOurs(service.account)), ...machines, ...users].map(({ id }) => id);
}

/** `undefined`: not decided. */
function concernsService({ level, on }: IamGrant, service: CloudRunService, artifact: Artifact): boolean | undefined {
  if (isAbove(level)) return true;
  if (level === 'unknown') return undefined;
  if (level !== 'cloud-run-service') return false;
  const [resource] = resourcesOf(on);
  if (resource === service.id) return true;
  if ((artifact.cloudRun ?? []).some(({ id }) => id === resource)) return false;
  return sameText(on, service.name);
}

function concernsAccount({ level, on }: IamGrant, account: string): boolean | undefined {
  if (isAbove(level)) return true;
  if (level === 'unknown') return undefined;
  if (level !== 'service-account') return false;
  const key = accountKey(on);
  return key === undefined ? undefined : key === account;
}

function resourcesOf(text: Text): readonly string[] {
  return text.flatMap((part) => (typeof part === 'string' ? [] : [part.logicalId]));
}
