import type { AccessStatement } from '../../artifact/access-policy';
import type { Text } from '../../artifact/text';
import { NAMELESS } from './iam-tables';
import { isLimited } from './limits';
import { fieldsOf, type OwnAccount } from './own-account';
import type { Fault } from './statement-faults';
import { hasWildcard, spell } from './text-pattern';

/** Where Amazon keeps the layers of images of every account, by region. */
const OF_CLOUD = /^prod-[^*?/]+-starport-layer-bucket\/\*$/;

const READING = 's3:GetObject';

/** What a statement of an endpoint's policy lets through that is not of this account: by the endpoint data leaves, too. */
export function endpointFaults(statement: AccessStatement, own: OwnAccount): readonly Fault[] {
  if (statement.effect === 'deny') return [];
  if (statement.unread !== undefined) return [{ verdict: 'unproven', evidence: `a statement ${statement.unread}` }];
  const { actions, resources, principals } = statement;
  if (actions.not || resources.not || principals?.not === true) return [broken('allows all but some')];
  if (principals === undefined) return [{ verdict: 'unproven', evidence: 'a statement names nobody' }];
  const wild = actions.patterns.filter(hasWildcard).map(spell);
  if (wild.length > 0) return [broken(`allows ${wild.join(', ')}, actions with a wildcard`)];
  if (actions.patterns.every((action) => spell(action) === READING) && resources.patterns.every(isPublished)) return [];
  const named = principals.who.every(({ kind, name }) => kind === 'identity' && own.owns(name) === true);
  const foreign = resources.patterns.filter((resource) => own.owns(resource) !== true);
  const nameless = actions.patterns.every((action) =>
    NAMELESS.some((known) => known.test(spell(action).toLowerCase())),
  );
  return [
    ...(named || isLimited(statement, { key: 'aws:PrincipalAccount', accepts: own.is })
      ? []
      : [broken('allows callers of any account: no condition names this one (aws:PrincipalAccount)')]),
    ...(nameless || foreign.length === 0 || isLimited(statement, { key: 'aws:ResourceAccount', accepts: own.is })
      ? []
      : [
          broken(
            `allows ${spell(actions.patterns[0] ?? [])} on ${foreign.map(spell).join(', ')} of any account: no condition names this one (aws:ResourceAccount)`,
          ),
        ]),
  ];
}

/** Layers of images, or one object that is named whole: by reading it nothing leaves. */
function isPublished(resource: Text): boolean {
  return OF_CLOUD.test(nameOf(resource)) || (!hasWildcard(resource) && nameOf(resource).includes('/'));
}

/** What of an ARN stands behind its account. */
function nameOf(arn: Text): string {
  return fieldsOf(arn).slice(5).map(spell).join(':');
}

function broken(evidence: string): Fault {
  return { verdict: 'broken', evidence };
}
