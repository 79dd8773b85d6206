import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** The oldest server that is synthesised. Older ones carry RUSTSEC-2026-0258 (denial of service in the HTTP/2 library). */
export const OLDEST_SUPPORTED_VERSION = '1.7.5';

/**
 * The one minor line whose configuration was read back from the server itself. Another minor may rename or drop a key, and the server
 * ignores keys that it does not know without a word: 1.8 does so with a key of the request identity.
 */
const MEASURED_MINOR = '1.7';

const PLAIN_VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * Refuses server versions that are known to be unsafe, and those about which nothing is known.
 *
 * @param version what stands in the tag of the image: `1.7.12`
 * @throws UnsafeConfigurationError `ServerVersionInvalid` (no plain version, prerelease, `latest`), `ServerVersionVulnerable` (before
 * 1.7.5), `ServerVersionUnknown` (another minor than 1.7), `ValueNotConcrete`
 * @see https://rustsec.org/advisories/RUSTSEC-2026-0258.html
 */
export function assertSupported(version: string): void {
  const [, major, minor, patch] = PLAIN_VERSION.exec(concrete('the server version', version)) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    throw refuse(
      'ServerVersionInvalid',
      version,
      'it names no single release, so nothing can be said about the server that would run',
    );
  }
  if (isOlder([major, minor, patch], OLDEST_SUPPORTED_VERSION.split('.'))) {
    throw refuse(
      'ServerVersionVulnerable',
      version,
      `releases before ${OLDEST_SUPPORTED_VERSION} carry RUSTSEC-2026-0258, and those before 1.7.3 cannot do TLS among nodes`,
    );
  }
  if (`${major}.${minor}` !== MEASURED_MINOR) {
    throw refuse(
      'ServerVersionUnknown',
      version,
      `the server silently ignores configuration keys it does not know, and only those of ${MEASURED_MINOR} were read back from it`,
    );
  }
}

function isOlder(version: readonly string[], other: readonly string[]): boolean {
  const difference = version.map((part, index) => Number(part) - Number(other[index])).find((part) => part !== 0);
  return difference !== undefined && difference < 0;
}

function refuse(code: string, version: string, because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code,
    given: `Restate server version ${quote(version)}`,
    because,
    write: `name a release of ${MEASURED_MINOR} from ${OLDEST_SUPPORTED_VERSION} on, e.g. "1.7.12"`,
  });
}
