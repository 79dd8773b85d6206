import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

/**
 * A duration in whole seconds within its bounds.
 *
 * @throws UnsafeConfigurationError `DurationOutOfRange`, `ValueNotConcrete`
 */
export function wholeSeconds(name: string, value: number, least: number, most: number): number {
  concrete(name, value);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UnsafeConfigurationError({
      code: 'DurationOutOfRange',
      given: `${name} ${quote(value)}`,
      because: `it must be a whole number of seconds from ${least} to ${most}`,
      write: `leave it out, or give a number within that range`,
    });
  }
  return value;
}
