import { quote, UnsafeConfigurationError } from './errors';

/**
 * Refuses options that nobody reads: a misspelt one would be accepted, and its default would stand. The compiler says so for literals
 * alone.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, and `OptionMissing` where nothing was given at all, which plain JavaScript allows
 */
export function refuseUnknownOptions(what: string, given: object | undefined, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null) {
    throw new UnsafeConfigurationError({
      code: 'OptionMissing',
      given: `${what} ${quote(given)}`,
      because: 'it is required and has no default that would be safe',
      write: `give an object of ${known.join(', ')}`,
    });
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UnsafeConfigurationError({
    code: 'OptionUnknown',
    given: `${what} has no option ${quote(unknown)}`,
    because: 'it would be ignored, and the default would stand in its place',
    write: `choose among ${known.join(', ')}`,
  });
}
