import { quote, UnsafeConfigurationError } from './errors';

/**
 * Refuses options that nobody reads: a misspelt one would be accepted, and its default would stand. The compiler says so for literals
 * alone.
 *
 * @param example what to write, where the names of the options do not say enough
 * @throws UnsafeConfigurationError `OptionUnknown`, `OptionMissing` where nothing was given at all, and `OptionInvalid` where what was given
 * is no object: plain JavaScript allows both. Its message holds nothing of what was given, which may be a secret.
 */
export function refuseUnknownOptions(
  what: string,
  given: object | undefined,
  known: readonly string[],
  example = `an object of ${known.join(', ')}`,
): void {
  if (given === undefined || given === null) {
    throw new UnsafeConfigurationError({
      code: 'OptionMissing',
      given: `${what} ${quote(given)}`,
      because: 'it is required and has no default that would be safe',
      write: `give ${example}`,
    });
  }
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw new UnsafeConfigurationError({
      code: 'OptionInvalid',
      given: `${what} given as ${kindOf(given)}`,
      because: 'it is no object',
      write: `give ${example}`,
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

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  return typeof given === 'string' ? 'text' : `a ${typeof given}`;
}
