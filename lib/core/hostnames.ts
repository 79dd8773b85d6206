import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOSTNAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})+$`);

/**
 * Exact host names of a door, sorted.
 *
 * @param door `ingress` or `admin`
 * @throws UnsafeConfigurationError `HostnameInvalid`, `ValueNotConcrete`
 */
export function hostnames(door: string, names: readonly string[]): readonly string[] {
  const wrong = Array.isArray(names)
    ? names.find((name) => !HOSTNAME.test(concrete(`an ${door} hostname`, name)))
    : names;
  if (!Array.isArray(names) || names.length === 0 || wrong !== undefined) {
    throw new UnsafeConfigurationError({
      code: 'HostnameInvalid',
      given: `${door} hostnames ${quote(wrong ?? names)}`,
      because: 'the proxy answers only for exact names, so that no request for another host can be smuggled in',
      write: "list the lower-case DNS names of the certificate that callers use, e.g. ['restate.example.com']",
    });
  }
  return [...new Set(names as readonly string[])].sort();
}
