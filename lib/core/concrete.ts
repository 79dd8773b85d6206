import { quote, UnsafeConfigurationError } from './errors';

/** How the cloud frameworks write a value that is known only at deployment: CDK, CDKTF, and CDK's number encoding. */
const TOKEN = /[$#]\{(?:Token|TfToken)\[/;
/** CDK writes numbers to come as about -1.888e289. */
const TOKEN_NUMBER_CEILING = -1e289;

/**
 * Whether a value is a framework token, or holds one at any depth, so that its real value is not known at synthesis.
 */
export function isToken(value: unknown): boolean {
  if (typeof value === 'string') return TOKEN.test(value);
  if (typeof value === 'number') return value < TOKEN_NUMBER_CEILING;
  if (Array.isArray(value)) return value.some(isToken);
  if (typeof value !== 'object' || value === null) return false;
  return isResolvable(value) || Object.values(value).some(isToken);
}

/** Both frameworks write what is no text, number or list as an object that they ask later. */
function isResolvable(value: object): boolean {
  return 'resolve' in value && typeof value.resolve === 'function';
}

/**
 * Returns a value that the proof must know (issuer, audience, CIDR, port, header name) or refuses it.
 *
 * @throws UnsafeConfigurationError `ValueNotConcrete` when it is a token.
 */
export function concrete<T>(what: string, value: T): T {
  if (isToken(value)) {
    throw new UnsafeConfigurationError({
      code: 'ValueNotConcrete',
      given: `${what} must be known at synthesis, got ${quote(value)}`,
      because: 'what is decided at deployment cannot be proven before it',
      write: 'pass the literal value',
    });
  }
  return value;
}
