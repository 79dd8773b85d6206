import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
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

interface Fault {
  readonly says: string;
  /** Whether it may be none, by what the proxy does where nothing is said. */
  readonly isUnsure?: boolean;
}

function doors(proxy: Proxy, judge: (http: Http) => readonly Fault[]): readonly Judgement[] {
  const judged = doorsOf(proxy).flatMap(({ chains, name }) =>
    chains.flatMap(({ http }) => {
      if (http === undefined) return [];
      const faults = judge(http);
      return faults.length > 0
        ? faults.map(({ says, isUnsure }) => (isUnsure === true ? unproven : broken)(`listener ${name} ${says}`))
        : [holds(`listener ${name} is strict`)];
    }),
  );
  return judged.length > 0 ? judged : [notApplicable('no listener of the proxy leads to the server')];
}

function judgePaths({ manager, ways }: Http): readonly Fault[] {
  const slashes = manager.text('path_with_escaped_slashes_action') ?? LEFT_TO_ENVOY;
  const rewriting = ways.some(
    ({ action }) => action?.has('prefix_rewrite') === true || action?.has('regex_rewrite') === true,
  );
  return [
    ...(manager.flag('normalize_path')
      ? []
      : [{ says: 'does not normalise paths: /a/../b is judged as it is written' }]),
    ...(manager.flag('merge_slashes') ? [] : [{ says: 'does not merge slashes: //a is judged as it is written' }]),
    ...(slashes.startsWith('UNESCAPE')
      ? [{ says: `unescapes slashes (${slashes}): a key becomes another handler` }]
      : []),
    ...(slashes === LEFT_TO_ENVOY
      ? [{ says: 'leaves escaped slashes to a default that may change with any version', isUnsure: true }]
      : []),
    ...(rewriting ? [{ says: 'rewrites paths after they were judged' }] : []),
  ];
}

/** KEEP_UNCHANGED today, which "the implementation may change at will": PathWithEscapedSlashesAction in Envoy's http_connection_manager.proto. */
const LEFT_TO_ENVOY = 'IMPLEMENTATION_SPECIFIC_DEFAULT';

function judgeParsing({ manager, domains }: Http): readonly Fault[] {
  const http1 = manager.message('http_protocol_options');
  const wild = domains.filter((domain) => domain.includes('*'));
  // ALLOW is what Envoy does where nothing is said: HeadersWithUnderscoresAction in its protocol.proto.
  const underscores =
    manager.message('common_http_protocol_options')?.text('headers_with_underscores_action') ?? 'ALLOW';
  return [
    ...(wild.length > 0 ? [{ says: `answers for ${wild.join(', ')}: two Host headers, joined to one, match it` }] : []),
    ...(http1?.flag('allow_chunked_length') === true ? [{ says: 'takes a request that states its length twice' }] : []),
    ...(http1?.flag('accept_http_10') === true ? [{ says: 'takes HTTP/1.0, which has no host' }] : []),
    ...(underscores === 'ALLOW'
      ? [{ says: 'takes names of headers with underscores, which servers mistake for those with hyphens' }]
      : []),
  ];
}
