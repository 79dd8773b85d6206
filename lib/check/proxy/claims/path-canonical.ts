import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import type { Http, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf } from '../ways';

/** Whether a path is judged as it will be understood, in one spelling. */
export const PATH_CANONICAL: CheckedClaim = proxyClaim({
  id: 'path-canonical',
  judge: (proxy) => doors(proxy, judgePaths),
  withoutProxy: broken('no proxy stands before the server: nothing judges paths at all'),
});

/** Whether two servers cannot take the same bytes for different requests. */
export const NO_REQUEST_SMUGGLING: CheckedClaim = proxyClaim({
  id: 'no-request-smuggling',
  judge: (proxy) => doors(proxy, judgeParsing),
  withoutProxy: notApplicable('no proxy stands before the server: nobody reads its requests in another way'),
});

function doors(proxy: Proxy, judge: (http: Http, name: string) => readonly string[]): readonly Judgement[] {
  const judged = doorsOf(proxy).flatMap(({ chains, name }) =>
    chains.flatMap(({ http }) => {
      if (http === undefined) return [];
      const faults = judge(http, name);
      return faults.length > 0
        ? faults.map((fault) => broken(`listener ${name} ${fault}`))
        : [holds(`listener ${name} is strict`)];
    }),
  );
  return judged.length > 0 ? judged : [notApplicable('no listener of the proxy leads to the server')];
}

function judgePaths({ manager, ways }: Http): readonly string[] {
  const slashes = manager.text('path_with_escaped_slashes_action') ?? 'IMPLEMENTATION_SPECIFIC_DEFAULT';
  const rewriting = ways.some(
    ({ action }) => action?.has('prefix_rewrite') === true || action?.has('regex_rewrite') === true,
  );
  return [
    ...(manager.flag('normalize_path') ? [] : ['does not normalise paths: /a/../b is judged as it is written']),
    ...(manager.flag('merge_slashes') ? [] : ['does not merge slashes: //a is judged as it is written']),
    ...(slashes.startsWith('UNESCAPE') ? [`unescapes slashes (${slashes}): a key becomes another handler`] : []),
    ...(rewriting ? ['rewrites paths after they were judged'] : []),
  ];
}

function judgeParsing({ manager, domains }: Http): readonly string[] {
  const http1 = manager.message('http_protocol_options');
  const wild = domains.filter((domain) => domain.includes('*'));
  return [
    ...(wild.length > 0 ? [`answers for ${wild.join(', ')}: two Host headers, joined to one, match it`] : []),
    ...(http1?.flag('allow_chunked_length') === true ? ['takes a request that states its length twice'] : []),
    ...(http1?.flag('accept_http_10') === true ? ['takes HTTP/1.0, which has no host'] : []),
  ];
}
