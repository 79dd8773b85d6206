import type { EditedBootstrap } from './edited-proxy';
import type { ProxyFault } from './fault';
import { drop, filter, http, IN_A_FILE, listener, policies, route, rules, tls, type, validation } from './parts';

const RBAC = 'envoy.filters.http.rbac';

/** Which certificates are taken, and what who is verified may: one guard less each. */
export const GRANT_FAULTS: readonly ProxyFault[] = [
  [
    'no certificate demanded, and nobody named',
    'Ledger',
    (b) => {
      tls(b)['require_client_certificate'] = false;
      delete validation(b)['match_typed_subject_alt_names'];
      for (const policy of Object.values(policies(b)) as EditedBootstrap[]) policy['principals'] = [{ any: true }];
    },
    'ingress-authenticated',
  ],
  [
    'no certificate demanded in the handshake',
    'Ledger',
    (b) => (tls(b)['require_client_certificate'] = false),
    'client-certificate-required',
  ],
  [
    'no name compared in the handshake',
    'Ledger',
    (b) => delete validation(b)['match_typed_subject_alt_names'],
    'client-certificate-required',
  ],
  ['no log of handshakes', 'Ledger', (b) => delete listener(b)['access_log'], 'refusal-named'],
  [
    'a log of other connections than those that failed',
    'Ledger',
    (b) => (listener(b)['access_log'][0].filter.extension_filter.typed_config.expression = 'false'),
    'refusal-named',
    'unproven',
  ],
  ['an authority without a source', 'Ledger', (b) => (validation(b)['trusted_ca'] = {}), 'client-certificate-required'],
  ...(['client-certificate-required', 'ingress-authenticated'] as const).map((claim): ProxyFault => [
    `certificates verified as a file says, for ${claim}`,
    'Ledger',
    (b) => {
      const common = tls(b)['common_tls_context'];
      delete common.combined_validation_context;
      common.validation_context_sds_secret_config = IN_A_FILE;
    },
    claim,
    'unproven',
  ]),
  ['no authority', 'Ledger', (b) => delete validation(b)['trusted_ca'], 'client-certificate-required'],
  [
    'any authority',
    'Ledger',
    (b) => (validation(b)['trust_chain_verification'] = 'ACCEPT_UNTRUSTED'),
    'client-certificate-required',
  ],
  [
    'certificates past their time',
    'Ledger',
    (b) => (validation(b)['allow_expired_certificate'] = true),
    'client-certificate-required',
  ],
  [
    'a name by its end',
    'Ledger',
    (b) => (validation(b)['match_typed_subject_alt_names'][0].matcher = { suffix: 'example.com' }),
    'client-certificate-required',
  ],
  [
    'no revocation list',
    'Ledger',
    (b) => delete tls(b)['common_tls_context'].combined_validation_context.validation_context_sds_secret_config,
    'client-certificate-required',
  ],
  [
    'sessions resumed by tickets',
    'Ledger',
    (b) => delete tls(b)['disable_stateless_session_resumption'],
    'client-certificate-required',
  ],
  [
    'sessions resumed',
    'Ledger',
    (b) => (tls(b)['disable_stateful_session_resumption'] = false),
    'client-certificate-required',
  ],
  [
    'connections for ever',
    'Ledger',
    (b) => delete http(b)['common_http_protocol_options'].max_connection_duration,
    'client-certificate-required',
  ],
  [
    'certificates by a validator nobody knows',
    'Ledger',
    (b) => (validation(b)['custom_validator_config'] = {}),
    'client-certificate-required',
    'unproven',
  ],
  [
    'a certificate out of a header',
    'Ledger',
    (b) => (http(b)['forward_client_cert_details'] = 'ALWAYS_FORWARD_ONLY'),
    'forwarded-identity-not-trusted',
  ],
  [
    'handlers for every certificate',
    'Ledger',
    (b) => (policies(b)['caller-0'].principals = [{ any: true }]),
    'scope-per-handler',
  ],
  [
    'every handler for a certificate',
    'Ledger',
    (b) => (rules(b)[1] = { url_path: { path: { safe_regex: { regex: '/[A-Za-z]+/[a-z]+' } } } }),
    'scope-per-handler',
    'unproven',
  ],
  [
    'every path for a certificate',
    'Ledger',
    (b) => (policies(b)['caller-0'].permissions = [{ any: true }]),
    'scope-per-handler',
  ],
  [
    'paths that hold a grant',
    'Ledger',
    (b) =>
      (rules(b)[1]!['url_path'].path.safe_regex.regex = `.*(?:${rules(b)[1]!['url_path'].path.safe_regex.regex}).*`),
    'scope-per-handler',
  ],
  [
    'all conditions or one',
    'Ledger',
    (b) => {
      const [permission] = policies(b)['caller-0'].permissions;
      permission.or_rules = permission.and_rules;
      delete permission.and_rules;
    },
    'scope-per-handler',
  ],
  [
    'the authorisation off',
    'Ledger',
    (b) => (route(b)['typed_per_filter_config'] = { [RBAC]: { '@type': type('filters.http.rbac.v3.RBACPerRoute') } }),
    'scope-per-handler',
  ],
  ['no authorisation', 'Ledger', (b) => drop(b, 'rbac'), 'scope-per-handler'],
  [
    'rules in the shadow',
    'Ledger',
    (b) => {
      const settings = filter(b, 'rbac');
      settings['shadow_rules'] = settings['rules'];
      delete settings['rules'];
    },
    'scope-per-handler',
  ],
  [
    'rules that deny what they know',
    'Ledger',
    (b) => (filter(b, 'rbac')['rules'].action = 'DENY'),
    'scope-per-handler',
  ],
  ['rules that log', 'Ledger', (b) => (filter(b, 'rbac')['rules'].action = 'LOG'), 'scope-per-handler'],
  [
    'rules by a matcher',
    'Ledger',
    (b) => {
      filter(b, 'rbac')['matcher'] = {};
    },
    'scope-per-handler',
    'unproven',
  ],
  [
    'a policy for everybody beside',
    'Ledger',
    (b) => (policies(b)['more'] = { permissions: [{ any: true }], principals: [{ any: true }] }),
    'scope-per-handler',
  ],
  [
    'a policy for who is not somebody',
    'Ledger',
    (b) => {
      policies(b)['caller-0'].principals = [{ not_id: { authenticated: { principal_name: { exact: 'x' } } } }];
    },
    'scope-per-handler',
  ],
];
