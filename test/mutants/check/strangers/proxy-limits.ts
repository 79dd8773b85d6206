import { drop, filter, route, type } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

/** The same at each of several doors: the first, or that of operators. */
const raw = (b: Edited): Edited => b;

const perRoute = (name: string, config: object) => (b: Edited) => {
  route(b)['typed_per_filter_config'] = { [`envoy.filters.http.${name}`]: config };
};

/** How much is taken. */
export const PROXY_LIMITS: readonly StrangersFault[] = [
  ['no limit of requests', proxy((b) => drop(b, 'local_ratelimit')), ['rate-bounded']],
  [
    'a limit that is not kept',
    proxy((b) => {
      filter(b, 'local_ratelimit')['filter_enforced'].default_value.numerator = 0;
    }),
    ['rate-bounded'],
  ],
  [
    'a limit that is off',
    proxy((b) => {
      filter(b, 'local_ratelimit')['filter_enabled'].default_value.numerator = 0;
    }),
    ['rate-bounded'],
  ],
  [
    'a limit in ten thousands',
    proxy((b) => {
      filter(b, 'local_ratelimit')['filter_enforced'].default_value.denominator = 'TEN_THOUSAND';
    }),
    ['rate-bounded'],
  ],
  [
    'a limit by the runtime',
    proxy((b) => {
      filter(b, 'local_ratelimit')['filter_enforced'].runtime_key = 'x';
      raw(b).layered_runtime.layers[0].static_layer.x = 0;
    }),
    ['rate-bounded'],
  ],
  [
    'a limit of a billion',
    proxy((b) => {
      Object.assign(filter(b, 'local_ratelimit')['token_bucket'], { max_tokens: 1e9, tokens_per_fill: 1e9 });
    }),
    ['rate-bounded'],
  ],
  [
    'a limit for all together',
    proxy((b) => {
      delete filter(b, 'local_ratelimit')['descriptors'];
    }),
    ['rate-bounded'],
  ],
  [
    'a limit for each connection',
    proxy((b) => {
      filter(b, 'local_ratelimit')['local_rate_limit_per_downstream_connection'] = true;
    }),
    ['rate-bounded'],
  ],
  [
    'a limit off on the route',
    proxy(
      perRoute('local_ratelimit', {
        '@type': type('filters.http.local_ratelimit.v3.LocalRateLimit'),
        stat_prefix: 'x',
      }),
    ),
    ['rate-bounded'],
  ],
  [
    'a limit with another status',
    proxy((b) => {
      filter(b, 'local_ratelimit')['status'] = { code: 200 };
    }),
    ['rate-bounded', 'refusal-named', 'alarms-present'],
  ],
  ['any body', proxy((b) => drop(b, 'body_size_limit')), ['body-bounded']],
  [
    'bodies of a terabyte',
    proxy((b) => {
      filter(b, 'body_size_limit')['max_request_bytes'] = 1e12;
    }),
    ['body-bounded'],
  ],
  [
    'bodies unbounded on the route',
    proxy(
      perRoute('body_size_limit', {
        '@type': type('filters.http.body_size_limit.v3.BodySizeLimit'),
        max_request_bytes: 1e12,
      }),
    ),
    ['body-bounded'],
  ],
];
