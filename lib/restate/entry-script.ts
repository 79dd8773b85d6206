import { absolutePath } from './absolute-path';
import { DEFAULT_BASE_DIR } from './listeners';

/** Environment variable in which the container runtime hands the request identity key to the entry script. */
export const IDENTITY_KEY_VARIABLE = 'PORTCULLIS_IDENTITY_KEY';

/** Where the entry script puts the request identity key; a tmpfs that belongs to the server's user must be mounted at its folder. */
export const IDENTITY_KEY_FILE = '/run/secrets/identity.pem';

/**
 * Where calls wait that do not fit into memory. No node has this name (a name holds no dot), so it never is the state of one.
 */
export const SPILL_DIRECTORY: string = `${DEFAULT_BASE_DIR}/spill.tmp`;

/** Input of {@link renderEntryScript}. */
export interface EntryScriptProps {
  /** Absolute path, on a tmpfs, of the file that the server reads its request identity key from. @default '/run/secrets/identity.pem' */
  readonly identityKeyFile?: string;
  /** Absolute path of a folder on the data disk that the script may empty. @default '/var/lib/restate/spill.tmp' */
  readonly spillDirectory?: string;
}

/**
 * The POSIX shell script that a server's container starts with. It turns the request identity key, which the runtime can give only as an
 * environment variable, into a file on tmpfs, forgets the variable and becomes the server, which wants files.
 *
 * The key shows in no argument of a process (`printf` is part of the shell), in no message, and not in the server's environment.
 * Without a private key in it the script ends with 1: the server would otherwise start and send its requests unsigned.
 *
 * Each partition of the server makes a folder of its own below `TMPDIR` for calls that do not fit into memory; on a read-only root
 * filesystem without one no call is ever made. The server's own option for it names a single folder, which the partitions empty under
 * one another, hence the variable.
 *
 * @throws UnsafeConfigurationError `ServerPathInvalid`
 */
export function renderEntryScript({
  identityKeyFile = IDENTITY_KEY_FILE,
  spillDirectory = SPILL_DIRECTORY,
}: EntryScriptProps = {}): string {
  const file = absolutePath('identityKeyFile', identityKeyFile);
  const spill = absolutePath('spillDirectory', spillDirectory);
  return [
    'set -eu',
    'umask 077',
    ...demandPrivateKey(`\${${IDENTITY_KEY_VARIABLE}:-}`, IDENTITY_KEY_VARIABLE),
    `printf '%s\\n' "$${IDENTITY_KEY_VARIABLE}" > ${file}`,
    `unset ${IDENTITY_KEY_VARIABLE}`,
    ...becomeServer(spill),
  ].join('\n');
}

/**
 * The same where the runtime gives the key as a file: the script looks whether a private key begins there, and becomes the server. Only
 * the first line of the file is read.
 *
 * @throws UnsafeConfigurationError `ServerPathInvalid`
 */
export function renderFileEntryScript({
  identityKeyFile = IDENTITY_KEY_FILE,
  spillDirectory = SPILL_DIRECTORY,
}: EntryScriptProps = {}): string {
  const file = absolutePath('identityKeyFile', identityKeyFile);
  const spill = absolutePath('spillDirectory', spillDirectory);
  return [
    'set -eu',
    'umask 077',
    'first=',
    `read -r first < ${file} || true`,
    ...demandPrivateKey('$first', file),
    'unset first',
    ...becomeServer(spill),
  ].join('\n');
}

/**
 * @param word what the shell reads the key from
 * @param name what the message calls it
 */
function demandPrivateKey(word: string, name: string): readonly string[] {
  return [
    `case "${word}" in`,
    "'-----BEGIN PRIVATE KEY-----'*) ;;",
    `*) echo '${name} holds no PKCS#8 private key: put the PEM of portcullis identity-key into the secret' >&2; exit 1 ;;`,
    'esac',
  ];
}

function becomeServer(spill: string): readonly string[] {
  return [`rm -rf ${spill}`, `mkdir ${spill}`, `export TMPDIR=${spill}`, 'exec restate-server --no-logo'];
}
