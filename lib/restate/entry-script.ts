import { absolutePath } from './absolute-path';

/** Environment variable in which the container runtime hands the request identity key to the entry script. */
export const IDENTITY_KEY_VARIABLE = 'PORTCULLIS_IDENTITY_KEY';

/** Where the entry script puts the request identity key; a tmpfs that belongs to the server's user must be mounted at its folder. */
export const IDENTITY_KEY_FILE = '/run/secrets/identity.pem';

/** Input of {@link renderEntryScript}. */
export interface EntryScriptProps {
  /** Absolute path, on a tmpfs, of the file that the server reads its request identity key from. @default '/run/secrets/identity.pem' */
  readonly identityKeyFile?: string;
}

/**
 * The POSIX shell script that a server's container starts with. It turns the request identity key, which the runtime can give only as an
 * environment variable, into a file on tmpfs, forgets the variable and becomes the server, which wants files.
 *
 * The key shows in no argument of a process (`printf` is part of the shell), in no message, and not in the server's environment.
 * Without a private key in it the script ends with 1: the server would otherwise start and send its requests unsigned.
 *
 * @throws UnsafeConfigurationError `ServerPathInvalid`
 */
export function renderEntryScript({ identityKeyFile = IDENTITY_KEY_FILE }: EntryScriptProps = {}): string {
  const file = absolutePath('identityKeyFile', identityKeyFile);
  return [
    'set -eu',
    'umask 077',
    `case "\${${IDENTITY_KEY_VARIABLE}:-}" in`,
    "'-----BEGIN PRIVATE KEY-----'*) ;;",
    `*) echo '${IDENTITY_KEY_VARIABLE} holds no PKCS#8 private key: put the PEM of portcullis identity-key into the secret' >&2; exit 1 ;;`,
    'esac',
    `printf '%s\\n' "$${IDENTITY_KEY_VARIABLE}" > ${file}`,
    `unset ${IDENTITY_KEY_VARIABLE}`,
    'exec restate-server --no-logo',
  ].join('\n');
}
