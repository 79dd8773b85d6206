import type { GoogleCredentials } from './credentials';

/** What is known of a server of another stack. Its own stack prints it, or exports it. */
export interface RestateServerAttributes {
  /** The host names that callers use. */
  readonly hostnames: readonly string[];
  /** `restate.identityPublicKeys`. */
  readonly identityPublicKeys: readonly string[];
  /** `restate.account.email`. */
  readonly serviceAccountEmail: string;
  /** `restate.credentials`: what that stack says of them. */
  readonly credentials: GoogleCredentials;
}
