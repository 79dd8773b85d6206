import { chain, http, listener, tls, type, validation } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const EVERYBODY: readonly string[] = ['ingress-authenticated', 'client-certificate-required'];

/** The same at each of several doors: the first, or that of operators. */
const raw = (b: Edited): Edited => b;

const door =
  (address: string, port: number, more: object = {}) =>
  (b: Edited) => {
    const copy = structuredClone(listener(b));
    copy['name'] = 'stranger';
    copy['address'] = { socket_address: { address, port_value: port } };
    Object.assign(copy, more);
    raw(b).static_resources.listeners.push(copy);
  };

/** Doors and certificates of the proxy. */
export const PROXY_DOORS: readonly StrangersFault[] = [
  [
    "the proxy's own admin",
    proxy((b) => {
      raw(b).admin = { address: { socket_address: { address: '127.0.0.1', port_value: 9901 } } };
    }),
    ['proxy-has-no-admin'],
  ],
  [
    "the proxy's admin in a socket",
    proxy((b) => {
      raw(b).admin = { address: { pipe: { path: '/tmp/a' } } };
    }),
    ['proxy-has-no-admin'],
  ],
  [
    'no TLS at the door',
    proxy((b) => {
      delete chain(b)['transport_socket'];
    }),
    ['tls-outside', 'client-certificate-required'],
  ],
  [
    'raw instead of TLS at the door',
    proxy((b) => {
      chain(b)['transport_socket'] = {
        name: 'envoy.transport_sockets.raw_buffer',
        typed_config: { '@type': type('transport_sockets.raw_buffer.v3.RawBuffer') },
      };
    }),
    ['tls-outside', 'client-certificate-required'],
  ],
  [
    'a chain without TLS before',
    proxy((b) => {
      const plain = structuredClone(chain(b));
      delete plain['transport_socket'];
      plain['filter_chain_match'] = { transport_protocol: 'raw_buffer' };
      listener(b)['filter_chains'].unshift(plain);
      listener(b)['listener_filters'] = [
        {
          name: 'envoy.filters.listener.tls_inspector',
          typed_config: { '@type': type('filters.listener.tls_inspector.v3.TlsInspector') },
        },
      ];
    }),
    ['tls-outside', 'client-certificate-required'],
  ],
  [
    'a default chain without TLS',
    proxy((b) => {
      const plain = structuredClone(chain(b));
      delete plain['transport_socket'];
      listener(b)['default_filter_chain'] = plain;
      chain(b)['filter_chain_match'] = { server_names: ['a'] };
    }),
    ['tls-outside', 'client-certificate-required'],
  ],
  [
    'another door without TLS',
    proxy((b) => {
      door('0.0.0.0', 8080)(b);
      delete raw(b).static_resources.listeners.at(-1).filter_chains[0].transport_socket;
    }),
    [
      'tls-outside',
      'ingress-authenticated',
      'client-certificate-required',
      'ingress-no-bypass',
      'rules-exact',
      'bind-narrow',
    ],
  ],
  [
    'another door without tokens',
    proxy((b) => {
      const copy = structuredClone(listener(b));
      copy['name'] = 'stranger';
      copy['address'].socket_address.port_value = 9443;
      const config = copy['filter_chains'][0].filters.at(-1).typed_config;
      config.http_filters = config.http_filters.filter((each: Edited) => !/jwt|rbac/.test(each.name));
      raw(b).static_resources.listeners.push(copy);
    }),
    [...EVERYBODY, 'scope-per-handler', 'results-closed'],
  ],
  [
    'a door of raw bytes to the server',
    proxy((b) => {
      raw(b).static_resources.listeners.push({
        name: 'raw',
        address: { socket_address: { address: '0.0.0.0', port_value: 9000 } },
        filter_chains: [
          {
            filters: [
              {
                name: 'envoy.filters.network.tcp_proxy',
                typed_config: {
                  '@type': type('filters.network.tcp_proxy.v3.TcpProxy'),
                  stat_prefix: 'x',
                  cluster: 'restate',
                },
              },
            ],
          },
        ],
      });
    }),
    ['ingress-authenticated', 'ingress-no-bypass', 'client-certificate-required', 'admin-authenticated', 'tls-outside'],
  ],
  [
    'old TLS',
    proxy((b) => {
      tls(b)['common_tls_context'].tls_params.tls_minimum_protocol_version = 'TLSv1_0';
    }),
    ['tls-outside'],
  ],
  [
    'TLS 1.1',
    proxy((b) => {
      tls(b)['common_tls_context'].tls_params.tls_minimum_protocol_version = 'TLSv1_1';
    }),
    ['tls-outside'],
  ],
  [
    'weak ciphers',
    proxy((b) => {
      tls(b)['common_tls_context'].tls_params.cipher_suites = ['AES128-SHA', 'AES256-SHA'];
    }),
    ['tls-outside'],
  ],
  [
    'weak curves',
    proxy((b) => {
      tls(b)['common_tls_context'].tls_params.ecdh_curves = ['P-224'];
    }),
    ['tls-outside'],
  ],
  [
    'keys of TLS in a log',
    proxy((b) => {
      tls(b)['common_tls_context'].key_log = { path: '/tmp/keys' };
    }),
    ['tls-outside', 'logs-hold-no-credential', 'client-certificate-required'],
  ],
  [
    'certificates are not asked for',
    proxy((b) => {
      tls(b)['require_client_certificate'] = false;
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'certificates are not asked for, by silence',
    proxy((b) => {
      delete tls(b)['require_client_certificate'];
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'certificates of any authority',
    proxy((b) => {
      delete validation(b)['trusted_ca'];
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'certificates of any name',
    proxy((b) => {
      delete validation(b)['match_typed_subject_alt_names'];
    }),
    ['client-certificate-required', 'scope-per-handler'],
    'Ledger',
  ],
  [
    'certificates by any name',
    proxy((b) => {
      validation(b)['match_typed_subject_alt_names'] = [{ san_type: 'URI', matcher: { safe_regex: { regex: '.*' } } }];
    }),
    ['client-certificate-required', 'scope-per-handler'],
    'Ledger',
  ],
  [
    'certificates of untrusted authorities',
    proxy((b) => {
      validation(b)['trust_chain_verification'] = 'ACCEPT_UNTRUSTED';
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'certificates that have expired',
    proxy((b) => {
      validation(b)['allow_expired_certificate'] = true;
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'a list of the leaf alone',
    proxy((b) => {
      validation(b)['only_verify_leaf_cert_crl'] = true;
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'tickets of sessions',
    proxy((b) => {
      delete tls(b)['disable_stateless_session_resumption'];
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'sessions are taken up again',
    proxy((b) => {
      tls(b)['disable_stateless_session_resumption'] = false;
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'sessions are kept',
    proxy((b) => {
      tls(b)['disable_stateful_session_resumption'] = false;
    }),
    ['client-certificate-required'],
    'Ledger',
  ],
  [
    'the certificate of a client goes on',
    proxy((b) => {
      http(b)['forward_client_cert_details'] = 'ALWAYS_FORWARD_ONLY';
    }),
    ['forwarded-identity-not-trusted', 'client-certificate-required', 'headers-allow-listed'],
  ],
];
