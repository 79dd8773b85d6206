import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { allTextsOf, exampleOf } from '../language/texts-of';
import { both, text } from '../language/language';
import type { Cluster, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { clustersTo, openWays } from '../ways';
import { addsHeaders, keptHeaders } from './kept-headers';
import { tokenProviders } from './token-providers';

/** More names than anybody lists. */
const MOST_NAMES = 200;
const REQUEST_LINE: readonly string[] = ['host', ':method', ':path', ':scheme', ':authority', ':protocol'];

/** Headers that carry a credential. */
const CREDENTIALS =
  /(?:^|-)(?:authorization|cookie2?|api-?key|(?:access|auth|id|security|session)-token|password|secret)$/;
/** Headers that servers believe, and that must not come from a caller. */
const BELIEVED =
  /^x-(?:restate|envoy|amzn?|forwarded|goog|original|rewrite|http-method|serverless)\b|^(?:forwarded|via|(?:x-)?(?:real|client)-ip|true-client-ip|(?:x-)?method-override)$/;

/** Whether the server gets named headers alone, and no credential among them. */
export const HEADERS_ALLOW_LISTED: CheckedClaim = proxyClaim({
  id: 'headers-allow-listed',
  judge: (proxy) => judgeClusters(proxy, (cluster) => judgeHeaders(cluster, proxy)),
  withoutProxy: broken('no proxy stands before the server, which writes every header into its journal'),
});

/** Whether what says who a request came from is the proxy's word, or nobody's. */
export const FORWARDED_HEADERS: (proxy: Proxy) => readonly Judgement[] = (proxy) =>
  judgeClusters(proxy, (cluster) => {
    const { name } = cluster;
    const names = namesOf(cluster);
    if (typeof names === 'string')
      return [
        names === 'infinite'
          ? broken(`cluster ${name} gets whatever a caller says of itself: headers are not named`)
          : unproven(`cluster ${name}: ${UNKNOWN}`),
      ];
    const believed = names.filter((each) => BELIEVED.test(each));
    return [
      believed.length > 0
        ? broken(`cluster ${name} gets ${believed.join(', ')} from callers`)
        : holds(`cluster ${name} gets no header about where a request came from`),
    ];
  });

/** Whether no trailer of a request reaches the server. */
export const TRAILERS_DROPPED: CheckedClaim = proxyClaim({
  id: 'trailers-dropped',
  judge: (proxy) => judgeClusters(proxy, (cluster) => [judgeTrailers(cluster)]),
  withoutProxy: broken('no proxy stands before the server, which takes trailers for headers'),
});

const UNKNOWN = 'which headers are removed is not understood';

function judgeClusters(proxy: Proxy, judge: (cluster: Cluster) => readonly Judgement[]): readonly Judgement[] {
  const clusters = clustersTo(proxy, 'ingress', 'admin');
  return clusters.length > 0 ? clusters.flatMap(judge) : [notApplicable('no cluster of the proxy leads to the server')];
}

function judgeHeaders(cluster: Cluster, proxy: Proxy): readonly Judgement[] {
  const { name } = cluster;
  const names = namesOf(cluster);
  if (names === 'unknown') return [unproven(`cluster ${name}: ${UNKNOWN}`)];
  if (names === 'infinite') {
    const example = ['authorization', 'cookie', 'x-forwarded-for'].find((each) => keeps(cluster, each));
    return [broken(`cluster ${name} gets headers that nobody named, like ${example ?? 'others than these'}`)];
  }
  const kept = names.filter((each) => !REQUEST_LINE.includes(each));
  const asked = tokenProviders(proxy).flatMap(({ settings }) =>
    settings.messages('from_headers').flatMap((header) => header.text('name')?.toLowerCase() ?? []),
  );
  const credentials = kept.filter((each) => CREDENTIALS.test(each) || asked.includes(each));
  if (credentials.length > 0) return [broken(`cluster ${name} gets ${credentials.join(', ')}, which hold credentials`)];
  const made = madeHeaders(proxy).filter((each) => kept.includes(each));
  if (made.length > 0 || addsHeaders(cluster, 'request_mutations')) {
    return [
      unproven(`cluster ${name} gets ${made.join(', ') || 'a header'} as the proxy makes it, which is not followed`),
    ];
  }
  return [holds(`cluster ${name} gets ${kept.join(', ') || 'no header'} alone`)];
}

function judgeTrailers(cluster: Cluster): Judgement {
  const { name, options } = cluster;
  const kept = keptHeaders(cluster, 'request_trailers_mutations');
  if (kept !== undefined && exampleOf(kept) === 'none')
    return holds(`cluster ${name} gets no trailer: all are removed`);
  const http1 = options?.below('explicit_http_config', 'http_protocol_options');
  if (http1 !== undefined && !http1.flag('enable_trailers'))
    return unproven(`cluster ${name}: nothing removes trailers, and only HTTP/1.1 without any keeps them back`);
  return kept === undefined
    ? unproven(`cluster ${name}: which trailers are removed is not understood`)
    : broken(`cluster ${name} gets trailers of requests`);
}

function namesOf(cluster: Cluster): readonly string[] | 'infinite' | 'unknown' {
  const kept = keptHeaders(cluster, 'request_mutations');
  return kept === undefined ? 'unknown' : allTextsOf(kept, MOST_NAMES);
}

function keeps(cluster: Cluster, name: string): boolean {
  const kept = keptHeaders(cluster, 'request_mutations');
  return kept !== undefined && exampleOf(both(kept, text(name))) !== 'none';
}

/** Headers that the proxy writes itself, out of tokens or by routes. */
function madeHeaders(proxy: Proxy): readonly string[] {
  const byTokens = tokenProviders(proxy).flatMap(({ settings }) => [
    settings.text('forward_payload_header') ?? '',
    ...settings.messages('claim_to_headers').map((each) => each.text('header_name') ?? ''),
  ]);
  const byRoutes = openWays(proxy).flatMap(({ way }) =>
    way.headerRules.flatMap((rule) =>
      rule.messages('request_headers_to_add').map((each) => each.message('header')?.text('key') ?? ''),
    ),
  );
  return [...byTokens, ...byRoutes].map((each) => each.toLowerCase());
}
