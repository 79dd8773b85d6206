import { type Holder, holdersOf, isAbove, keyOf } from '../../../artifact/iam/holders';
import { accountKey } from '../../../artifact/iam/principal';
import type { IamGrant } from '../../../artifact/iam-grant';
import type { Store } from '../../../artifact/store';
import { references } from '../../../artifact/text';
import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { broken, unproven, worst } from '../../server/wrong';
import { BUCKETS_PRIVATE } from '../buckets-private';
import { storesOf } from '../related';

/** What a bucket of Cloud Storage admits: its guards as anywhere, and grants, which stand apart from it. */
export const GOOGLE_BUCKETS_PRIVATE: CheckedClaim = {
  id: BUCKETS_PRIVATE.id,
  decide: (deployment) => [
    ...BUCKETS_PRIVATE.decide(deployment),
    ...storesOf(deployment)
      .filter(({ kind }) => kind === 'bucket')
      .map((bucket) => readersOf(bucket, deployment)),
  ],
};

function readersOf(bucket: Store, { artifact, server }: CheckedDeployment): Finding {
  const { holders, sets, undecided } = holdersOf(artifact, 'read-bucket', (grant) => concerns(grant, bucket));
  const own = server?.host.instance?.account && accountKey(server.host.instance.account);
  const found = [...holders, ...sets].filter(({ principal }) => keyOf(principal) !== `account ${own ?? ''}`);
  return {
    subject: bucket.id,
    ...worst(
      [
        ...found.map((holder) => broken(`${said(holder)} bucket ${bucket.id}`)),
        ...undecided.map((doubt) => unproven(`who may read bucket ${bucket.id} is not decided: ${doubt}`)),
      ],
      `bucket ${bucket.id} is read by nobody but the server, by the grants of this file`,
    ),
    restsOn: holders.flatMap(({ by }) => by),
  };
}

function said({ principal, by }: Holder): string {
  return `${keyOf(principal)}, by ${by.join(', ')}, may read`;
}

/** `undefined`: not decided. */
function concerns({ level, on }: IamGrant, { id }: Store): boolean | undefined {
  if (isAbove(level)) return true;
  if (level === 'unknown') return undefined;
  if (level !== 'bucket') return false;
  const [named] = references(on);
  return named === undefined ? undefined : named.logicalId === id;
}
