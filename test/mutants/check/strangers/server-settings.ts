import { add, container, exchange, variable } from '../../../check/edits';
import { type StrangersFault } from './fault';

const RESTATE = container('restate');

const ENVOY = container('envoy');

const env = (name: string, value: string, of = ENVOY): StrangersFault[1] =>
  add(of, 'Environment', { Name: name, Value: value });

/** What the server is told. */
export const SERVER_SETTINGS: readonly StrangersFault[] = [
  [
    "the server's admin on every address",
    variable('RESTATE_ADMIN__BIND_ADDRESS', '0.0.0.0:9070'),
    ['admin-closed', 'bind-narrow'],
  ],
  [
    "the server's ingress on every address",
    variable('RESTATE_INGRESS__BIND_ADDRESS', '0.0.0.0:8080'),
    ['ingress-no-bypass', 'bind-narrow'],
  ],
  [
    'the fabric on every address',
    variable('RESTATE_BIND_ADDRESS', '[::]:5122'),
    ['fabric-cluster-only', 'bind-narrow'],
  ],
  [
    'the admin nowhere but where it is by default',
    variable('RESTATE_ADMIN__LISTEN_MODE'),
    ['admin-closed', 'bind-narrow'],
    'Orders',
    'Ledger',
  ],
  ['the address of the fabric is default', variable('RESTATE_BIND_ADDRESS'), ['fabric-cluster-only', 'bind-narrow']],
  [
    'the admin is told to others',
    variable('RESTATE_ADMIN__ADVERTISED_ADDRESS', 'http://198.51.100.7:9070'),
    ['config-honoured', 'admin-closed', 'bind-narrow'],
  ],
  ['the web interface', variable('RESTATE_ADMIN__DISABLE_WEB_UI', 'false'), ['admin-ui-closed']],
  ['the web interface by default', variable('RESTATE_ADMIN__DISABLE_WEB_UI'), ['admin-ui-closed']],
  [
    'traces to a stranger',
    variable('RESTATE_TRACING_ENDPOINT', 'https://traces.example.net'),
    ['config-honoured', 'egress-closed', 'logs-hold-no-credential'],
  ],
  [
    'traces of the runtime to a stranger',
    variable('RESTATE_TRACING_RUNTIME_ENDPOINT', 'https://traces.example.net'),
    ['config-honoured', 'egress-closed', 'logs-hold-no-credential'],
  ],
  [
    'traces in a file',
    variable('RESTATE_TRACING_JSON_PATH', '/var/lib/restate/traces'),
    ['config-honoured', 'logs-hold-no-credential'],
  ],
  ['telemetry', variable('RESTATE_DISABLE_TELEMETRY', 'false'), ['config-honoured', 'egress-closed']],
  [
    'the configuration as a table',
    variable('RESTATE_DISABLE_CONFIG_SQL_TABLE', 'false'),
    ['config-honoured', 'secrets-by-reference', 'admin-closed', 'admin-ui-closed'],
  ],
  [
    'services behind a proxy of a stranger',
    variable('RESTATE_WORKER__INVOKER__HTTP_PROXY', 'http://198.51.100.7:3128'),
    ['config-honoured', 'egress-closed', 'internal-endpoints-unreachable'],
  ],
  [
    'everything behind a proxy of a stranger',
    variable('HTTP_PROXY', 'http://198.51.100.7:3128'),
    ['config-honoured', 'egress-closed'],
  ],
  [
    'all programs behind a proxy',
    env('HTTPS_PROXY', 'http://198.51.100.7:3128', RESTATE),
    ['config-honoured', 'egress-closed'],
  ],
  [
    'headers of a stranger for services',
    variable('RESTATE_WORKER__INVOKER__ADDITIONAL_REQUEST_HEADERS', '{"authorization":"x"}'),
    ['config-honoured', 'secrets-by-reference', 'requests-signed'],
  ],
  [
    'a library before the server',
    env('LD_PRELOAD', '/var/lib/restate/x.so', RESTATE),
    ['unprivileged', 'images-by-digest', 'config-honoured'],
  ],
  [
    'a library before the proxy',
    env('LD_PRELOAD', '/run/portcullis/tls/x.so'),
    ['unprivileged', 'images-by-digest', 'config-honoured'],
  ],
  [
    'libraries of somewhere for the proxy',
    env('LD_LIBRARY_PATH', '/run/portcullis/tls'),
    ['unprivileged', 'images-by-digest', 'config-honoured'],
  ],
  ['verbose logs', variable('RESTATE_LOG_FILTER', 'trace'), ['logs-hold-no-credential']],
  ['verbose logs by another name', variable('RUST_LOG', 'trace'), ['logs-hold-no-credential', 'config-honoured']],
  [
    'unsigned requests',
    variable('RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE'),
    ['requests-signed'],
  ],
  [
    'signed by the key of an older name',
    (file) => {
      variable('RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE')(file);
      variable('RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE', '/run/secrets/identity.pem')(file);
    },
    ['requests-signed'],
  ],
  [
    'signatures that last',
    variable('RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_EXPIRATION', '10years'),
    ['requests-signed'],
  ],
  [
    'a key from the disk',
    variable('RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE', '/var/lib/restate/identity.pem'),
    ['requests-signed', 'identity-key-by-reference'],
  ],
  [
    'snapshots to a stranger',
    variable('RESTATE_WORKER__SNAPSHOTS__DESTINATION', 's3://somebodys-bucket/x'),
    ['config-honoured', 'snapshot-restores', 'egress-closed', 'buckets-private', 'disks-encrypted-own-key'],
  ],
  [
    "metadata at a stranger's",
    variable('RESTATE_METADATA_CLIENT__TYPE', 'etcd'),
    ['config-honoured', 'fabric-cluster-only', 'fabric-mutual-tls', 'node-replaced-with-its-disk'],
  ],
  [
    'a cluster with others',
    variable('RESTATE_METADATA_CLIENT__ADDRESSES', '[http://198.51.100.7:5122]'),
    ['config-honoured', 'fabric-cluster-only', 'fabric-mutual-tls', 'egress-closed'],
  ],
  ['an unknown key', variable('RESTATE_ADMIN__BIND_ADRESS', '127.0.0.1:9070'), ['config-honoured']],
  ['a file of settings', variable('RESTATE_CONFIG', '/var/lib/restate/x.toml'), ['config-honoured']],
  [
    'settings by flags',
    exchange('exec restate-server --no-logo', 'exec restate-server --no-logo --bind-address 0.0.0.0:5122'),
    [
      'bind-narrow',
      'fabric-cluster-only',
      'admin-closed',
      'ingress-no-bypass',
      'config-honoured',
      'identity-key-by-reference',
      'secrets-by-reference',
      'unprivileged',
    ],
  ],
  ['data elsewhere', variable('RESTATE_BASE_DIR', '/tmp/restate'), ['node-replaced-with-its-disk']],
  [
    'another name of the node',
    variable('RESTATE_NODE_NAME', 'n2'),
    ['deploy-drains', 'node-replaced-with-its-disk', 'config-honoured'],
  ],
  ['no name of the node', variable('RESTATE_NODE_NAME'), ['node-replaced-with-its-disk']],
];
