import { RESTATE_PORTS } from './listeners';
import { serverConfig, type ServerConfig } from './server-config';

/**
 * Renders the configuration of a single node as environment variables of its container. Each key was read back from
 * `restate-server --dump-config` of the stated release.
 *
 * @throws UnsafeConfigurationError the codes of {@link serverConfig}
 * @see https://docs.restate.dev/references/server-config
 */
export function renderServerEnvironment(given: ServerConfig): Record<string, string> {
  const config = serverConfig(given);
  return { ...cluster(config), ...LISTENERS, ...admin(config), ...QUIET, ...identity(config), ...capacity(config) };
}

/** One node that provisions itself: on a single node nobody else could. */
function cluster(config: Required<ServerConfig>): Record<string, string> {
  return {
    RESTATE_CLUSTER_NAME: config.clusterName,
    RESTATE_NODE_NAME: config.nodeName,
    RESTATE_BASE_DIR: config.baseDir,
    RESTATE_AUTO_PROVISION: 'true',
    RESTATE_DEFAULT_NUM_PARTITIONS: String(config.partitions),
  };
}

/**
 * The server's defaults listen on all interfaces of both address families, over TCP and unix sockets. An IPv4 loopback address closes
 * both families. What is bound must be advertised too: the server otherwise guesses an address that it may not be able to reach itself.
 */
const LISTENERS: Readonly<Record<string, string>> = {
  RESTATE_LISTEN_MODE: 'tcp',
  RESTATE_BIND_ADDRESS: `127.0.0.1:${RESTATE_PORTS.fabric}`,
  RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${RESTATE_PORTS.fabric}/`,
  RESTATE_INGRESS__LISTEN_MODE: 'tcp',
  RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${RESTATE_PORTS.ingress}`,
  RESTATE_INGRESS__ADVERTISED_ADDRESS: `http://127.0.0.1:${RESTATE_PORTS.ingress}/`,
};

/** The address is said even where it is not used: without it, a mode changed by hand would listen on all interfaces. */
function admin({ adminListener }: Required<ServerConfig>): Record<string, string> {
  return {
    RESTATE_ADMIN__LISTEN_MODE: adminListener === 'socket' ? 'unix' : 'all',
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${RESTATE_PORTS.admin}`,
  };
}

/** What tells others about the deployment, or shows it to whoever asks. */
const QUIET: Readonly<Record<string, string>> = {
  DO_NOT_TRACK: '1',
  RESTATE_DISABLE_TELEMETRY: 'true',
  RESTATE_ADMIN__DISABLE_WEB_UI: 'true',
  RESTATE_DISABLE_CONFIG_SQL_TABLE: 'true',
  RESTATE_LOG_FILTER: 'warn,restate=info',
  RESTATE_LOG_FORMAT: 'json',
  RESTATE_LOG_DISABLE_ANSI_CODES: 'true',
};

/** The key of the same name at the root is deprecated, and 1.8 would ignore it: requests would go out unsigned. */
function identity(config: Required<ServerConfig>): Record<string, string> {
  return {
    RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE: config.identityKeyFile,
    RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_EXPIRATION: seconds(config.requestIdentityExpirationSeconds),
  };
}

function capacity(config: Required<ServerConfig>): Record<string, string> {
  return {
    RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: `${config.rocksdbMemoryMib} MiB`,
    RESTATE_DEFAULT_JOURNAL_RETENTION: seconds(config.journalRetentionSeconds),
    RESTATE_DEFAULT_IDEMPOTENCY_RETENTION: seconds(config.idempotencyRetentionSeconds),
    RESTATE_DEFAULT_WORKFLOW_COMPLETION_RETENTION: seconds(config.workflowRetentionSeconds),
    RESTATE_WORKER__INVOKER__CONCURRENT_INVOCATIONS_LIMIT: String(config.concurrentInvocations),
    RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT: seconds(config.inactivityTimeoutSeconds),
    RESTATE_WORKER__INVOKER__ABORT_TIMEOUT: seconds(config.abortTimeoutSeconds),
    RESTATE_SHUTDOWN_TIMEOUT: seconds(config.shutdownTimeoutSeconds),
  };
}

function seconds(value: number): string {
  return `${value}s`;
}
