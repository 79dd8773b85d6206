import type { CheckedClaim } from '../checked-claim';
import { keptHeaders } from '../proxy/claims/kept-headers';
import { broken } from '../proxy/judgement';
import { allTextsOf } from '../proxy/language/texts-of';
import { clustersTo } from '../proxy/ways';
import { compared, listed, proxyIntentClaim } from './intent-claim';

/** More names than anybody lists. */
const MOST_NAMES = 200;
/** What a request is none without. */
const REQUEST_LINE: readonly string[] = ['host', ':method', ':path', ':scheme', ':authority', ':protocol'];

/** Whether the server gets those headers that were named, and no other. What is no list is the own decider's to judge. */
export const HEADERS_AS_MEANT: CheckedClaim = proxyIntentClaim(
  'headers-allow-listed',
  ({ ingress: { forwardHeaders } }, proxy) => {
    const clusters = clustersTo(proxy, 'ingress');
    if (clusters.length === 0) return [];
    const wrong = clusters.flatMap((cluster) => {
      const kept = keptHeaders(cluster, 'request_mutations');
      const names = kept === undefined ? 'unknown' : allTextsOf(kept, MOST_NAMES);
      if (typeof names === 'string') return [];
      const more = names.filter((name) => !REQUEST_LINE.includes(name) && !forwardHeaders.includes(name));
      return more.length > 0
        ? [broken(`cluster ${cluster.name} gets ${more.join(', ')}, where ${listed(forwardHeaders)} was asked for`)]
        : [];
    });
    return compared(wrong, `${forwardHeaders.length} headers are forwarded`);
  },
);
