import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complained, type Fault } from '../decided';
import { both, exchange, variable } from '../edits';

const IDENTITY = 'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE';
const OLD_IDENTITY = 'RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE';
const LIFE = 'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_EXPIRATION';
const FILE = '/run/secrets/identity.pem';

/** What is left of a server of which nobody knows all that it is told. */
const UNKNOWN = [
  'admin-ui-closed unproven',
  'bind-narrow unproven',
  'config-honoured unproven',
  'deploy-drains unproven',
  'egress-closed unproven',
  'fabric-mutual-tls unproven',
  'identity-key-by-reference unproven',
  'logs-hold-no-credential unproven',
  'requests-signed unproven',
];
const UNKNOWN_SCRIPT = [...UNKNOWN, 'secrets-by-reference unproven'];

const FAULTS: readonly Fault[] = [
  ['no identity key', variable(IDENTITY), ['requests-signed broken']],
  ['an empty identity key', variable(IDENTITY, ''), ['identity-key-by-reference unproven', 'requests-signed broken']],
  [
    'an identity key by the name of older releases',
    both(variable(IDENTITY), variable(OLD_IDENTITY, FILE)),
    ['config-honoured broken', 'requests-signed broken'],
  ],
  ['an identity key in another file', variable(IDENTITY, '/run/o.pem'), ['identity-key-by-reference unproven']],
  [
    'an identity key that only the cloud knows',
    variable(IDENTITY, { Ref: 'AWS::StackName' }),
    ['identity-key-by-reference unproven', 'requests-signed unproven'],
  ],
  [
    'a typing error in the name of the key',
    both(variable(IDENTITY), variable(`${IDENTITY}S`, FILE)),
    ['config-honoured broken', 'requests-signed broken'],
  ],
  ['signatures that live an hour', variable(LIFE, '1h'), ['requests-signed broken']],
  ['signatures of which nobody knows how long they live', variable(LIFE, 'P1D'), ['requests-signed unproven']],
  ['the web UI', variable('RESTATE_ADMIN__DISABLE_WEB_UI', 'false'), ['admin-ui-closed broken']],
  ['the web UI by default', variable('RESTATE_ADMIN__DISABLE_WEB_UI'), ['admin-ui-closed broken']],
  [
    'the web UI as the cloud says',
    variable('RESTATE_ADMIN__DISABLE_WEB_UI', { Ref: 'AWS::StackName' }),
    ['admin-ui-closed unproven'],
  ],
  ['the admin API where nobody is led', variable('RESTATE_ADMIN__LISTEN_MODE', 'all'), ['bind-narrow broken']],
  ['the admin API where everybody is', variable('RESTATE_ADMIN__LISTEN_MODE'), ['bind-narrow broken']],
  ['reports to its vendor', variable('RESTATE_DISABLE_TELEMETRY', 'false'), ['egress-closed broken']],
  [
    'reports to its vendor by default',
    both(variable('RESTATE_DISABLE_TELEMETRY'), variable('DO_NOT_TRACK')),
    ['egress-closed broken'],
  ],
  ['traces to somebody', variable('RESTATE_TRACING_ENDPOINT', 'http://10.0.0.1:4317'), ['egress-closed unproven']],
  [
    'calls by way of somebody',
    variable('RESTATE_WORKER__INVOKER__HTTP_PROXY', 'http://10.0.0.1'),
    ['egress-closed unproven'],
  ],
  [
    'logs of all that it does',
    variable('RESTATE_LOG_FILTER', 'warn,restate=trace'),
    ['logs-hold-no-credential broken'],
  ],
  ['logs of all, by another variable', variable('RUST_LOG', 'debug'), ['logs-hold-no-credential broken']],
  ['a name of its own at each start', variable('RESTATE_NODE_NAME'), ['node-replaced-with-its-disk broken']],
  ['data in its container', variable('RESTATE_BASE_DIR', '/data'), ['node-replaced-with-its-disk broken']],
  ['no word about its data', variable('RESTATE_BASE_DIR'), ['node-replaced-with-its-disk broken']],
  ['a key that nobody knows', variable('RESTATE_ADMIN__BIND_ADRESS', '127.0.0.1:9070'), ['config-honoured broken']],
  ['a library laid under the server', variable('LD_PRELOAD', '/tmp/x.so'), ['config-honoured unproven']],
  ['the fabric on every interface', variable('RESTATE_BIND_ADDRESS', '0.0.0.0:5122'), ['fabric-mutual-tls broken']],
  ['the fabric by its default', variable('RESTATE_BIND_ADDRESS'), ['fabric-mutual-tls broken']],
  [
    'its configuration in its own tables',
    variable('RESTATE_DISABLE_CONFIG_SQL_TABLE', 'false'),
    ['secrets-by-reference broken'],
  ],
  ['no time to end its work', variable('RESTATE_SHUTDOWN_TIMEOUT', '0s'), ['deploy-drains broken']],
  ['a file of configuration', variable('RESTATE_CONFIG', '/etc/restate.toml'), UNKNOWN],
  ['an older release', exchange('restate:1.7.12@', 'restate:1.7.4@'), ['version-supported broken']],
  [
    'a release of another line',
    exchange('restate:1.7.12@', 'restate:1.8.0@'),
    ['requests-signed unproven', 'version-supported unproven'],
  ],
  [
    'the latest release',
    exchange('restate:1.7.12@', 'restate:latest@'),
    ['images-by-digest broken', 'requests-signed unproven', 'version-supported broken'],
  ],
  ['no release', exchange('restate:1.7.12@', 'restate@'), ['requests-signed unproven', 'version-supported unproven']],
  ['a script that keeps the variable', exchange('unset PORTCULLIS_IDENTITY_KEY\n', ''), UNKNOWN_SCRIPT],
  ['a script that lets others read', exchange('umask 077\ncase', 'umask 022\ncase'), UNKNOWN_SCRIPT],
  ['a script that takes any key', exchange('exit 1 ;;\nesac', 'true ;;\nesac'), UNKNOWN_SCRIPT],
  [
    'a script that gives the server an option',
    exchange('restate-server --no-logo', 'restate-server --no-logo --bind-address 0.0.0.0:5122'),
    ['fabric-mutual-tls broken'],
  ],
  [
    'a script that gives the server an unknown option',
    exchange('restate-server --no-logo', 'restate-server --no-logo --open'),
    UNKNOWN,
  ],
  [
    'a script that writes the key to the disk',
    exchange('> /run/secrets/identity.pem', '> /var/lib/restate/identity.pem'),
    ['identity-key-by-reference unproven'],
  ],
  [
    'a script and a server that have the key on the disk',
    exchange(/\/run\/secrets\/identity\.pem/, '/var/lib/restate/identity.pem'),
    ['identity-key-by-reference broken'],
  ],
];

test.each(FAULTS)('%s: is told', (_what, edit, expected) => {
  expect(complained('Orders', [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS], edit)).toEqual(expected);
});
