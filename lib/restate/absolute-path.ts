import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** No blanks, quotes or dots alone: what matches means the same to a shell, to the server and to a reader. */
const ABSOLUTE_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/**
 * Returns a plain absolute path, or refuses it.
 *
 * @throws UnsafeConfigurationError `ServerPathInvalid`, `ValueNotConcrete`
 */
export function absolutePath(option: string, value: string): string {
  if (!ABSOLUTE_PATH.test(concrete(option, value))) throw pathInvalid(option, value, 'it is no plain absolute path');
  return value;
}

/** The refusal of a path, `ServerPathInvalid`. */
export function pathInvalid(option: string, value: string, because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'ServerPathInvalid',
    given: `server option ${option} ${quote(value)}`,
    because,
    write: "give an absolute path of letters, digits, '.', '_' and '-', e.g. '/var/lib/restate'",
  });
}
