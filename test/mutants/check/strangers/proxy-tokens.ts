import {
  drop,
  filter,
  filters,
  host,
  move,
  named,
  provider,
  requirement,
  route,
  type,
} from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const TOKENS = ['Orders', 'Billing'] as const;

const perRoute = (name: string, config: object) => (b: Edited) => {
  route(b)['typed_per_filter_config'] = { [`envoy.filters.http.${name}`]: config };
};

const perHost = (name: string, config: object) => (b: Edited) => {
  host(b)['typed_per_filter_config'] = { [`envoy.filters.http.${name}`]: config };
};

/** What is asked of tokens. */
export const PROXY_TOKENS: readonly StrangersFault[] = [
  ['no tokens', proxy((b) => drop(b, 'jwt_authn')), ['ingress-authenticated'], ...TOKENS],
  [
    'tokens are off',
    proxy((b) => {
      named(b, 'jwt_authn')['disabled'] = true;
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens may be missing',
    proxy((b) => {
      filter(b, 'jwt_authn')['rules'][0] = {
        match: { prefix: '/' },
        requires: { requires_any: { requirements: [requirement(b)['requires'], { allow_missing: {} }] } },
      };
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens may be wrong',
    proxy((b) => {
      requirement(b)['requires'] = { allow_missing_or_failed: {} };
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens for some paths',
    proxy((b) => {
      requirement(b)['match'] = { prefix: '/Cart' };
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'a path that is free',
    proxy((b) => {
      filter(b, 'jwt_authn')['rules'].unshift({ match: { prefix: '/public' } });
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens for no method but POST',
    proxy((b) => {
      requirement(b)['match'].headers = [{ name: ':method', string_match: { exact: 'GET' } }];
    }),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'no tokens for preflights',
    proxy((b) => {
      filter(b, 'jwt_authn')['bypass_cors_preflight'] = true;
    }),
    ['ingress-authenticated', 'cors-owned'],
    ...TOKENS,
  ],
  [
    'tokens are off on the route',
    proxy(perRoute('jwt_authn', { '@type': type('filters.http.jwt_authn.v3.PerRouteConfig'), disabled: true })),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens are off on the host',
    proxy(perHost('jwt_authn', { '@type': type('filters.http.jwt_authn.v3.PerRouteConfig'), disabled: true })),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'any filter of tokens is off on the route',
    proxy(perRoute('jwt_authn', { '@type': 'type.googleapis.com/envoy.config.route.v3.FilterConfig', disabled: true })),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens by a name nobody wrote',
    proxy(
      perRoute('jwt_authn', { '@type': type('filters.http.jwt_authn.v3.PerRouteConfig'), requirement_name: 'none' }),
    ),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'tokens after the router',
    proxy((b) => move(b, 'jwt_authn', filters(b).length)),
    ['ingress-authenticated'],
    ...TOKENS,
  ],
  [
    'rights before tokens',
    proxy((b) => move(b, 'jwt_authn', filters(b).length - 2)),
    [
      'ingress-authenticated',
      'scope-per-handler',
      'api-key-not-stored',
      'refusal-named',
      'rate-bounded',
      'results-closed',
      'token-signature-verified',
    ],
    'Billing',
  ],
  [
    'tokens for everybody',
    proxy((b) => {
      delete provider(b)['audiences'];
    }),
    ['token-audience-bound'],
    ...TOKENS,
  ],
  [
    'tokens for nobody named',
    proxy((b) => {
      provider(b)['audiences'] = [];
    }),
    ['token-audience-bound'],
    ...TOKENS,
  ],
  [
    'tokens of any issuer',
    proxy((b) => {
      delete provider(b)['issuer'];
    }),
    ['token-issuer-bound'],
    ...TOKENS,
  ],
  [
    'tokens that never end',
    proxy((b) => {
      provider(b)['require_expiration'] = false;
      delete provider(b)['max_lifetime'];
    }),
    ['token-expiry-required'],
    ...TOKENS,
  ],
  [
    'tokens need no end',
    proxy((b) => {
      delete provider(b)['require_expiration'];
    }),
    ['token-expiry-required'],
    ...TOKENS,
  ],
  [
    'tokens of a hundred years',
    proxy((b) => {
      provider(b)['max_lifetime'] = '3153600000s';
    }),
    ['token-expiry-required'],
    ...TOKENS,
  ],
  [
    'ten years are forgiven',
    proxy((b) => {
      provider(b)['clock_skew_seconds'] = 315360000;
    }),
    ['token-expiry-required'],
    ...TOKENS,
  ],
  [
    'an hour is forgiven',
    proxy((b) => {
      provider(b)['clock_skew_seconds'] = 3600;
    }),
    ['token-expiry-required'],
    ...TOKENS,
  ],
  [
    'tokens go on',
    proxy((b) => {
      provider(b)['forward'] = true;
    }),
    ['headers-allow-listed', 'credentials-not-combined-loosely'],
    ...TOKENS,
  ],
  [
    'what tokens say goes on',
    proxy((b) => {
      provider(b)['claim_to_headers'] = [{ header_name: 'x-sub', claim_name: 'sub' }];
    }),
    ['headers-allow-listed', 'forwarded-identity-not-trusted'],
    ...TOKENS,
  ],
  [
    'all that tokens say goes on',
    proxy((b) => {
      provider(b)['forward_payload_header'] = 'x-jwt';
    }),
    ['headers-allow-listed', 'forwarded-identity-not-trusted'],
    ...TOKENS,
  ],
  [
    'tokens in the query',
    proxy((b) => {
      provider(b)['from_params'] = ['access_token'];
    }),
    ['token-header-only'],
    ...TOKENS,
  ],
  [
    'tokens in cookies',
    proxy((b) => {
      provider(b)['from_cookies'] = ['t'];
    }),
    ['token-header-only'],
    ...TOKENS,
  ],
  [
    'tokens in another header',
    proxy((b) => {
      provider(b)['from_headers'].push({ name: 'x-token' });
    }),
    ['token-header-only', 'headers-allow-listed', 'credentials-not-combined-loosely', 'logs-hold-no-credential'],
    ...TOKENS,
  ],
  [
    'tokens are remembered',
    proxy((b) => {
      provider(b)['jwt_cache_config'] = { jwt_cache_size: 1000 };
    }),
    ['key-withdrawal-honoured'],
    ...TOKENS,
  ],
  [
    'keys are kept for a month',
    proxy((b) => {
      provider(b)['remote_jwks'].cache_duration = '2592000s';
    }),
    ['key-withdrawal-honoured'],
    'Orders',
  ],
];
