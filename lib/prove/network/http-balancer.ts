import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TlsVersions } from './ssl-policy';

/** What stands in for a balancer that ends TLS and HTTP. */
export interface HttpBalancerOptions {
  /** Path of the Envoy that plays it. */
  readonly envoy: string;
  /** Command prefix that enters the balancer's namespace. */
  readonly enter: readonly string[];
  readonly port: number;
  readonly tls: TlsVersions;
  /** PEM, for the names that callers use. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly target: { readonly address: string; readonly port: number; readonly protocol: 'HTTPS' | 'HTTP2' | 'HTTP' };
  /** The address that callers reach it at, which it adds to `x-forwarded-for` behind theirs. */
  readonly address: string;
}

const START_MS = 15_000;
const POLL_MS = 50;

/**
 * Starts what stands in for Google's Application Load Balancer: it ends TLS and HTTP, adds the caller's address and its own to
 * `x-forwarded-for`, and speaks to the target with a TLS whose certificate is not verified. An Envoy plays it, as one does on Google.
 *
 * @see https://cloud.google.com/load-balancing/docs/https#x-forwarded-for_header
 */
export async function startHttpBalancer(options: HttpBalancerOptions): Promise<{ stop(): Promise<void> }> {
  const words = [
    '--config-yaml',
    JSON.stringify(configuration(options)),
    '--disable-hot-restart',
    '--concurrency',
    '1',
  ];
  const child = spawn('env', [...options.enter, options.envoy, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-20_000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const until = performance.now() + START_MS;
  while (!log.includes('starting main dispatch loop')) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`what stands in for the balancer does not start: ${log.slice(-1_000)}`);
    }
    await sleep(POLL_MS);
  }
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function configuration(options: HttpBalancerOptions): unknown {
  const { port, target } = options;
  return {
    node: { id: 'balancer', cluster: 'balancer' },
    static_resources: {
      listeners: [
        {
          name: 'callers',
          address: { socket_address: { address: '0.0.0.0', port_value: port } },
          filter_chains: [{ transport_socket: callersTls(options), filters: [http(options)] }],
        },
      ],
      clusters: [
        {
          name: 'target',
          type: 'STATIC',
          connect_timeout: '10s',
          load_assignment: {
            cluster_name: 'target',
            endpoints: [
              {
                lb_endpoints: [
                  {
                    endpoint: {
                      address: { socket_address: { address: target.address, port_value: target.port } },
                    },
                  },
                ],
              },
            ],
          },
          ...upstreamProtocol(target.protocol),
        },
      ],
    },
  };
}

function callersTls({ tls, certificate, privateKey }: HttpBalancerOptions): unknown {
  return typed('envoy.transport_sockets.tls', 'transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: {
      alpn_protocols: ['h2', 'http/1.1'],
      tls_params: {
        tls_minimum_protocol_version: versionName(tls.minVersion),
        tls_maximum_protocol_version: versionName(tls.maxVersion),
        ...(isOld(tls.minVersion) && { cipher_suites: OLD_CIPHERS }),
      },
      tls_certificates: [
        { certificate_chain: { inline_string: certificate }, private_key: { inline_string: privateKey } },
      ],
    },
  });
}

/** Envoy offers none that TLS before 1.2 knows unless it is told to, and says nothing of what it lacks. */
const OLD_CIPHERS = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA'];

function isOld(version: TlsVersions['minVersion']): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1';
}

/** As Envoy writes it: `TLSv1_2`. */
function versionName(version: TlsVersions['minVersion']): string {
  return version === 'TLSv1' ? 'TLSv1_0' : version.replace('.', '_');
}

function http({ address }: HttpBalancerOptions): unknown {
  return typed(
    'envoy.filters.network.http_connection_manager',
    'filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: 'callers',
      use_remote_address: true,
      generate_request_id: false,
      stream_idle_timeout: '600s',
      server_header_transformation: 'PASS_THROUGH',
      // trailers are the target's to refuse
      http_protocol_options: { enable_trailers: true },
      via: '1.1 google',
      http_filters: [
        typed('envoy.filters.http.router', 'filters.http.router.v3.Router', { suppress_envoy_headers: true }),
      ],
      route_config: {
        name: 'callers',
        request_headers_to_add: [
          { header: { key: 'x-forwarded-for', value: address }, append_action: 'APPEND_IF_EXISTS_OR_ADD' },
        ],
        virtual_hosts: [
          {
            name: 'all',
            domains: ['*'],
            routes: [{ match: { prefix: '/' }, route: { cluster: 'target', timeout: '0s' } }],
          },
        ],
      },
    },
  );
}

function upstreamProtocol(protocol: HttpBalancerOptions['target']['protocol']): object {
  const explicit =
    protocol === 'HTTP2' ? { http2_protocol_options: {} } : { http_protocol_options: { enable_trailers: true } };
  const tls = typed('envoy.transport_sockets.tls', 'transport_sockets.tls.v3.UpstreamTlsContext', {
    common_tls_context: { alpn_protocols: [protocol === 'HTTP2' ? 'h2' : 'http/1.1'] },
  });
  return {
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: explicit,
      },
    },
    ...(protocol !== 'HTTP' && { transport_socket: tls }),
  };
}

function typed(name: string, type: string, fields: object): unknown {
  return { name, typed_config: { '@type': `type.googleapis.com/envoy.extensions.${type}`, ...fields } };
}
