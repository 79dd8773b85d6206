import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { admits, describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { type Language, matching } from '../language/language';
import type { Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysTo } from '../ways';

/** A parameter of a name that nobody has: a rule that takes it names none. */
const UNNAMED: Language = matching('[^?#]*[?#](?:.*[&;])?zq7xk9(?:[=&;].*)?');
/** Parameters that carry a credential. */
const CREDENTIALS: Language = matching('[^?#]*[?#](?:.*[&;])?(?:access_token|token|api_key|key|password)=.*');
const ANY_QUERY: Language = matching('[^?#]*[?#].*');

/** Whether the server gets named parameters of the query alone. */
export const QUERY_ALLOW_LISTED: CheckedClaim = proxyClaim({
  id: 'query-allow-listed',
  judge,
  withoutProxy: broken('no proxy stands before the server, which writes the whole query into its journal'),
});

function judge(proxy: Proxy): readonly Judgement[] {
  const ways = waysTo(proxy, 'ingress');
  return ways.length > 0
    ? ways.map(judgeWay)
    : [notApplicable("no listener of the proxy leads to the server's ingress")];
}

function judgeWay({ chain, way, name }: PlacedWay): Judgement {
  const admitted = admittedBy(chain, way);
  for (const [queries, why] of [
    [UNNAMED, 'whose query has a parameter that nobody named'],
    [CREDENTIALS, 'whose query holds a credential'],
  ] as const) {
    const open =
      admitted.find((clause) => admits(clause, queries) === true) ??
      admitted.find((clause) => admits(clause, queries) !== false);
    if (open === undefined) continue;
    const request = `${name}: ${describeRequest(open, queries) ?? 'a request'}, ${why}`;
    return admits(open, queries) === true ? broken(request) : unproven(request);
  }
  const some = admitted.find((clause) => admits(clause, ANY_QUERY) !== false);
  const example = some === undefined ? undefined : describeRequest(some, ANY_QUERY);
  return holds(
    `${name}: ${example === undefined ? 'no query passes' : `named parameters pass alone, as in ${example}`}`,
  );
}
