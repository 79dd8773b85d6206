import type { AccessStatement, Principal } from '../../artifact/access-policy';
import type { Identity, IdentityUse } from '../../artifact/identity';
import { isExact, isLimited } from './limits';
import type { OwnAccount } from './own-account';
import { isForAccount } from './service-limits';
import type { Fault } from './statement-faults';
import { hasWildcard, spell } from './text-pattern';

/** The service that becomes a role, by what acts as it; and whether it must say for whom it does, because anybody may tell it to. */
const SERVICES: Readonly<
  Record<Exclude<IdentityUse['as'], 'other'>, { readonly service: string; readonly forAccount?: true }>
> = {
  task: { service: 'ecs-tasks' },
  start: { service: 'ecs-tasks' },
  machine: { service: 'ec2' },
  function: { service: 'lambda' },
  snapshots: { service: 'dlm' },
  'traffic-log': { service: 'vpc-flow-logs', forAccount: true },
};
const DOMAIN = /^([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})$/;
const ASSUMING: readonly string[] = ['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity'];

/** Who may become a role, beside the service that acts as it. */
export function trustFaults({ kind, trust, serves }: Identity, own: OwnAccount): readonly Fault[] {
  const uses = serves.flatMap(({ as }) => (as === 'other' ? [] : [SERVICES[as]]));
  const allowing = (trust?.statements ?? []).filter(({ effect }) => effect === 'allow');
  const named = allowing.flatMap(
    ({ principals }) => principals?.who.map(({ name }) => DOMAIN.exec(spell(name))?.[1]) ?? [],
  );
  const missing = kind === 'service-linked' ? [] : uses.filter(({ service }) => !named.includes(service));
  return [
    ...missing.map(({ service }) => unproven(`cannot be assumed by ${service}, which acts as it`)),
    ...allowing.flatMap((statement): readonly Fault[] => {
      if (statement.unread !== undefined) return [unproven(`its trust policy ${statement.unread}`)];
      const { principals, actions } = statement;
      if (principals === undefined || principals.not || actions.not) return [broken('may be assumed by all but some')];
      const strange = actions.patterns.map(spell).filter((action) => !ASSUMING.includes(action.toLowerCase()));
      return [
        ...strange.map((action) => broken(`its trust policy allows ${action}`)),
        ...principals.who.flatMap((principal) => principalFaults(principal, statement, uses, own)),
      ];
    }),
  ];
}

function principalFaults(
  { kind, name }: Principal,
  statement: AccessStatement,
  uses: readonly (typeof SERVICES)[keyof typeof SERVICES][],
  own: OwnAccount,
): readonly Fault[] {
  const whom = spell(name);
  if (kind === 'anyone') return [broken('may be assumed by anybody')];
  if (kind === 'service') {
    const [, service] = DOMAIN.exec(whom) ?? [];
    const use = uses.find((each) => each.service === service);
    if (use === undefined) return [broken(`may be assumed by ${whom}, which does not act as it`)];
    return use.forAccount === true && !isForAccount(statement, own)
      ? [broken(`may be assumed by ${whom} for any account: no condition names the one it acts for`)]
      : [];
  }
  if (kind !== 'identity') return [unproven(`may be assumed by ${whom}, which is not understood`)];
  if (hasWildcard(name)) return [broken(`may be assumed by ${whom}, which is no one's name`)];
  if (uses.length > 0) return [broken(`may be assumed by ${whom} beside the service that acts as it`)];
  return isLimited(statement, { key: 'sts:ExternalId', accepts: isExact })
    ? []
    : [broken(`may be assumed by ${whom} without sts:ExternalId`)];
}

function broken(evidence: string): Fault {
  return { verdict: 'broken', evidence };
}

function unproven(evidence: string): Fault {
  return { verdict: 'unproven', evidence };
}
