import type { Artifact } from '../artifact';
import type { GrantLevel, IamGrant } from '../iam-grant';
import { allows, type Power } from './powers';
import { principalOf, spell, type Principal } from './principal';

/** Somebody, and the grants by which: the last one first. */
export interface Holder {
  readonly principal: Principal;
  /** Addresses of the grants' resources. */
  readonly by: readonly string[];
}

/** Who may do something, and what the files leave open about it. */
export interface Holders {
  readonly holders: readonly Holder[];
  /** Groups, domains and pools that may: who is in them stands in no file, which `undecided` says, too. */
  readonly sets: readonly Holder[];
  /** Sentences; empty where all is decided. */
  readonly undecided: readonly string[];
}

/** Grants on one of these hold on everything below. */
const ABOVE: readonly GrantLevel[] = ['project', 'folder', 'organization'];

/** Whether a grant at a level is one on everything below it. */
export function isAbove(level: GrantLevel): boolean {
  return ABOVE.includes(level);
}

/** One word for a principal, equal for equal ones. */
export function keyOf(principal: Principal): string {
  return 'key' in principal ? `${principal.kind} ${principal.key}` : principal.kind;
}

/**
 * Who has a power by the grants of the files.
 *
 * @param concerns whether a grant is on what it is about, or on what that stands in; `undefined` where that is not decided
 */
export function holdersOf(
  { grants = [] }: Artifact,
  power: Power,
  concerns: (grant: IamGrant) => boolean | undefined,
): Holders {
  const holders: Holder[] = [];
  const sets: Holder[] = [];
  const undecided: string[] = [];
  for (const grant of grants) {
    const concerned = concerns(grant);
    const allowed = allows(grant, power);
    if (concerned === false || allowed === false) continue;
    const principals = grant.members.map(principalOf);
    const doubt = doubtOf(grant, { concerned, allowed, principals });
    if (doubt !== undefined) undecided.push(`${grant.id}: ${doubt}`);
    if (concerned === undefined || allowed === undefined || grant.conditional) continue;
    const named = principals.filter(({ kind }) => kind !== 'set' && kind !== 'unknown');
    holders.push(...named.map((principal) => ({ principal, by: [grant.id] })));
    sets.push(...principals.filter(({ kind }) => kind === 'set').map((principal) => ({ principal, by: [grant.id] })));
  }
  return { holders, sets, undecided };
}

function doubtOf(
  grant: IamGrant,
  found: {
    readonly concerned: boolean | undefined;
    readonly allowed: boolean | undefined;
    readonly principals: readonly Principal[];
  },
): string | undefined {
  if (found.allowed === undefined) return `what the role ${spell(grant.role)} permits stands in no file`;
  if (found.concerned === undefined) return `what it is granted on is not decided (${spell(grant.on)})`;
  if (grant.conditional) return 'it holds on a condition alone';
  const unnamed = found.principals.find(({ kind }) => kind === 'set' || kind === 'unknown');
  return unnamed === undefined ? undefined : `who ${keyOf(unnamed).replace(/^\w+ /, '')} is stands in no file`;
}
