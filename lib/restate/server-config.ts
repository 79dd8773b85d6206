import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { absolutePath, pathInvalid } from './absolute-path';
import { IDENTITY_KEY_FILE } from './entry-script';
import { type AdminListener, DEFAULT_BASE_DIR, DEFAULT_NODE_NAME, adminSocketFile } from './listeners';
import { assertSupported } from './versions';

/**
 * What may be said about a single node. Everything else (listeners, advertised addresses, telemetry, web UI, signing) has one safe
 * value, which is always set. There is no free-form key: the server ignores unknown ones without a word, so that a typo would re-open
 * a default.
 */
export interface ServerConfig {
  /** Release that the keys are rendered for, 1.7.5 or later of 1.7: `1.7.12`. */
  readonly version: string;
  /** Name of the cluster: lower-case letters, digits, hyphens. It is sent to services in a header and no secret. */
  readonly clusterName: string;
  /** Name of the node. Never change it: the state lies under this name. @default 'n1' */
  readonly nodeName?: string;
  /** Absolute path of the data directory. @default '/var/lib/restate' */
  readonly baseDir?: string;
  /** Absolute path of the PEM that requests to services are signed with. @default '/run/secrets/identity.pem' */
  readonly identityKeyFile?: string;
  /** Where the admin API is: `socket`, or `socket-and-loopback` for the proxy beside the server. @default 'socket' */
  readonly adminListener?: AdminListener;
  /** Life of a signature in seconds, 1 to 300. A stolen request can be replayed to its own path for so long. @default 60 */
  readonly requestIdentityExpirationSeconds?: number;
  /** Partitions of the journal, fixed when the cluster is first started, 1 to 4096. @default 24 */
  readonly partitions?: number;
  /** Memory for RocksDB in MiB, 64 to 1048576. The whole process needs about as much again. @default 2048 */
  readonly rocksdbMemoryMib?: number;
  /** How long the journal of a completed invocation stays readable, in seconds, 1 or more. @default 86400 */
  readonly journalRetentionSeconds?: number;
  /** How long a result is kept for callers that repeat an Idempotency-Key, in seconds, 1 or more. @default 86400 */
  readonly idempotencyRetentionSeconds?: number;
  /** How long a completed workflow can be asked for its result, in seconds, 1 or more. @default 86400 */
  readonly workflowRetentionSeconds?: number;
  /** Invocations that run at once; more wait in a queue. 1 to 1000000. @default 1000 */
  readonly concurrentInvocations?: number;
  /** Silence of a service after which the server asks it to suspend, in seconds, 1 to 604800. @default 60 */
  readonly inactivityTimeoutSeconds?: number;
  /** How long a service may go on after that before the server ends the attempt, in seconds, 1 to 604800. @default 600 */
  readonly abortTimeoutSeconds?: number;
  /** How long the server may take to end its work when it is stopped, in seconds, 1 to 115. @default 50 */
  readonly shutdownTimeoutSeconds?: number;
}

interface Bound {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

/** Kernels refuse unix socket paths of more than 107 bytes, and the server then has no admin door at all. */
const LONGEST_SOCKET_PATH = 107;
const TEN_YEARS_SECONDS = 315_360_000;

const BOUNDS = {
  requestIdentityExpirationSeconds: { fallback: 60, least: 1, most: 300 },
  partitions: { fallback: 24, least: 1, most: 4_096 },
  rocksdbMemoryMib: { fallback: 2_048, least: 64, most: 1_048_576 },
  journalRetentionSeconds: { fallback: 86_400, least: 1, most: TEN_YEARS_SECONDS },
  idempotencyRetentionSeconds: { fallback: 86_400, least: 1, most: TEN_YEARS_SECONDS },
  workflowRetentionSeconds: { fallback: 86_400, least: 1, most: TEN_YEARS_SECONDS },
  concurrentInvocations: { fallback: 1_000, least: 1, most: 1_000_000 },
  inactivityTimeoutSeconds: { fallback: 60, least: 1, most: 604_800 },
  abortTimeoutSeconds: { fallback: 600, least: 1, most: 604_800 },
  shutdownTimeoutSeconds: { fallback: 50, least: 1, most: 115 },
} as const satisfies Partial<Record<keyof ServerConfig, Bound>>;

const NAMES = ['version', 'clusterName', 'nodeName', 'baseDir', 'identityKeyFile', 'adminListener'] as const;
const ADMIN_LISTENERS: readonly AdminListener[] = ['socket', 'socket-and-loopback'];
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Fills in and validates the configuration of a node.
 *
 * @throws UnsafeConfigurationError `ServerOptionUnknown`, `ServerOptionOutOfRange`, `ServerNameInvalid`, `ServerPathInvalid`,
 * `AdminListenerInvalid`, and the codes of `assertSupported`
 */
export function serverConfig(given: ServerConfig): Required<ServerConfig> {
  refuseUnknown(given);
  assertSupported(given.version);
  const nodeName = name('nodeName', given.nodeName ?? DEFAULT_NODE_NAME);
  const baseDir = absolutePath('baseDir', given.baseDir ?? DEFAULT_BASE_DIR);
  const socket = adminSocketFile({ baseDir, nodeName });
  if (socket.length > LONGEST_SOCKET_PATH) {
    throw pathInvalid(
      'baseDir',
      baseDir,
      `the admin socket below it would have more than ${LONGEST_SOCKET_PATH} bytes`,
    );
  }
  return {
    version: given.version,
    clusterName: name('clusterName', given.clusterName),
    nodeName,
    baseDir,
    identityKeyFile: absolutePath('identityKeyFile', given.identityKeyFile ?? IDENTITY_KEY_FILE),
    adminListener: adminListener(given.adminListener ?? 'socket'),
    ...numbers(given),
  };
}

function adminListener(value: AdminListener): AdminListener {
  if (ADMIN_LISTENERS.includes(concrete('adminListener', value))) return value;
  throw new UnsafeConfigurationError({
    code: 'AdminListenerInvalid',
    given: `server option adminListener ${quote(value)}`,
    because: 'the server would offer its admin API where nobody guards it',
    write: `choose among ${ADMIN_LISTENERS.join(', ')}`,
  });
}

function numbers(given: ServerConfig): Record<keyof typeof BOUNDS, number> {
  const filled = Object.entries(BOUNDS).map(([option, { fallback, least, most }]) => {
    const value = concrete(option, given[option as keyof typeof BOUNDS] ?? fallback);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new UnsafeConfigurationError({
        code: 'ServerOptionOutOfRange',
        given: `server option ${option} ${quote(value)}`,
        because: `it must be a whole number from ${least} to ${most}`,
        write: 'leave it out, or give a number within that range',
      });
    }
    return [option, value];
  });
  return Object.fromEntries(filled) as Record<keyof typeof BOUNDS, number>;
}

function refuseUnknown(given: ServerConfig): void {
  const known: readonly string[] = [...NAMES, ...Object.keys(BOUNDS)];
  const unknown = Object.keys(given).find((option) => !known.includes(option));
  if (unknown === undefined) return;
  throw new UnsafeConfigurationError({
    code: 'ServerOptionUnknown',
    given: `server option ${quote(unknown)}`,
    because: 'the server would ignore a key it does not know, and keep its open default',
    write: `choose among ${known.join(', ')}`,
  });
}

function name(option: string, value: string): string {
  if (!NAME.test(concrete(option, value))) {
    throw new UnsafeConfigurationError({
      code: 'ServerNameInvalid',
      given: `server option ${option} ${quote(value)}`,
      because: 'it becomes a directory and a header value',
      write: 'use 1 to 63 lower-case letters, digits and hyphens',
    });
  }
  return value;
}
