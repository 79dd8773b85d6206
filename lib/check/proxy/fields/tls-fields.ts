import type { MessageFields } from './message-fields';

const VERSION = 'TLS_AUTO|TLSv1_0|TLSv1_1|TLSv1_2|TLSv1_3';

/** TLS on either side of the proxy. */
export const TLS_FIELDS: MessageFields = {
  TransportSocket: { name: 'text', typed_config: 'any' },
  RawBuffer: {},
  DownstreamTlsContext: {
    common_tls_context: 'CommonTlsContext',
    require_client_certificate: 'flag',
    require_sni: 'flag',
    session_timeout: 'duration',
    disable_stateless_session_resumption: 'flag',
    disable_stateful_session_resumption: 'flag',
    full_scan_certs_on_sni_mismatch: 'flag',
  },
  UpstreamTlsContext: {
    common_tls_context: 'CommonTlsContext',
    sni: 'text',
    auto_host_sni: 'flag',
    auto_sni_san_validation: 'flag',
    allow_renegotiation: 'flag',
    enforce_rsa_key_usage: 'flag',
  },
  CommonTlsContext: {
    tls_params: 'TlsParameters',
    tls_certificates: '[TlsCertificate]',
    tls_certificate_sds_secret_configs: '[SdsSecretConfig]',
    validation_context: 'ValidationContext',
    combined_validation_context: 'CombinedValidationContext',
    validation_context_sds_secret_config: 'SdsSecretConfig',
    alpn_protocols: '[text]',
  },
  TlsParameters: {
    tls_minimum_protocol_version: VERSION,
    tls_maximum_protocol_version: VERSION,
    cipher_suites: '[text]',
    ecdh_curves: '[text]',
    signature_algorithms: '[text]',
  },
  TlsCertificate: {
    certificate_chain: 'DataSource',
    private_key: 'DataSource',
    password: 'DataSource',
    ocsp_staple: 'DataSource',
  },
  CombinedValidationContext: {
    default_validation_context: 'ValidationContext',
    validation_context_sds_secret_config: 'SdsSecretConfig',
  },
  ValidationContext: {
    trusted_ca: 'DataSource',
    system_root_certs: 'json',
    match_typed_subject_alt_names: '[SubjectAltNameMatcher]',
    match_subject_alt_names: '[StringMatcher]',
    verify_certificate_spki: '[text]',
    verify_certificate_hash: '[text]',
    crl: 'DataSource',
    allow_expired_certificate: 'flag',
    only_verify_leaf_cert_crl: 'flag',
    trust_chain_verification: 'VERIFY_TRUST_CHAIN|ACCEPT_UNTRUSTED',
    max_verify_depth: 'number',
  },
  SubjectAltNameMatcher: { san_type: 'EMAIL|DNS|URI|IP_ADDRESS|OTHER_NAME', matcher: 'StringMatcher' },
  SdsSecretConfig: { name: 'text', sds_config: 'ConfigSource' },
  ConfigSource: {
    path_config_source: 'PathConfigSource',
    resource_api_version: 'V3',
    initial_fetch_timeout: 'duration',
  },
  PathConfigSource: { path: 'text', watched_directory: 'WatchedDirectory' },
  WatchedDirectory: { path: 'text' },
  DataSource: {
    filename: 'text',
    inline_string: 'text',
    inline_bytes: 'text',
    environment_variable: 'text',
    watched_directory: 'WatchedDirectory',
  },
};
