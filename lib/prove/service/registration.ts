import type { ServiceUnderTest } from '../deployment';
import type { Registered } from '../runtime/register-service';

/** What registers the run's service, as whoever makes the deployment would write it. */
export function registrationOf({ uri, auth }: Pick<ServiceUnderTest, 'uri' | 'auth'>): Registered {
  return auth === undefined ? { uri } : { uri, auth };
}
