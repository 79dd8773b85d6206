import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, methodsOf } from '../admission/admission';
import type { Clause } from '../admission/clause';
import { isAnonymous } from '../admission/credential-state';
import { admits, describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { both, except, text } from '../language/language';
import { exampleOf } from '../language/texts-of';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysTo } from '../ways';
import { ANY_SERVICE, NO_CALLS } from './server-paths';

const NO_SCOPES = 'the proxy grants by verified credential alone: no scopes, names or roles are configured';

/** Whether who is verified reaches what it was granted, and not all that there is. */
export const SCOPE_PER_HANDLER: CheckedClaim = proxyClaim({
  id: 'scope-per-handler',
  judge: (proxy) => waysTo(proxy, 'ingress').flatMap(judgeWay),
  withoutProxy: broken('no proxy stands before the server, which grants everything to everybody'),
});

function judgeWay({ chain, way, name }: PlacedWay): readonly Judgement[] {
  const admitted = admittedBy(chain, way);
  const verified = admitted.filter(({ state }) => !isAnonymous(state));
  const asking = verified.filter(({ demands }) => demands.some(isAboutCaller));
  const judged: Judgement[] = [
    ...first(
      admitted,
      (clause) => admits(clause, NO_CALLS) !== false,
      (request) => broken(`${request}, which is no call of a handler`),
      NO_CALLS,
      name,
    ),
  ];
  const otherMethods = admitted.find((clause) => exampleOf(both(methodsOf(clause), except(text('POST')))) !== 'none');
  if (otherMethods !== undefined) {
    judged.push(unproven(`${name}: ${describeRequest(otherMethods) ?? 'a request'}, as by other methods than POST`));
  }
  // Names of certificates say who is verified; they grant something where not each of them opens everything.
  const byCertificate = asking.every(({ demands }) =>
    demands.filter(isAboutCaller).every((demand) => demand.startsWith('the certificate of')),
  );
  if (asking.length > 0 && byCertificate && verified.every((clause) => admits(clause, ANY_SERVICE) === true)) {
    return [...judged, notApplicable(NO_SCOPES)];
  }
  if (asking.length === 0) {
    const isOpen = verified.some((clause) => admits(clause, ANY_SERVICE) !== false);
    return [
      ...judged,
      verified.length === 0 || isOpen
        ? notApplicable(NO_SCOPES)
        : unproven(
            `${name}: some handlers are named, and whoever is verified reaches them: nothing says that this is meant`,
          ),
    ];
  }
  const silent = verified.find(({ demands }) => !demands.some(isAboutCaller));
  const wide = asking.find((clause) => admits(clause, ANY_SERVICE) !== false);
  if (silent !== undefined)
    judged.push(
      broken(`${name}: ${describeRequest(silent) ?? 'a request'}, with no scope or name, where others need one`),
    );
  if (wide !== undefined)
    judged.push(
      unproven(
        `${name}: ${describeRequest(wide, ANY_SERVICE) ?? 'a request'}: every handler, and nothing says that this is meant`,
      ),
    );
  if (judged.length > 0) return judged;
  const grants = [
    ...new Set(asking.map(({ policies, demands }) => `${policies.join(' and ')} for ${demands.join(' and ')}`)),
  ];
  return [holds(`${name}: handlers are named for each caller: ${grants.join('; ')}`)];
}

/** The id of a key says which key it is, and nothing of what it may. */
function isAboutCaller(demand: string): boolean {
  return !/^(?:any )?(?:jti|iss|exp)\b/.test(demand);
}

function first(
  clauses: readonly Clause[],
  matches: (clause: Clause) => boolean,
  judgement: (request: string) => Judgement,
  within: Parameters<typeof describeRequest>[1],
  name: string,
): readonly Judgement[] {
  const found = clauses.find(matches);
  return found === undefined ? [] : [judgement(`${name}: ${describeRequest(found, within) ?? 'a request'}`)];
}
