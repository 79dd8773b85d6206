import type { EditedBootstrap } from './edited-proxy';
import type { ProxyFault } from './fault';
import { cluster, filters, IN_A_FILE, provider, requirement, type, validation } from './parts';

function key(change: (key: EditedBootstrap) => void): (bootstrap: EditedBootstrap) => void {
  return (bootstrap) => {
    const source = provider(bootstrap)['local_jwks'];
    const set = JSON.parse(source.inline_string) as { keys: EditedBootstrap[] };
    set.keys.forEach(change);
    source.inline_string = JSON.stringify(set);
  };
}

/** Which tokens are taken: one guard less each. */
export const TOKEN_FAULTS: readonly ProxyFault[] = [
  ['a token for anybody', 'Orders', (b) => delete provider(b)['audiences'], 'token-audience-bound'],
  [
    'a token whose signature fails',
    'Orders',
    (b) => (requirement(b)['requires'] = { allow_missing_or_failed: {} }),
    'token-signature-verified',
  ],
  ['a token for nobody', 'Orders', (b) => (provider(b)['audiences'] = []), 'token-audience-bound'],
  [
    'other audiences in the requirement',
    'Orders',
    (b) => (requirement(b)['requires'] = { provider_and_audiences: { provider_name: 'issuer', audiences: [] } }),
    'token-audience-bound',
  ],
  ['a token of any issuer', 'Orders', (b) => delete provider(b)['issuer'], 'token-issuer-bound'],
  ['an empty issuer', 'Orders', (b) => (provider(b)['issuer'] = ''), 'token-issuer-bound'],
  [
    'a token of operators whose end is not required',
    'Billing',
    (b) => delete provider(b, 2)['require_expiration'],
    'token-expiry-required',
    'unproven',
  ],
  [
    'a token whose end is not required',
    'Orders',
    (b) => (provider(b)['require_expiration'] = false),
    'token-expiry-required',
    'unproven',
  ],
  [
    'a token that is left in the request',
    'Orders',
    (b) => (provider(b)['forward'] = true),
    'token-header-only',
    'unproven',
  ],
  ['a token of any life', 'Orders', (b) => delete provider(b)['max_lifetime'], 'token-expiry-required'],
  [
    'a token of a hundred years',
    'Orders',
    (b) => (provider(b)['max_lifetime'] = '3153600000s'),
    'token-expiry-required',
  ],
  [
    'a token a day after its end',
    'Orders',
    (b) => (provider(b)['clock_skew_seconds'] = 86_400),
    'token-expiry-required',
  ],
  ['a token in the query', 'Orders', (b) => (provider(b)['from_params'] = ['access_token']), 'token-header-only'],
  ['a token in a cookie', 'Orders', (b) => (provider(b)['from_cookies'] = ['session']), 'token-header-only'],
  [
    'a token in another header too',
    'Orders',
    (b) => provider(b)['from_headers'].push({ name: 'x-access-token' }),
    'token-header-only',
  ],
  ['a token from wherever it is', 'Orders', (b) => delete provider(b)['from_headers'], 'token-header-only'],
  [
    'keys in clear',
    'Orders',
    (b) => (provider(b)['remote_jwks'].http_uri.uri = 'http://login.example.com/keys.json'),
    'jwks-over-verified-tls',
  ],
  [
    'keys of another cluster',
    'Orders',
    (b) => (provider(b)['remote_jwks'].http_uri.cluster = 'restate'),
    'jwks-over-verified-tls',
  ],
  ['keys over no TLS', 'Orders', (b) => delete cluster(b, 'issuer')['transport_socket'], 'jwks-over-verified-tls'],
  [
    'keys without verification',
    'Orders',
    (b) => delete cluster(b, 'issuer')['transport_socket'].typed_config.common_tls_context.validation_context,
    'jwks-over-verified-tls',
  ],
  [
    'keys of any name',
    'Orders',
    (b) => delete validation(b, 'issuer')['match_typed_subject_alt_names'],
    'jwks-over-verified-tls',
  ],
  [
    'keys of another name',
    'Orders',
    (b) => (validation(b, 'issuer')['match_typed_subject_alt_names'][0].matcher.exact = 'evil.example.com'),
    'jwks-over-verified-tls',
  ],
  [
    'keys of a name alike',
    'Orders',
    (b) => (validation(b, 'issuer')['match_typed_subject_alt_names'][0].matcher = { suffix: 'example.com' }),
    'jwks-over-verified-tls',
  ],
  [
    'keys of any authority',
    'Orders',
    (b) => (validation(b, 'issuer')['trust_chain_verification'] = 'ACCEPT_UNTRUSTED'),
    'jwks-over-verified-tls',
  ],
  [
    'keys by an authority without a source',
    'Orders',
    (b) => (validation(b, 'issuer')['trusted_ca'] = {}),
    'jwks-over-verified-tls',
  ],
  [
    'keys verified as a file says',
    'Orders',
    (b) => {
      const common = cluster(b, 'issuer')['transport_socket'].typed_config.common_tls_context;
      delete common.validation_context;
      common.validation_context_sds_secret_config = IN_A_FILE;
    },
    'jwks-over-verified-tls',
    'unproven',
  ],
  [
    'keys by what Envoy ignores',
    'Orders',
    (b) => {
      delete validation(b, 'issuer')['trusted_ca'];
      validation(b, 'issuer')['system_root_certs'] = {};
    },
    'jwks-over-verified-tls',
  ],
  [
    'keys over old TLS',
    'Orders',
    (b) =>
      (cluster(b, 'issuer')[
        'transport_socket'
      ].typed_config.common_tls_context.tls_params.tls_minimum_protocol_version = 'TLSv1_0'),
    'upstream-verified',
  ],
  ['verdicts remembered', 'Orders', (b) => (provider(b)['jwt_cache_config'] = {}), 'key-withdrawal-honoured'],
  [
    'keys kept for a day',
    'Orders',
    (b) => (provider(b)['remote_jwks'].cache_duration = '86400s'),
    'key-withdrawal-honoured',
  ],
  [
    'keys kept as long as Envoy does',
    'Orders',
    (b) => delete provider(b)['remote_jwks'].cache_duration,
    'key-withdrawal-honoured',
  ],
  ['a private key in the key set', 'Billing', key((each) => (each['d'] = 'x'.repeat(43))), 'api-key-not-stored'],
  [
    'a shared secret in the key set',
    'Billing',
    key((each) => Object.assign(each, { kty: 'oct', k: 'x' })),
    'api-key-not-stored',
  ],
  ['a key without its algorithm', 'Billing', key((each) => delete each['alg']), 'token-signature-verified'],
  [
    'keys without an id',
    'Billing',
    (b) => delete filters(b)[3]!['typed_config'].rules.policies['api-key-without-id'],
    'api-key-not-stored',
  ],
  [
    'keys as they are',
    'Billing',
    (b) =>
      filters(b).unshift({ name: 'k', typed_config: { '@type': type('filters.http.api_key_auth.v3.ApiKeyAuth') } }),
    'api-key-not-stored',
  ],
  [
    'withdrawn keys looked for elsewhere',
    'Billing',
    (b) => {
      filters(b)[3]!['typed_config'].rules.policies[
        'api-key-revoked'
      ].principals[0].sourced_metadata.metadata_matcher.path[0].key = 'other';
    },
    'api-key-not-stored',
  ],
];
