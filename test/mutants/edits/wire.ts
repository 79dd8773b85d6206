import { editBootstrap, extension, listener, type Node } from '../envoy';
import type { Mutant } from '../mutant';
import { container, resources, type Template } from '../template';

const OLD_CIPHERS = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES128-GCM-SHA256'];

/** What stands on the wire and at the proxy's own interfaces. */
export const WIRE_MUTANTS: readonly Mutant[] = [
  {
    id: 'old-tls-at-proxy',
    guard: 'the oldest TLS version of the proxy',
    attack: 'old-tls-to-proxy',
    edit: (template) => editBootstrap(template, (bootstrap) => allowOldTls(listener(bootstrap, 'tls'))),
  },
  {
    id: 'old-tls-at-balancer',
    guard: 'the TLS policy of the balancer',
    attack: 'old-tls-to-balancer',
    edit: (template) =>
      balancerListener(template, (properties) => (properties['SslPolicy'] = 'ELBSecurityPolicy-2016-08')),
  },
  {
    id: 'plaintext-at-proxy',
    guard: "TLS as the one language of the proxy's port",
    attack: 'plaintext-to-proxy',
    edit: (template) => editBootstrap(template, (bootstrap) => speakBoth(listener(bootstrap, 'tls'))),
  },
  {
    id: 'plaintext-at-balancer',
    guard: 'TLS as the one language of the balancer',
    attack: 'plaintext-to-balancer',
    edit: (template) => {
      editBootstrap(template, (bootstrap) => speakBoth(listener(bootstrap, 'tls')));
      balancerListener(template, (properties) => {
        properties['Protocol'] = 'TCP';
        delete properties['SslPolicy'];
        delete properties['Certificates'];
      });
      for (const [, group] of resources(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
        group['Protocol'] = 'TCP';
      }
    },
  },
  {
    id: 'proxy-admin-on-loopback',
    guard: "the want of the proxy's admin interface",
    attack: 'proxy-admin-interface',
    edit: (template) =>
      editBootstrap(template, (bootstrap) => {
        bootstrap['admin'] = { address: { socket_address: { address: '127.0.0.1', port_value: 9901 } } };
      }),
  },
  {
    id: 'proxy-hot-restart',
    guard: "the switch against the proxy's shared sockets",
    attack: 'proxy-shared-sockets',
    edit: (template) => {
      const envoy = container(template, 'envoy');
      envoy.Command = envoy.Command.filter((word) => word !== '--disable-hot-restart');
    },
  },
  {
    id: 'authorization-logged',
    guard: "the access log's want of headers",
    attack: 'credentials-in-logs',
    edit: (template) => log(template, (format) => (format['authorization'] = '%REQ(AUTHORIZATION)%')),
  },
  {
    id: 'query-logged',
    guard: "the access log's want of the query",
    attack: 'credentials-in-logs',
    edit: (template) => log(template, (format) => (format['path'] = '%REQ(:PATH)%')),
  },
  {
    id: 'proxy-logs-everything',
    guard: 'the log level of the proxy',
    attack: 'credentials-in-logs',
    edit: (template) => {
      const envoy = container(template, 'envoy');
      envoy.Command[envoy.Command.indexOf('--log-level') + 1] = 'debug';
    },
  },
];

function log(template: Template, edit: (format: Node) => void): void {
  editBootstrap(template, (bootstrap) => {
    edit((extension(bootstrap, 'StdoutAccessLog')['log_format'] as { json_format: Node }).json_format);
  });
}

function balancerListener(template: Template, edit: (properties: Node) => void): void {
  for (const [, properties] of resources(template, 'AWS::ElasticLoadBalancingV2::Listener')) {
    edit(properties);
  }
}

/** The listener speaks the oldest versions, too. */
export function allowOldTls(door: Node): void {
  const tls = extension(door, 'DownstreamTlsContext')['common_tls_context'] as Node;
  tls['tls_params'] = { tls_minimum_protocol_version: 'TLSv1_0', cipher_suites: OLD_CIPHERS };
}

/** The listener speaks TLS with whoever begins it, and plaintext with everybody else. */
export function speakBoth(door: Node): void {
  const chains = door['filter_chains'] as Node[];
  door['listener_filters'] = [
    {
      name: 'envoy.filters.listener.tls_inspector',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
      },
    },
  ];
  door['filter_chains'] = chains.flatMap((chain) => [
    { ...chain, filter_chain_match: { transport_protocol: 'tls' } },
    { filters: chain['filters'], filter_chain_match: { transport_protocol: 'raw_buffer' } },
  ]);
}
