import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** The one minor line of Envoy on which every filter of the bootstrap was tried, by attack and by its absence. */
const MEASURED_MINOR = '1.40';

/**
 * Refuses images of Envoy whose tag names no release, or one about which nothing is known: older ones lack filters of the bootstrap or
 * read them otherwise.
 *
 * @param tag of the image: `distroless-v1.40.0`
 * @throws UnsafeConfigurationError `ProxyVersionUnknown`, `ValueNotConcrete`
 */
export function assertProxySupported(tag: string): void {
  const [, minor] = /^(?:distroless-)?v?(\d+\.\d+)\.\d+$/.exec(concrete('the tag of Envoy', tag)) ?? [];
  if (minor === MEASURED_MINOR) return;
  throw new UnsafeConfigurationError({
    code: 'ProxyVersionUnknown',
    given: `images.envoy.tag ${quote(tag)}`,
    because: `it names no release of ${MEASURED_MINOR}, the one line of Envoy that the proxy's configuration was proven on`,
    write: `mirror a release of it, e.g. "distroless-v${MEASURED_MINOR}.0"`,
  });
}
