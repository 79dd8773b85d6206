import { requestLog } from './access-log';
import { bodyLimit } from './body-limit';
import { headerAllowList } from './header-allow-list';
import { headerRule } from './header-rule';
import { LOCAL_REPLIES } from './local-replies';
import { loopbackServer } from './loopback-server';
import { ROUTER } from './router';
import { extension, type JsonObject } from './typed-config';

/** What the server may mint with the account of its machine. */
export interface MetadataProps {
  /** TCP port of the plaintext listener on loopback, for the server alone. */
  readonly port: number;
  /** Whether the server mints tokens for another account, for which it needs an access token of its machine's own. */
  readonly impersonates: boolean;
  /** Where the metadata server is. @default - 169.254.169.254, port 80 */
  readonly upstream?: { readonly address: string; readonly port: number };
}

const NAME = 'metadata';

/** @see https://cloud.google.com/compute/docs/metadata/querying-metadata */
const METADATA_SERVER = { address: '169.254.169.254', port: 80 };

/** The header without which the metadata server answers nobody, and that no browser and no plain request forwarded by mistake has. */
const FLAVOR = 'metadata-flavor';

const ID_TOKEN = '/computeMetadata/v1/instance/service-accounts/default/identity';

/** What the server asks for before it impersonates, seen on the real one: its own access token, and the domain of Google's APIs. */
const TO_IMPERSONATE = [
  '/computeMetadata/v1/instance/service-accounts/default/token',
  '/computeMetadata/v1/universe/universe-domain',
];

/**
 * Parameters of an ID token as the server writes them, `?audience=https%3A%2F%2F...&format=standard`. No slash stands among them: an
 * operator may register any address as a service, this one too, and the server would append `/discover` to whatever was registered.
 */
const PARAMETERS = '\\?[A-Za-z0-9._~%=&+*-]+';

/** Who announces a body is refused by its length. This is for who does not, and the least limit that Envoy takes. */
const LEAST_BODY = { maxBodyBytes: 1 };

/** More than the server ever has open: it keeps a token until it ends. */
const MOST_REQUESTS = 64;

/**
 * The one way to the metadata server, on loopback: ID tokens, and where the server impersonates an access token. All else that the metadata
 * server has stays out of reach: other scopes and accounts, the keys of SSH, the start script, attributes of the project.
 */
export function metadataListener({ port, impersonates }: MetadataProps): JsonObject {
  return {
    name: NAME,
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    ignore_global_conn_limit: true,
    per_connection_buffer_limit_bytes: 32_768,
    filter_chains: [{ filters: [CONNECTION_LIMIT, http(port, impersonates)] }],
  };
}

/** The metadata server. It is told what it answers to, and nothing else of what the server sent. */
export function metadataCluster({ upstream = METADATA_SERVER }: MetadataProps): JsonObject {
  const { address, port } = upstream;
  const endpoint = { address: { socket_address: { address, port_value: port } } };
  return {
    ...loopbackServer({ name: NAME, port, headers: headerAllowList({ forwardHeaders: ['accept', FLAVOR] }, ANSWER) }),
    load_assignment: { cluster_name: NAME, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
    circuit_breakers: {
      thresholds: [{ max_connections: MOST_REQUESTS, max_requests: MOST_REQUESTS, max_retries: 0 }],
    },
  };
}

/** Libraries of Google take no answer without the flavor for one of the metadata server. */
const ANSWER: readonly string[] = [':status', 'content-length', 'content-type', FLAVOR];

const CONNECTION_LIMIT: JsonObject = extension(
  'envoy.filters.network.connection_limit',
  'filters.network.connection_limit.v3.ConnectionLimit',
  { stat_prefix: NAME, max_connections: MOST_REQUESTS },
);

/** Paths are taken as they are written: what is not written as the server writes it is refused. */
function http(port: number, impersonates: boolean): JsonObject {
  return extension(
    'envoy.filters.network.http_connection_manager',
    'filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: NAME,
      codec_type: 'HTTP1',
      use_remote_address: true,
      skip_xff_append: true,
      normalize_path: false,
      merge_slashes: false,
      path_with_escaped_slashes_action: 'REJECT_REQUEST',
      server_header_transformation: 'PASS_THROUGH',
      generate_request_id: false,
      request_headers_timeout: '5s',
      request_timeout: '5s',
      stream_idle_timeout: '30s',
      max_request_headers_kb: 8,
      common_http_protocol_options: {
        headers_with_underscores_action: 'REJECT_REQUEST',
        max_headers_count: 16,
        idle_timeout: '300s',
      },
      http_protocol_options: { accept_http_10: false, allow_absolute_url: false },
      access_log: [requestLog(NAME)],
      local_reply_config: LOCAL_REPLIES,
      http_filters: [authorization(impersonates), bodyLimit(LEAST_BODY), ROUTER],
      route_config: routes(port),
    },
  );
}

/** The metadata server refuses what came through a proxy that says so: so does this one, before it would take the header out. */
function authorization(impersonates: boolean): JsonObject {
  const paths = [`${ID_TOKEN}${PARAMETERS}`, ...(impersonates ? TO_IMPERSONATE : [])].join('|');
  const rules = [
    headerRule(':method', { exact: 'GET' }),
    headerRule(':path', { safe_regex: { regex: paths } }),
    headerRule(FLAVOR, { exact: 'Google' }),
    ...['x-forwarded-for', 'content-length'].map(absent),
  ];
  return extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
    rules: {
      action: 'ALLOW',
      policies: { mint: { permissions: [{ and_rules: { rules } }], principals: [{ any: true }] } },
    },
  });
}

function absent(name: string): JsonObject {
  return { header: { name, present_match: false } };
}

/** One host, as the server is told it. */
function routes(port: number): JsonObject {
  return {
    name: NAME,
    virtual_hosts: [
      {
        name: NAME,
        domains: [`127.0.0.1:${port}`],
        routes: [
          {
            match: { prefix: '/' },
            route: { cluster: NAME, timeout: '30s', host_rewrite_literal: 'metadata.google.internal' },
          },
        ],
      },
    ],
  };
}
