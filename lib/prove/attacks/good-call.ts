import { pathOf } from '../credentials/grants';
import type { Deployment } from '../deployment';
import type { IngressCall } from './ingress-call';

/** What a good caller shows, as a part of a call. */
export function goodCaller(deployment: Deployment): Pick<IngressCall, 'token' | 'certificate'> {
  return deployment.credentials.good();
}

/** The same in the bytes of a request: a line, or nothing where its connection shows it. */
export function goodLine(deployment: Deployment): string {
  const { token } = deployment.credentials.good();
  return token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
}

/**
 * Path of the handler that the good caller calls: of the run's own service where every handler may be called, else of one that the
 * deployment grants, under which the run's service then answers. Calling what is not granted would test the grants and nothing else.
 */
export function goodPath({ credentials }: Deployment, key: string): string {
  return pathOf(credentials.target, key);
}

/** What tells a call from others in the server's records where its path holds no key. */
export function markers({ credentials }: Deployment, key: string): readonly (readonly [string, string])[] {
  return credentials.target.kind === 'object' ? [] : [['idempotency-key', key]];
}
