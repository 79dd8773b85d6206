import type { CatalogueClaim } from './catalogue-claim';
import { MEASURED_PROXY, MEASURED_SERVER, SERVER_SECURITY } from './sources';

/** What is let through of a request that was admitted, and what it may do to the proxy. */
export const REQUEST_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'headers-allow-listed',
    statement: 'only named headers reach the node; credentials and cookies are absent from the journal',
    source: SERVER_SECURITY,
    fix: 'remove every header that is not named, in an upstream filter',
  },
  {
    id: 'query-allow-listed',
    statement: 'only named query parameters reach the node',
    source: MEASURED_SERVER,
    fix: 'match the whole `:path`, query included, in the route',
  },
  {
    id: 'trailers-dropped',
    statement: 'no request trailer reaches the node',
    source: MEASURED_PROXY,
    fix: 'remove every request trailer in the upstream filter',
  },
  {
    id: 'forwarded-identity-not-trusted',
    statement: 'x-forwarded-*, x-envoy-*, x-amzn-* and x-restate-* from outside are dropped or overwritten',
    source: MEASURED_PROXY,
    fix: 'trust no forwarding hop and forward none of these headers',
  },
  {
    id: 'cors-owned',
    statement: 'no foreign origin gets credentials; origins are named',
    source: MEASURED_SERVER,
    fix: 'remove Access-Control-* from answers, and set them for named origins alone',
  },
  {
    id: 'no-request-smuggling',
    statement: 'length, encoding, folding, duplicate-host and pipelining tricks reach no second request',
    source: MEASURED_PROXY,
    fix: "keep the proxy's strict parsing; name the domains that it answers for",
  },
  {
    id: 'path-canonical',
    statement: 'encoded, doubled and dotted paths reach no handler that the plain one does not',
    source: MEASURED_SERVER,
    fix: 'normalise and merge slashes, keep escaped ones, and route by a strict full expression',
  },
  {
    id: 'body-bounded',
    statement: 'oversized bodies are refused on both protocols without buffering them',
    source: MEASURED_PROXY,
    fix: 'use the body_size_limit filter, not buffer',
  },
  {
    id: 'refusal-named',
    statement: 'every refusal is attributed: firewall, proxy response detail, TLS alert or the answer of the server',
    source: MEASURED_PROXY,
    fix: 'keep the access log of the proxy, with RESPONSE_CODE_DETAILS and without query',
  },
  {
    id: 'slow-client-bounded',
    statement: 'slow headers and bodies are cut, while long calls of good callers live',
    source: MEASURED_PROXY,
    fix: 'set request_headers_timeout and request_timeout; no route timeout',
  },
  {
    id: 'rate-bounded',
    statement: 'floods get 429 and do not starve others',
    source: MEASURED_PROXY,
    fix: 'set local_ratelimit with both filter_enabled and filter_enforced',
  },
  {
    id: 'proxy-has-no-admin',
    statement: 'the proxy exposes no admin interface and no shared-memory or hot-restart socket',
    source: MEASURED_PROXY,
    fix: 'leave `admin` out of the bootstrap and start Envoy with --disable-hot-restart',
  },
  {
    id: 'logs-hold-no-credential',
    statement: 'no token, key, cookie or query value stands in any log line or error',
    source: SERVER_SECURITY,
    fix: 'log the path without query, no headers, and nothing at debug level',
  },
];
