import type { Container, Host } from '../../../lib/artifact/artifact';
import { aContainer } from './a-container';

/** A proxy as somebody wrote it who had never seen ours: YAML, keys inline, its certificate from a secret. */
const BOOTSTRAP = `
static_resources:
  listeners:
  - name: front
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context:
            tls_certificates:
            - certificate_chain: {environment_variable: FRONT_CERTIFICATE}
              private_key: {environment_variable: FRONT_KEY}
      filters:
      - name: http
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: front
          access_log:
          - name: out
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog
              log_format: {json_format: {p: "%PATH(NQ)%", s: "%RESPONSE_CODE%", why: "%RESPONSE_CODE_DETAILS%"}}
          http_filters:
          - name: tokens
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
              providers:
                login:
                  issuer: https://login.internal/
                  audiences: [engine]
                  local_jwks: {inline_string: '{"keys":[]}'}
              rules: [{match: {prefix: /}, requires: {provider_name: login}}]
          - name: router
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
          route_config:
            virtual_hosts:
            - {name: all, domains: [engine.internal], routes: [{match: {prefix: /}, route: {cluster: engine, timeout: 0s}}]}
  clusters:
  - name: engine
    type: STATIC
    load_assignment:
      cluster_name: engine
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: 8080}}}}]}]
`;

const GATE: Container = aContainer({
  name: 'gate',
  image: { text: ['registry.internal/envoyproxy/envoy:distroless-v1.40.0'], tag: 'distroless-v1.40.0' },
  command: [['--config-yaml'], [BOOTSTRAP], ['--log-level'], ['warn']],
  secrets: { FRONT_CERTIFICATE: ['arn:certificate'], FRONT_KEY: ['arn:key'], UNUSED: ['arn:other'] },
  dependsOn: [{ container: 'engine', condition: 'HEALTHY' }],
});

const ENGINE: Container = aContainer({
  name: 'engine',
  image: { text: ['registry.internal/restatedev/restate:1.7.12'], tag: '1.7.12' },
  command: [['--node-name'], ['solo'], ['--base-dir'], ['/state']],
  environment: {
    RESTATE_LISTEN_MODE: ['tcp'],
    RESTATE_BIND_ADDRESS: ['127.0.0.1:5122'],
    RESTATE_ADVERTISED_ADDRESS: ['http://127.0.0.1:5122/'],
    RESTATE_INGRESS__BIND_ADDRESS: ['127.0.0.1:8080'],
    RESTATE_ADMIN__BIND_ADDRESS: ['127.0.0.1:9099'],
    RESTATE_DEFAULT_NUM_PARTITIONS: ['2'],
    RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: ['256 MiB'],
    ZONE: [{ logicalId: 'AWS::Region' }, 'a'],
  },
  mounts: [{ volume: 'state', path: '/state', readOnly: false }],
  healthCheck: [['CMD-SHELL'], ['curl -fs http://127.0.0.1:9099/health || exit 1']],
});

/** A task that shares no name, no entry point and no habit with those that our constructs render. */
export const HAND_WRITTEN: Partial<Host> = { containers: [GATE, ENGINE], volumes: [{ name: 'state' }] };
