import type { Text } from './text';

/** A resource of a deployment framework that registers a service at a server when the stack is deployed. */
export interface ServiceRegistration {
  /** Logical id. */
  readonly id: string;
  /** Where it finds the admin API. */
  readonly adminUrl: Text;
  /** Whether it shows a token out of a secret. */
  readonly showsToken: boolean;
  /** Whether it takes any certificate for that of the server. */
  readonly takesAnyCertificate: boolean | 'unknown';
  /** Whether it makes the service one for other services alone. */
  readonly isPrivate: boolean | 'unknown';
  /** Whether it takes the service away, with what it is at, when the stack goes. */
  readonly removes: boolean | 'unknown';
  /** Logical ids of the functions of the file that register, and that are registered. */
  readonly functions: readonly string[];
}
