import { isPlainAbsolutePath } from '../core/absolute-path';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/**
 * Returns a plain absolute path, or refuses it.
 *
 * @throws UnsafeConfigurationError `ServerPathInvalid`, `ValueNotConcrete`
 */
export function absolutePath(option: string, value: string): string {
  if (!isPlainAbsolutePath(concrete(option, value))) throw pathInvalid(option, value, 'it is no plain absolute path');
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
