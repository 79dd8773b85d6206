import { quote, UnsafeConfigurationError } from '../core/errors';
import type { IPrivateNetwork } from './private-network';

/**
 * Refuses a network that leads nowhere to a server that fetches signing keys.
 *
 * @throws UnsafeConfigurationError `WayOutMissing`
 */
export function assertWayOut({ internet }: IPrivateNetwork): void {
  if (internet === 'nat') return;
  throw new UnsafeConfigurationError({
    code: 'WayOutMissing',
    given: `IngressAuth.jwt({ jwksUri }) in a network with internet: ${quote(internet)}`,
    because: 'no route leads to the issuer, so that no token could ever be verified',
    write: "give the keys themselves with jwks, or a network with internet: 'nat'",
  });
}
