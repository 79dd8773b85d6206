import type { CatalogueClaim } from './catalogue-claim';
import { BENCHMARK, MEASURED_PROXY, MEASURED_SERVER, SERVER_SECURITY } from './sources';

/** What is let through of a request that was admitted, and what it may do to the proxy. */
export const REQUEST_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'headers-allow-listed',
    statement: 'only named headers reach the node; credentials and cookies are absent from the journal',
    source: SERVER_SECURITY,
    fix: 'remove every header that is not named, in an upstream filter',
    decided: 'works out every header name that is left behind the router',
    attacked: 'sends credentials and cookies with a good call, and asks the journal for them',
  },
  {
    id: 'query-allow-listed',
    statement: 'only named query parameters reach the node',
    source: MEASURED_SERVER,
    fix: 'match the whole `:path`, query included, in the route',
    decided: 'works out which queries pass',
    attacked: 'sends credentials in the query, and asks the journal for them',
  },
  {
    id: 'trailers-dropped',
    statement: 'no request trailer reaches the node',
    source: MEASURED_PROXY,
    fix: 'remove every request trailer in the upstream filter',
    decided: 'works out which trailers are left behind the router',
    attacked: 'sends trailers with a good call',
  },
  {
    id: 'forwarded-identity-not-trusted',
    statement: 'x-forwarded-*, x-envoy-*, x-amzn-* and x-restate-* from outside are dropped or overwritten',
    source: MEASURED_PROXY,
    fix: 'trust no forwarding hop and forward none of these headers',
    decided:
      'compares how many forwarding hops are trusted with how many stand before the proxy, and works out which such headers pass',
    attacked: 'sends forwarding and internal headers with a good call, and asks the journal for them',
  },
  {
    id: 'cors-owned',
    statement: 'no foreign origin gets credentials; origins are named',
    source: MEASURED_SERVER,
    fix: 'remove Access-Control-* from answers, and set them for named origins alone',
    decided: 'reads which origins are named, and works out which calls and answers pass for others',
    attacked: 'calls and preflights as a foreign origin',
  },
  {
    id: 'no-request-smuggling',
    statement: 'length, encoding, folding, duplicate-host and pipelining tricks reach no second request',
    source: MEASURED_PROXY,
    fix: "keep the proxy's strict parsing; name the domains that it answers for",
    decided: 'reads which hosts are answered for, and how strictly requests are parsed',
    attacked: 'hides a second request in the first by length, chunks, folding and pipelining',
  },
  {
    id: 'path-canonical',
    statement: 'encoded, doubled and dotted paths reach no handler that the plain one does not',
    source: MEASURED_SERVER,
    fix: 'normalise and merge slashes, keep escaped ones, and route by a strict full expression',
    decided: 'reads how paths are normalised before they are judged, and whether they are rewritten after',
    attacked: 'spells the path of a refused handler in encoded, doubled and dotted ways',
  },
  {
    id: 'body-bounded',
    statement: 'oversized bodies are refused on both protocols without buffering them',
    source: MEASURED_PROXY,
    fix: 'use the body_size_limit filter, not buffer',
    decided: 'reads which limit counts bodies on every route, and what a connection may keep in memory',
    attacked: 'sends bodies beyond the limit over HTTP/1.1 and HTTP/2, with and without a length',
  },
  {
    id: 'refusal-named',
    statement: 'every refusal is attributed: firewall, proxy response detail, TLS alert or the answer of the server',
    source: MEASURED_PROXY,
    fix: 'keep the access log of the proxy, with RESPONSE_CODE_DETAILS and without query',
    decided: 'reads what the access log says of each request',
    attacked: 'asks of every refused attack who refused it',
  },
  {
    id: 'rules-exact',
    statement: 'no rule is wider than its listener or caller needs',
    source: BENCHMARK,
    fix: {
      aws: 'give each rule the one port that a listener has, and the group or range of those who call it; take out rules that lead to no listener',
      google:
        'give each google_compute_firewall the one port that a listener has, the ranges or accounts of those who call it and the account of the machine as its target; take out rules that lead to no listener',
    },
    decided:
      'takes from each rule of each group of the deployment the ports behind which something listens and the sources that have to come, and looks at what is left',
  },
  {
    id: 'slow-client-bounded',
    statement: 'slow headers and bodies are cut, while long calls of good callers live',
    source: MEASURED_PROXY,
    fix: 'set request_headers_timeout and request_timeout; no route timeout',
    decided: 'reads every time limit of connections, requests and routes',
    attacked: 'sends headers and bodies slowly, beside a long call of a good caller',
  },
  {
    id: 'rate-bounded',
    statement: 'floods get 429 and do not starve others',
    source: MEASURED_PROXY,
    fix: 'set local_ratelimit with both filter_enabled and filter_enforced',
    decided:
      'reads the token buckets before the filters that verify, whether they are enforced, and the limits of connections',
    attacked: 'floods each door from one address while somebody else calls',
  },
  {
    id: 'proxy-has-no-admin',
    statement: 'the proxy exposes no admin interface and no shared-memory or hot-restart socket',
    source: MEASURED_PROXY,
    fix: 'leave `admin` out of the bootstrap and start Envoy with --disable-hot-restart',
    decided: "reads the proxy's configuration and arguments for its admin interface and its sockets of hot restart",
    attacked: "looks for the proxy's admin interface and for its shared memory",
  },
  {
    id: 'logs-hold-no-credential',
    statement: 'no token, key, cookie or query value stands in any log line or error',
    source: SERVER_SECURITY,
    fix: 'log the path without query, no headers, and nothing at debug level',
    decided: 'reads each command of every log format, and the log level of the proxy',
    attacked: 'sends credentials in every place, and reads every log line for them',
  },
];
