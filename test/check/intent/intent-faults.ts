import { complementRegex } from '../../../lib/proxy/complement-regex';
import { signingKey } from '../../core/signing-key';
import type { EditedBootstrap } from '../proxy/edited-proxy';
import type { ProxyFault } from '../proxy/fault';
import { cluster, filter, host, http, mutations, policies, provider, rules, validation } from '../proxy/parts';

/** Operators come in behind callers and health. */
const OPERATORS = 2;

/** One thing more than was asked for each, which nothing else of the file contradicts. */
export const INTENT_FAULTS: readonly ProxyFault[] = [
  ['another issuer', 'Orders', (b) => (provider(b)['issuer'] = 'https://other.example.com/'), 'token-issuer-bound'],
  ['one audience more', 'Orders', (b) => provider(b)['audiences'].push('billing'), 'token-audience-bound'],
  ['one audience more', 'Invoices', (b) => provider(b)['audiences'].push('orders'), 'token-audience-bound'],
  [
    'one audience more, in the requirement',
    'Orders',
    (b) => {
      const [rule] = filter(b, 'jwt_authn')['rules'];
      rule.requires = { provider_and_audiences: { provider_name: 'issuer', audiences: ['orders', 'billing'] } };
    },
    'token-audience-bound',
  ],
  [
    "one audience more at the operators' door",
    'Billing',
    (b) => provider(b, OPERATORS)['audiences'].push('elsewhere.example.com'),
    'admin-authenticated',
  ],
  ['a longer life of tokens', 'Orders', (b) => (provider(b)['max_lifetime'] = '86401s'), 'token-expiry-required'],
  ['more skew of clocks', 'Orders', (b) => (provider(b)['clock_skew_seconds'] = 61), 'token-expiry-required'],
  ['keys from elsewhere', 'Orders', keysFrom('https://login.example.com/other.json'), 'jwks-over-verified-tls'],
  ['one key more of the issuer', 'Invoices', (b) => addKey(provider(b)), 'token-signature-verified'],
  ['another key of the same name', 'Invoices', (b) => exchangeKey(provider(b)), 'token-signature-verified'],
  ['one key more of the registry', 'Billing', (b) => addKey(provider(b)), 'api-key-not-stored'],
  [
    'a revoked API key that is not refused',
    'Billing',
    (b) => exchange(b, 'lost-laptop-2026-10', 'lost-laptop-2026-09'),
    'key-withdrawal-honoured',
  ],
  [
    'one name of a certificate more',
    'Ledger',
    (b) => {
      const names = validation(b)['match_typed_subject_alt_names'];
      names.push({ san_type: 'DNS', matcher: { exact: 'guest.internal.example.com' } });
    },
    'client-certificate-required',
  ],
  [
    'one authority more',
    'Ledger',
    (b) =>
      (validation(b)['trusted_ca'].inline_string += '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
    'client-certificate-required',
  ],
  ['one handler more', 'Ledger', (b) => exchange(policies(b), 'deposit|', 'deposit|close|'), 'scope-per-handler'],
  ['the handler of another', 'Ledger', (b) => exchange(policies(b), 'balance', 'withdraw'), 'scope-per-handler'],
  [
    'one parameter of the query more',
    'Orders',
    (b) => exchange(rules(b)[3]!, 'delay=', 'trace=[0-9]+|delay='),
    'query-allow-listed',
  ],
  [
    'another shape of a parameter',
    'Orders',
    (b) => exchange(rules(b)[3]!, '[0-9]+', '[0-9a-z]+'),
    'query-allow-listed',
  ],
  ['one header more', 'Orders', forwardAlso('x-tenant-id'), 'headers-allow-listed'],
  [
    'one origin more',
    'Orders',
    (b) =>
      rules(b)[4]!['or_rules'].rules.push({
        header: { name: 'origin', string_match: { exact: 'https://app.example.com' } },
      }),
    'cors-owned',
  ],
  [
    'one host name more',
    'Orders',
    (b) => host(b)['domains'].push('restate.other.example.com'),
    'ingress-authenticated',
  ],
  [
    'one host name more for operators',
    'Billing',
    (b) => host(b, OPERATORS)['domains'].push('admin.other.example.com'),
    'admin-authenticated',
  ],
  ['larger bodies', 'Orders', (b) => (filter(b, 'body_size_limit')['max_request_bytes'] = 10_485_761), 'body-bounded'],
  [
    'more requests a second',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['token_bucket'].tokens_per_fill = 1001),
    'rate-bounded',
  ],
  [
    'more requests at once from one address',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['descriptors'][0].token_bucket.max_tokens = 1001),
    'rate-bounded',
  ],
  [
    'more calls in flight',
    'Orders',
    (b) => (cluster(b)['circuit_breakers'].thresholds[0].max_requests = 10_001),
    'rate-bounded',
  ],
  [
    'more connections',
    'Orders',
    (b) => exchange(b, /(max_active_downstream_connections":"?)5000/, '$15001'),
    'rate-bounded',
  ],
  ['more time for headers', 'Orders', (b) => (http(b)['request_headers_timeout'] = '11s'), 'slow-client-bounded'],
  ['more time for a body', 'Orders', (b) => (http(b)['request_timeout'] = '61s'), 'slow-client-bounded'],
  [
    'one scope more with a role',
    'Billing',
    (b) => {
      const { viewer } = policies(b, OPERATORS);
      viewer.principals.push(JSON.parse(JSON.stringify(viewer.principals[0]).replace('restate:view', 'restate:look')));
    },
    'admin-authenticated',
  ],
  [
    'another role for a scope',
    'Billing',
    (b) => exchange(policies(b, OPERATORS)['deployer'], 'restate:deploy', 'restate:view'),
    'registration-by-deployers-only',
  ],
];

/** Less than was asked for, which harms nobody. */
export const LESS: readonly (readonly [what: string, example: ProxyFault[1], edit: ProxyFault[2]])[] = [
  ['a shorter life of tokens', 'Orders', (b) => (provider(b)['max_lifetime'] = '600s')],
  ['fewer headers', 'Orders', forwardOnly('content-type')],
  ['fewer requests a second', 'Orders', (b) => (filter(b, 'local_ratelimit')['token_bucket'].tokens_per_fill = 100)],
  ['smaller bodies', 'Orders', (b) => (filter(b, 'body_size_limit')['max_request_bytes'] = 1_000)],
  ['one handler less', 'Ledger', (b) => exchange(policies(b), 'deposit|', '')],
  ['no query at all', 'Orders', (b) => exchange(rules(b)[3]!, /\(\?:\\\\\?.*?\)\)\?/, '')],
  ['a role that nobody has', 'Billing', (b) => delete policies(b, OPERATORS)['viewer']],
  ['fewer connections', 'Orders', (b) => exchange(b, /(max_active_downstream_connections":"?)5000/, '$1500')],
];

function keysFrom(uri: string): ProxyFault[2] {
  return (b) => (provider(b)['remote_jwks'].http_uri.uri = uri);
}

function addKey(settings: EditedBootstrap): void {
  const { keys } = JSON.parse(settings['local_jwks'].inline_string) as { keys: unknown[] };
  settings['local_jwks'].inline_string = JSON.stringify({ keys: [...keys, signingKey('stranger').jwk] });
}

function exchangeKey(settings: EditedBootstrap): void {
  const { keys } = JSON.parse(settings['local_jwks'].inline_string) as { keys: { kid: string }[] };
  settings['local_jwks'].inline_string = JSON.stringify({ keys: [signingKey(keys[0]!.kid).jwk] });
}

function forwardAlso(name: string): ProxyFault[2] {
  return forwardOnly(
    'accept',
    'baggage',
    'content-encoding',
    'content-length',
    'content-type',
    'idempotency-key',
    'traceparent',
    'tracestate',
    name,
  );
}

function forwardOnly(...names: readonly string[]): ProxyFault[2] {
  const line = ['host', ':method', ':path', ':scheme', ':authority', ':protocol'];
  return (b) => {
    const [first] = mutations(b)['request_mutations'];
    first.remove_on_match.key_matcher.safe_regex.regex = complementRegex([...line, ...names]);
  };
}

/** Exchanges text within a part, wherever it stands there. */
function exchange(part: EditedBootstrap, from: string | RegExp, to: string): void {
  const before = JSON.stringify(part);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`there is no ${String(from)}`);
  Object.assign(part, JSON.parse(after));
}
