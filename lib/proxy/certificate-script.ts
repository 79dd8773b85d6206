import { isPlainAbsolutePath } from '../core/absolute-path';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** Names of the files that the script writes. */
export const CERTIFICATE_FILE = 'cert.pem';
/** @see CERTIFICATE_FILE */
export const PRIVATE_KEY_FILE = 'key.pem';

/** Input of {@link renderCertificateScript}. */
export interface CertificateScriptProps {
  /** Absolute path of a folder on tmpfs that the script's user may write to: `/run/portcullis/tls`. */
  readonly directory: string;
}

/**
 * The POSIX shell script that mints the certificate of the proxy's listener before it starts, with `openssl`: ECDSA P-256, self-signed,
 * made anew with each task, readable by its own user alone, never outside memory.
 *
 * It encrypts the hop from the balancer and authenticates nothing: a network load balancer does not verify its targets. So the ten
 * years of its life matter to nobody, while a shorter one could end before the task does.
 *
 * @throws UnsafeConfigurationError `DirectoryInvalid`
 */
export function renderCertificateScript({ directory }: CertificateScriptProps): string {
  if (!isPlainAbsolutePath(directory)) {
    throw new UnsafeConfigurationError({
      code: 'DirectoryInvalid',
      given: `the proxy's certificate folder ${quote(directory)}`,
      because: 'a shell script can only be given a plain absolute path safely',
      write: "write one like '/run/portcullis/tls'",
    });
  }
  return [
    'set -eu',
    'umask 077',
    `cd ${directory}`,
    `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 -subj /CN=portcullis -addext subjectAltName=DNS:portcullis.internal -keyout ${PRIVATE_KEY_FILE} -out ${CERTIFICATE_FILE}`,
  ].join('\n');
}
