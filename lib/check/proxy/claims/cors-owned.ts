import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, headerOf } from '../admission/admission';
import type { Clause } from '../admission/clause';
import { languageOfMatcher } from '../admission/string-matcher';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { both, matching } from '../language/language';
import { allTextsOf, exampleOf } from '../language/texts-of';
import type { Cluster, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { clustersTo, type PlacedWay, waysTo } from '../ways';
import { keptHeaders } from './kept-headers';

const MOST_ORIGINS = 500;
const PERMISSIONS = matching('access-control-.*');

/** Whether web pages of other origins than the named ones get nowhere. */
export const CORS_OWNED: CheckedClaim = proxyClaim({
  id: 'cors-owned',
  judge,
  withoutProxy: broken('no proxy stands before the server, which admits every origin with credentials'),
});

function judge(proxy: Proxy): readonly Judgement[] {
  const ways = waysTo(proxy, 'ingress', 'admin');
  if (ways.length === 0) return [notApplicable('no listener of the proxy leads to the server')];
  return [
    ...clustersTo(proxy, 'ingress', 'admin').map(judgeAnswer),
    ...ways.flatMap(judgePolicy),
    ...waysTo(proxy, 'ingress').map(judgeCalls),
  ];
}

/** The server itself says to every origin that it may. */
function judgeAnswer(cluster: Cluster): Judgement {
  const kept = keptHeaders(cluster, 'response_mutations');
  if (kept === undefined)
    return unproven(`cluster ${cluster.name}: which headers of answers are removed is not understood`);
  return exampleOf(both(kept, PERMISSIONS)) === 'none'
    ? holds(`cluster ${cluster.name} gives no origin any permission`)
    : broken(`cluster ${cluster.name} answers every origin with access-control-allow-origin, and that is passed on`);
}

function judgePolicy({ way, name }: PlacedWay): readonly Judgement[] {
  const added = way.headerRules.flatMap((rule) =>
    rule.messages('response_headers_to_add').map((each) => each.message('header')?.text('key')?.toLowerCase() ?? ''),
  );
  const permissions = added.filter((each) => each.startsWith('access-control-'));
  if (permissions.length > 0) return [broken(`${name} adds ${permissions.join(', ')} to every answer`)];
  if (!way.filters.some(({ type }) => type === 'Cors')) return [];
  if (way.cors === undefined) return [];
  const origins = way.cors.messages('allow_origin_string_match').map((matcher) => {
    const language = languageOfMatcher(matcher);
    return language === undefined ? 'unknown' : allTextsOf(language, MOST_ORIGINS);
  });
  if (origins.includes('unknown')) return [unproven(`${name}: which origins are named is not understood`)];
  if (origins.includes('infinite'))
    return [broken(`${name} names origins by a pattern, which pages of others may match`)];
  const named = origins.flatMap((each) => (typeof each === 'string' ? [] : each));
  if (named.some((each) => each === '*' || each === 'null'))
    return [broken(`${name} gives permission to ${named.join(', ')}`)];
  if (way.cors.flag('allow_credentials')) {
    return [broken(`${name} lets browsers send credentials of their own accord: tokens are sent by code`)];
  }
  return [holds(`${name} answers preflights of ${named.join(', ') || 'nobody'}`)];
}

/** A call acts even where its page cannot read the answer. */
function judgeCalls({ chain, way, name }: PlacedWay): Judgement {
  const open = admittedBy(chain, way).find((clause) => namedOrigins(clause) === undefined);
  if (open === undefined) return holds(`${name}: no page of another origin calls`);
  const request = `${name}: ${describeRequest(open) ?? 'a request'}, whatever page it comes from`;
  // A browser shows a certificate without being asked to.
  return open.state.certificate === 'none' && open.unknown.length === 0 && open.state.token.kind === 'verified'
    ? unproven(`${request}; only the answer is kept from it`)
    : broken(request);
}

function namedOrigins(clause: Clause): readonly string[] | undefined {
  const origins = allTextsOf(headerOf(clause, 'origin').values, MOST_ORIGINS);
  return typeof origins === 'string' ? undefined : origins;
}
