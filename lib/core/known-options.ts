import { quote, UnsafeConfigurationError } from './errors';

/**
 * Refuses options that nobody reads: a misspelt one would be accepted, and its default would stand. The compiler says so for literals
 * alone.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`
 */
export function refuseUnknownOptions(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UnsafeConfigurationError({
    code: 'OptionUnknown',
    given: `${what} has no option ${quote(unknown)}`,
    because: 'it would be ignored, and the default would stand in its place',
    write: `choose among ${known.join(', ')}`,
  });
}
