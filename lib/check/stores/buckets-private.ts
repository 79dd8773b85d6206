import type { AccessPolicy, AccessStatement } from '../../artifact/access-policy';
import type { BucketSettings, Store } from '../../artifact/store';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { openings } from '../identity/openings';
import { bucketArn } from '../identity/own-arn';
import { type OwnAccount, ownAccount } from '../identity/own-account';
import { covers, hasWildcard, spell } from '../identity/text-pattern';
import { storesOf } from './related';
import { storeClaim } from './store-claim';

const LEAST_TLS = 1.2;
const NEWEST_TLS = 1.3;

/** Each bucket of the deployment refuses the public and plain http, keeps versions, and gives nothing to others. */
export const BUCKETS_PRIVATE: CheckedClaim = storeClaim(
  'buckets-private',
  (deployment) =>
    storesOf(deployment)
      .filter(({ kind }) => kind === 'bucket')
      .map((bucket) => bucketFinding(bucket, ownAccount(deployment.artifact))),
  'the deployment uses no bucket of this file',
);

interface BucketFault {
  readonly verdict: 'broken' | 'unproven';
  readonly evidence: string;
}

function bucketFinding(bucket: Store, own: OwnAccount): Finding {
  const { id, policies = [] } = bucket;
  const restsOn = policies.map((policy) => policy.id);
  const faults = [
    ...settingFaults(bucket.bucket),
    ...(bucket.bucket?.tlsByCloud === true ? [] : transportFaults(id, policies)),
    ...policies.flatMap((policy) => policyFaults(id, policy, own)),
  ];
  const worst = faults.find(({ verdict }) => verdict === 'broken') ?? faults[0];
  if (worst === undefined) {
    const evidence = `bucket ${id} refuses public access and plain http, keeps versions, and is given to nobody else`;
    return { verdict: 'holds', subject: id, evidence, restsOn };
  }
  const said = faults.filter(({ verdict }) => verdict === worst.verdict).map(({ evidence }) => evidence);
  return { verdict: worst.verdict, subject: id, evidence: `bucket ${id}: ${said.join('; ')}`, restsOn };
}

function settingFaults(settings: BucketSettings | undefined): readonly BucketFault[] {
  if (settings === undefined) return [unproven('its settings are not read')];
  const { publicAccessOpen, objectLists, versioned, opens } = settings;
  return [
    ...publicAccessOpen.map((guard) => broken(`${guard} is off`)),
    ...(objectLists === true ? [broken('lists of rights on single objects count')] : []),
    ...(versioned === false ? [broken('it keeps no versions')] : []),
    ...opens.map((name) => broken(`${name} leads what lies in it elsewhere`)),
    ...([objectLists, versioned].includes('unknown')
      ? [unproven('whether it keeps versions, and who owns objects, is not known')]
      : []),
  ];
}

/** Only a policy refuses plain http, and TLS that is older than it should be. */
function transportFaults(id: string, policies: readonly AccessPolicy[]): readonly BucketFault[] {
  const denials = policies.flatMap(({ statements }) => statements).filter((statement) => deniesAll(id, statement));
  const refuses = (operators: readonly string[], key: string, accepts: (value: string) => boolean): boolean =>
    denials.some(({ conditions: [only, ...others] }) => {
      if (only === undefined || others.length > 0) return false;
      const isAbout = operators.includes(only.operator) && only.key.toLowerCase() === key;
      return isAbout && only.values.some((value) => accepts(spell(value)));
    });
  return [
    ...(refuses(['Bool', 'BoolIfExists'], 'aws:securetransport', (value) => value === 'false')
      ? []
      : [broken('no statement of its policy refuses every request over plain http')]),
    ...(refuses(
      ['NumericLessThan', 'NumericLessThanIfExists'],
      's3:tlsversion',
      (value) => Number(value) >= LEAST_TLS && Number(value) <= NEWEST_TLS,
    )
      ? []
      : [broken(`no statement of its policy refuses every request with TLS before ${LEAST_TLS}`)]),
  ];
}

/** A refusal to everybody, of everything, on the bucket and all in it. */
function deniesAll(id: string, { effect, unread, actions, resources, principals }: AccessStatement): boolean {
  const coversBoth = [bucketArn(id), bucketArn(id, '/*')].every((name) =>
    resources.patterns.some((pattern) => covers(pattern, name)),
  );
  return (
    effect === 'deny' &&
    unread === undefined &&
    !actions.not &&
    !resources.not &&
    actions.patterns.some((action) => ['*', 's3:*'].includes(spell(action).toLowerCase())) &&
    coversBoth &&
    principals?.not === false &&
    principals.who.some(({ kind }) => kind === 'anyone')
  );
}

function policyFaults(id: string, policy: AccessPolicy, own: OwnAccount): readonly BucketFault[] {
  const allowing = policy.statements.filter(({ effect, unread }) => effect === 'allow' && unread === undefined);
  const wide = allowing.flatMap(({ actions }) => actions.patterns.filter(hasWildcard).map(spell));
  const foreign = allowing
    .flatMap(({ resources }) => resources.patterns)
    .filter((name) => !covers(bucketArn(id), name) && !covers(bucketArn(id, '/*'), name));
  return [
    ...openings(policy, own),
    ...wide.map((action) => broken(`its policy allows ${action}`)),
    ...foreign.map((name) => broken(`its policy allows something on ${spell(name)}, which is more than the bucket`)),
  ];
}

function broken(evidence: string): BucketFault {
  return { verdict: 'broken', evidence };
}

function unproven(evidence: string): BucketFault {
  return { verdict: 'unproven', evidence };
}
