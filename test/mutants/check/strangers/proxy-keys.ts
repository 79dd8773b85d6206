import { cluster, filter, filters, provider, requirement, validation } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const TOKENS = ['Orders', 'Billing'] as const;

const deny = (b: Edited, index = 0): Edited =>
  filters(b, index).find((each: Edited) => each['typed_config'].rules?.action === 'DENY')!['typed_config'];

/** By which keys tokens are verified, and which are refused. */
export const PROXY_KEYS: readonly StrangersFault[] = [
  [
    'keys over http',
    proxy((b) => {
      provider(b)['remote_jwks'].http_uri.uri = 'http://login.example.com/keys';
    }),
    ['jwks-over-verified-tls'],
    'Orders',
  ],
  [
    'keys from the server itself',
    proxy((b) => {
      provider(b)['remote_jwks'].http_uri.cluster = 'restate';
    }),
    ['jwks-over-verified-tls'],
    'Orders',
  ],
  [
    'keys of a stranger',
    proxy((b) => {
      provider(b)['remote_jwks'].http_uri.uri = 'https://keys.example.net/keys';
      cluster(b, 'issuer')['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address =
        'keys.example.net';
    }),
    ['jwks-over-verified-tls', 'token-issuer-bound'],
    'Orders',
  ],
  [
    'keys from whom nobody verifies',
    proxy((b) => {
      delete validation(b, 'issuer')['trusted_ca'];
    }),
    ['jwks-over-verified-tls', 'upstream-verified'],
    'Orders',
  ],
  [
    'keys from any name',
    proxy((b) => {
      delete validation(b, 'issuer')['match_typed_subject_alt_names'];
    }),
    ['jwks-over-verified-tls', 'upstream-verified'],
    'Orders',
  ],
  [
    'keys from names by a suffix',
    proxy((b) => {
      validation(b, 'issuer')['match_typed_subject_alt_names'][0].matcher = { suffix: '.com' };
    }),
    ['jwks-over-verified-tls', 'upstream-verified'],
    'Orders',
  ],
  [
    'keys from untrusted servers',
    proxy((b) => {
      validation(b, 'issuer')['trust_chain_verification'] = 'ACCEPT_UNTRUSTED';
    }),
    ['jwks-over-verified-tls', 'upstream-verified'],
    'Orders',
  ],
  [
    'keys over old TLS',
    proxy((b) => {
      cluster(b, 'issuer')['transport_socket'].typed_config.common_tls_context.tls_params.tls_minimum_protocol_version =
        'TLSv1_0';
    }),
    ['jwks-over-verified-tls', 'upstream-verified', 'tls-outside'],
    'Orders',
  ],
  [
    'keys in the clear',
    proxy((b) => {
      delete cluster(b, 'issuer')['transport_socket'];
    }),
    ['jwks-over-verified-tls'],
    'Orders',
  ],
  [
    'renegotiation with the issuer',
    proxy((b) => {
      cluster(b, 'issuer')['transport_socket'].typed_config.allow_renegotiation = true;
    }),
    ['jwks-over-verified-tls', 'upstream-verified'],
    'Orders',
  ],
  [
    'a key that everybody has',
    proxy((b) => {
      provider(b)['local_jwks'].inline_string = JSON.stringify({ keys: [{ kty: 'oct', alg: 'HS256', k: 'c2VjcmV0' }] });
    }),
    ['api-key-not-stored', 'token-signature-verified'],
    'Billing',
  ],
  [
    'the private half of a key',
    proxy((b) => {
      const set = JSON.parse(provider(b)['local_jwks'].inline_string as string);
      set.keys[0].d = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      provider(b)['local_jwks'].inline_string = JSON.stringify(set);
    }),
    ['api-key-not-stored', 'secrets-by-reference', 'token-signature-verified'],
    'Billing',
  ],
  [
    'a key that does not say how it signs',
    proxy((b) => {
      const set = JSON.parse(provider(b)['local_jwks'].inline_string as string);
      delete set.keys[0].alg;
      provider(b)['local_jwks'].inline_string = JSON.stringify(set);
    }),
    ['token-signature-verified'],
    'Billing',
  ],
  [
    'a short key of RSA',
    proxy((b) => {
      provider(b)['local_jwks'].inline_string = JSON.stringify({
        keys: [{ kty: 'RSA', alg: 'RS256', kid: 'a', n: 'AQAB', e: 'AQAB' }],
      });
    }),
    ['token-signature-verified', 'api-key-not-stored'],
    'Billing',
  ],
  [
    'keys from a file',
    proxy((b) => {
      provider(b)['local_jwks'] = { filename: '/run/portcullis/tls/keys.json' };
    }),
    ['token-signature-verified', 'api-key-not-stored', 'token-issuer-bound'],
    'Billing',
  ],
  [
    'a second provider of a stranger',
    proxy((b) => {
      const all = filter(b, 'jwt_authn')['providers'];
      all.stranger = { ...structuredClone(provider(b)), issuer: 'https://stranger.example.net/' };
      delete all.stranger.audiences;
      requirement(b)['requires'] = {
        requires_any: { requirements: [requirement(b)['requires'], { provider_name: 'stranger' }] },
      };
    }),
    ['token-issuer-bound', 'token-audience-bound'],
    ...TOKENS,
  ],
  [
    'keys without an id are taken',
    proxy((b) => {
      delete deny(b)['rules'].policies['api-key-without-id'];
    }),
    ['api-key-not-stored'],
    'Billing',
  ],
  [
    'keys that are revoked are allowed',
    proxy((b) => {
      deny(b)['rules'].action = 'ALLOW';
    }),
    ['api-key-not-stored', 'ingress-authenticated', 'scope-per-handler'],
    'Billing',
  ],
  [
    'keys that are revoked are only written down',
    proxy((b) => {
      deny(b)['rules'].action = 'LOG';
    }),
    ['api-key-not-stored'],
    'Billing',
  ],
  [
    'keys that are revoked are refused by default',
    proxy((b) => {
      delete deny(b)['rules'].action;
    }),
    ['api-key-not-stored', 'ingress-authenticated', 'scope-per-handler', 'results-closed'],
    'Billing',
  ],
  [
    'keys that are revoked are refused in the shadow',
    proxy((b) => {
      const config = deny(b);
      config['shadow_rules'] = config['rules'];
      delete config['rules'];
    }),
    ['api-key-not-stored'],
    'Billing',
  ],
  [
    'what is denied reads what nobody writes',
    proxy((b) => {
      deny(b)['rules'].policies['api-key-revoked'].principals[0].sourced_metadata.metadata_matcher.filter =
        'envoy.filters.http.other';
    }),
    ['api-key-not-stored'],
    'Billing',
  ],
  [
    'what is denied reads another name',
    proxy((b) => {
      deny(b)['rules'].policies['api-key-revoked'].principals[0].sourced_metadata.metadata_matcher.path[0].key =
        'other';
    }),
    ['api-key-not-stored'],
    'Billing',
  ],
];
