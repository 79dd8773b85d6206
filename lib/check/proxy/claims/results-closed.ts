import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, pathsOf } from '../admission/admission';
import type { Clause } from '../admission/clause';
import { admits, describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { both, except } from '../language/language';
import { exampleOf } from '../language/texts-of';
import type { Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysTo } from '../ways';
import { SERVER_PATHS } from './server-paths';

/** Whether results of other calls are out of reach, but for whom they are granted to. */
export const RESULTS_CLOSED: CheckedClaim = serverPathsClaim('results-closed');

/** The same endpoints ask nobody whether a service is private. */
export const PRIVATE_SERVICE_CLOSED: CheckedClaim = serverPathsClaim('private-service-closed');

function serverPathsClaim(id: string): CheckedClaim {
  return proxyClaim({
    id,
    judge: (proxy) => judge(proxy),
    withoutProxy: broken('no proxy stands before the server, which answers below /restate/ whoever asks'),
  });
}

function judge(proxy: Proxy): readonly Judgement[] {
  const ways = waysTo(proxy, 'ingress');
  return ways.length > 0
    ? ways.map(judgeWay)
    : [notApplicable("no listener of the proxy leads to the server's ingress")];
}

function judgeWay({ chain, way, name }: PlacedWay): Judgement {
  const rewritten = ['prefix_rewrite', 'regex_rewrite'].find((field) => way.action?.has(field) === true);
  const admitted = admittedBy(chain, way);
  if (rewritten !== undefined && admitted.length > 0) {
    return broken(`${name}: ${rewritten} makes another path of the one that was judged`);
  }
  const open = admitted.filter((clause) => admits(clause, SERVER_PATHS) !== false);
  const free = open.filter((clause) => !isGranted(clause));
  const worst = free.find((clause) => admits(clause, SERVER_PATHS) === true) ?? free[0];
  if (worst !== undefined) {
    const request = `${name}: ${describeRequest(worst, SERVER_PATHS) ?? 'a path below /restate/'}`;
    return admits(worst, SERVER_PATHS) === true ? broken(request) : unproven(request);
  }
  const granted = open.flatMap((clause) => describeRequest(clause, SERVER_PATHS) ?? []);
  return holds(
    `${name}: no path below /restate/ passes${granted.length > 0 ? `, but as it is granted: ${granted.join('; ')}` : ''}`,
  );
}

/** A rule about nothing else, for somebody who is named. */
function isGranted(clause: Clause): boolean {
  return clause.demands.length > 0 && exampleOf(both(pathsOf(clause), except(SERVER_PATHS))) === 'none';
}
