import type { EditedBootstrap } from './edited-proxy';
import type { ProxyFault } from './fault';
import { filters, host, http, mutations, provider, route, rules, type, upstream } from './parts';

const CORS = 'envoy.filters.http.cors';

/** A filter before the router that changes one header of requests. */
function changing(change: object): EditedBootstrap {
  return {
    name: 'change',
    typed_config: {
      '@type': type('filters.http.header_mutation.v3.HeaderMutation'),
      mutations: { request_mutations: [change] },
    },
  };
}

/** What is let through of a request that was admitted: one guard less each. */
export const REQUEST_FAULTS: readonly ProxyFault[] = [
  ['no condition on the server own paths', 'Orders', (b) => rules(b).splice(2, 1), 'results-closed'],
  [
    'no condition on the server own paths, for private services',
    'Orders',
    (b) => rules(b).splice(2, 1),
    'private-service-closed',
  ],
  [
    'the server own paths in lower case alone',
    'Orders',
    (b) => (rules(b)[2]!['not_rule'].url_path.path.safe_regex.regex = '/restate(?:/.*)?'),
    'results-closed',
  ],
  [
    'the server own path without what is below',
    'Orders',
    (b) => (rules(b)[2]!['not_rule'].url_path.path.safe_regex.regex = '(?i)/restate'),
    'results-closed',
  ],
  ['a path that is rewritten', 'Orders', (b) => (route(b)['route'].prefix_rewrite = '/restate/'), 'results-closed'],
  [
    'a path rewritten by an expression',
    'Orders',
    (b) => (route(b)['route'].regex_rewrite = { pattern: { regex: '.*' }, substitution: '/restate/health' }),
    'path-canonical',
  ],
  [
    'an expression nobody can read',
    'Orders',
    (b) => (rules(b)[2]!['not_rule'].url_path.path.safe_regex.regex = '(?i)/restate\\b.*'),
    'results-closed',
    'unproven',
  ],
  ['all headers', 'Orders', (b) => delete mutations(b)['request_mutations'], 'headers-allow-listed'],
  ['no filter behind the router', 'Orders', (b) => upstream(b)['http_filters'].shift(), 'headers-allow-listed'],
  [
    'a filter behind the router that is off',
    'Orders',
    (b) => (upstream(b)['http_filters'][0].disabled = true),
    'headers-allow-listed',
  ],
  [
    'some headers removed',
    'Orders',
    (b) => (mutations(b)['request_mutations'] = ['authorization', 'cookie'].map((remove) => ({ remove }))),
    'headers-allow-listed',
  ],
  [
    'one more header kept',
    'Orders',
    (b) => (mutations(b)['request_mutations'][0].remove_on_match.key_matcher.safe_regex.regex = '[^ca].*|[ca].[^oc].*'),
    'headers-allow-listed',
  ],
  [
    'headers removed by their beginning',
    'Orders',
    (b) => (mutations(b)['request_mutations'][0].remove_on_match.key_matcher = { prefix: 'x-' }),
    'headers-allow-listed',
  ],
  [
    'a header added',
    'Orders',
    (b) => mutations(b)['request_mutations'].push({ append: { header: { key: 'x', value: '%REQ(authorization)%' } } }),
    'headers-allow-listed',
    'unproven',
  ],
  [
    'a header that is kept added by the route',
    'Orders',
    (b) => (route(b)['request_headers_to_add'] = [{ header: { key: 'baggage', value: '%REQ(authorization)%' } }]),
    'headers-allow-listed',
    'unproven',
  ],
  [
    'a claim in a header that is kept',
    'Orders',
    (b) => (provider(b)['claim_to_headers'] = [{ header_name: 'baggage', claim_name: 'sub' }]),
    'headers-allow-listed',
    'unproven',
  ],
  [
    'headers that servers believe',
    'Orders',
    (b) => delete mutations(b)['request_mutations'],
    'forwarded-identity-not-trusted',
  ],
  [
    'trailers, in both layers',
    'Orders',
    (b) => {
      delete mutations(b)['request_trailers_mutations'];
      upstream(b)['explicit_http_config'].http_protocol_options = { enable_trailers: true };
    },
    'trailers-dropped',
  ],
  ...(['restate', 'restate-admin'] as const).map((name): ProxyFault => [
    `trailers of requests to ${name}, but for what HTTP/1.1 has`,
    'Billing',
    (b) => delete mutations(b, name)['request_trailers_mutations'],
    'trailers-dropped',
    'unproven',
  ]),
  [
    'filters behind the router that do not end',
    'Orders',
    (b) => upstream(b)['http_filters'].pop(),
    'headers-allow-listed',
    'unproven',
  ],
  [
    'a header that the rules read, set before them',
    'Orders',
    (b) => filters(b).unshift(changing({ append: { header: { key: 'authorization', value: 'Bearer x' } } })),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a header that the rules read, taken out before them',
    'Orders',
    (b) => filters(b).unshift(changing({ remove: 'origin' })),
    'cors-owned',
    'unproven',
  ],
  [
    'a header added behind the rules',
    'Orders',
    (b) =>
      filters(b).splice(-1, 0, changing({ append: { header: { key: 'baggage', value: '%REQ(authorization)%' } } })),
    'headers-allow-listed',
    'unproven',
  ],
  ['any query', 'Orders', (b) => rules(b).splice(3, 1), 'query-allow-listed'],
  [
    'any value of a parameter',
    'Orders',
    (b) => (rules(b)[3]!['header'].string_match = { prefix: '/' }),
    'query-allow-listed',
  ],
  [
    'a query that begins well',
    'Orders',
    (b) => (rules(b)[3]!['header'].string_match.safe_regex.regex += '.*'),
    'query-allow-listed',
  ],
  [
    'a parameter that is a credential',
    'Orders',
    (b) => (rules(b)[3]!['header'].string_match.safe_regex.regex = '[^?#]*(?:\\?access_token=.*)?'),
    'query-allow-listed',
  ],
  ['any origin', 'Orders', (b) => rules(b).splice(4, 1), 'cors-owned', 'unproven'],
  [
    'any origin with a certificate',
    'Ledger',
    (b) => {
      rules(b).splice(4, 1);
    },
    'cors-owned',
  ],
  ['the answer of the server to origins', 'Orders', (b) => delete mutations(b)['response_mutations'], 'cors-owned'],
  [
    'permissions added by the host',
    'Orders',
    (b) => (host(b)['response_headers_to_add'] = [{ header: { key: 'Access-Control-Allow-Origin', value: '*' } }]),
    'cors-owned',
  ],
  ...(
    [
      ['any origin in preflights', { safe_regex: { regex: '.*' } }, false],
      ['an origin by its end', { suffix: '.example.com' }, false],
      ['a star for an origin', { exact: '*' }, false],
      ['credentials of browsers', { exact: 'https://app.example.com' }, true],
    ] as const
  ).map(([what, origin, credentials]): ProxyFault => [
    what,
    'Orders',
    (b) => {
      filters(b).splice(1, 0, { name: CORS, typed_config: { '@type': type('filters.http.cors.v3.Cors') } });
      host(b)['typed_per_filter_config'] = {
        [CORS]: {
          '@type': type('filters.http.cors.v3.CorsPolicy'),
          allow_origin_string_match: [origin],
          allow_credentials: credentials,
        },
      };
    },
    'cors-owned',
  ]),
  ['any host', 'Orders', (b) => (host(b)['domains'] = ['*']), 'no-request-smuggling'],
  ['hosts by their end', 'Orders', (b) => host(b)['domains'].push('*.example.com'), 'no-request-smuggling'],
  [
    'two lengths',
    'Orders',
    (b) => (http(b)['http_protocol_options'].allow_chunked_length = true),
    'no-request-smuggling',
  ],
  ['HTTP/1.0', 'Orders', (b) => (http(b)['http_protocol_options'].accept_http_10 = true), 'no-request-smuggling'],
  [
    'names with underscores',
    'Orders',
    (b) => (http(b)['common_http_protocol_options'].headers_with_underscores_action = 'ALLOW'),
    'no-request-smuggling',
  ],
  [
    'names with underscores for operators',
    'Billing',
    (b) => delete http(b, 2)['common_http_protocol_options'].headers_with_underscores_action,
    'no-request-smuggling',
  ],
  [
    'escaped slashes as Envoy likes',
    'Orders',
    (b) => delete http(b)['path_with_escaped_slashes_action'],
    'path-canonical',
    'unproven',
  ],
  ['paths as they are written', 'Orders', (b) => delete http(b)['normalize_path'], 'path-canonical'],
  ['doubled slashes', 'Orders', (b) => (http(b)['merge_slashes'] = false), 'path-canonical'],
  [
    'slashes unescaped',
    'Orders',
    (b) => (http(b)['path_with_escaped_slashes_action'] = 'UNESCAPE_AND_FORWARD'),
    'path-canonical',
  ],
];
