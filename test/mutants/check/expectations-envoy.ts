import type { Expectation } from './expectation';

/** The filter that does HTTP at a listener. */
const AT_DOOR = String.raw`listeners\[(?:ingress|admin)\]\.filter_chains\[0\]\.filters\[envoy\.filters\.network\.http_connection_manager\]\.typed_config`;
const place = (rest: string): RegExp => new RegExp(String.raw`^envoy \S+ \.static_resources\.${AT_DOOR}${rest}`);
const filter = (name: string, rest: string): RegExp =>
  place(String.raw`\.http_filters\[envoy\.filters\.http\.${name}\]${rest}`);

const ADMITTED = [
  'ingress-authenticated',
  'admin-authenticated',
  'credentials-not-combined-loosely',
  'token-issuer-bound',
];

/** What is said of single changes to the proxy's configuration: guards that are named here are told when they go. */
export const EXPECTED_OF_ENVOY: readonly Expectation[] = [
  { at: filter('jwt_authn', '$'), by: /^delete$/, claims: ADMITTED },
  {
    at: filter('jwt_authn', String.raw`\.typed_config\.rules(?:\[0\](?:\.requires)?)?$`),
    by: /^(?:delete|empty|extra-first-free)$/,
    claims: [...ADMITTED, 'scope-per-handler'],
  },
  {
    at: filter('jwt_authn', String.raw`\.typed_config\.providers\.[\w-]+\.audiences$`),
    by: /^(?:delete|empty)$/,
    claims: ['token-audience-bound'],
  },
  {
    at: filter('jwt_authn', String.raw`\.typed_config\.providers\.[\w-]+\.issuer$`),
    by: /^delete$/,
    claims: ['token-issuer-bound'],
  },
  {
    at: filter('jwt_authn', String.raw`\.typed_config\.providers\.[\w-]+\.max_lifetime$`),
    by: /^(?:delete|bigger)$/,
    claims: ['token-expiry-required'],
  },
  {
    at: filter('jwt_authn', String.raw`\.typed_config\.providers\.[\w-]+\.from_headers$`),
    by: /^(?:delete|empty)$/,
    claims: ['token-header-only'],
  },
  {
    at: filter('rbac', String.raw`\.typed_config\.rules\.action$`),
    by: /^weaker-(?:ALLOW|LOG)$/,
    claims: [...ADMITTED, 'scope-per-handler', 'api-key-not-stored', 'results-closed'],
  },
  {
    at: filter(
      'rbac',
      String.raw`\.typed_config\.rules\.policies\.(?:call-handlers|viewer|deployer|operator|caller-\d)\.permissions$`,
    ),
    by: /^extra/,
    claims: ['results-closed', 'scope-per-handler', 'admin-authenticated', 'query-allow-listed'],
  },
  {
    at: filter(
      'rbac',
      String.raw`\.typed_config\.rules\.policies\.(?:viewer|deployer|operator|caller-\d)\.principals$`,
    ),
    by: /^extra/,
    claims: ['scope-per-handler', 'admin-authenticated', ...ADMITTED],
  },
  {
    at: filter('local_ratelimit', String.raw`(?:\.typed_config\.(?:filter_enabled|filter_enforced))?$`),
    by: /^delete$/,
    claims: ['rate-bounded'],
  },
  {
    at: filter('body_size_limit', String.raw`(?:\.typed_config\.max_request_bytes)?$`),
    by: /^(?:delete|bigger)$/,
    claims: ['body-bounded'],
  },
  {
    at: place(String.raw`\.(?:request_headers_timeout|request_timeout)$`),
    by: /^(?:delete|zero)$/,
    claims: ['slow-client-bounded'],
  },
  { at: place(String.raw`\.access_log$`), by: /^(?:delete|empty)$/, claims: ['refusal-named', 'alarms-present'] },
  { at: place(String.raw`\.access_log$`), by: /^extra/, claims: ['logs-hold-no-credential'] },
  {
    at: place(String.raw`\.(?:normalize_path|merge_slashes|path_with_escaped_slashes_action)$`),
    by: /^(?:delete|flip|weaker)/,
    claims: ['path-canonical', 'no-request-smuggling'],
  },
  {
    at: place(String.raw`\.xff_num_trusted_hops$`),
    by: /^(?:one-more|bigger)$/,
    claims: ['forwarded-identity-not-trusted'],
  },
  {
    at: place(String.raw`\.route_config\.virtual_hosts\[\w+\]\.domains$`),
    by: /every$/,
    claims: ['no-request-smuggling'],
  },
  {
    at: /^envoy \S+ \.static_resources\.clusters\[issuer\]\.transport_socket(?:\.typed_config(?:\.common_tls_context(?:\.validation_context(?:\.(?:trusted_ca|match_typed_subject_alt_names))?)?)?)?$/,
    by: /^(?:delete|empty)$/,
    claims: ['jwks-over-verified-tls', 'upstream-verified'],
  },
  {
    at: /^envoy \S+ \.static_resources\.listeners\[(?:ingress|admin)\]\.filter_chains\[0\]\.transport_socket$/,
    by: /^delete$/,
    claims: ['tls-outside', 'client-certificate-required'],
  },
  {
    at: /^envoy \S+ \.static_resources\.listeners\[ingress\]\.filter_chains\[0\]\.transport_socket\.typed_config\.require_client_certificate$/,
    claims: ['client-certificate-required'],
  },
  {
    at: /clusters\[[\w-]+\]\..*tls_params\.tls_minimum_protocol_version$/,
    by: /^delete$/,
    refused: 'of servers the proxy asks for TLS 1.2 by itself',
  },
  {
    at: /tls_params\.tls_minimum_protocol_version$/,
    by: /^(?:weaker-TLSv1_[01]|delete)$/,
    claims: ['tls-outside', 'jwks-over-verified-tls', 'upstream-verified'],
  },
  {
    at: /^envoy \S+ \.static_resources\.clusters\[restate(?:-admin)?\]\..*\.request_mutations(?:\[\d+\])?$/,
    by: /^(?:delete|empty)$/,
    claims: ['headers-allow-listed', 'admin-authenticated'],
  },
  {
    at: place(String.raw`\.common_http_protocol_options\.max_headers_count$`),
    by: /^bigger$/,
    claims: ['slow-client-bounded'],
  },
  {
    at: filter('rbac', String.raw`.*policies\.api-key-revoked\..*metadata_matcher\.filter$`),
    claims: ['api-key-not-stored'],
  },
  { at: /^envoy \S+ \.admin$/, claims: ['proxy-has-no-admin'] },
  {
    at: /^envoy /,
    refused:
      'a field of the proxy that it does not start without, has this value by default, or that its own tests know',
  },
];
