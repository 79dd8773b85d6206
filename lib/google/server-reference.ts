import type { IConstruct } from 'constructs';
import type { GoogleIdToken } from '../restate/google-id-token';
import type { GoogleCredentials } from './credentials';

/** A server as other stacks need it: who calls it, and what stands behind it. */
export interface IRestateServer extends IConstruct {
  /** The host names that callers use. */
  readonly hostnames: readonly string[];
  /** Where callers find it, by the first of them: `https://restate.example.com`. */
  readonly url: string;
  /**
   * What services verify their server with, the key that it signs with first. All of them, so that the key can be rotated:
   * `identityKeys: [...]` of the SDK.
   */
  readonly identityPublicKeys: readonly string[];
  /** Where Restate's Google credentials come from. */
  readonly credentials: GoogleCredentials;

  /**
   * E-mail address of the service account that an ID token is minted for: whom a service has to admit.
   *
   * @throws UnsafeConfigurationError `CredentialMismatch` where these credentials mint no such token
   */
  callerAccount(auth: GoogleIdToken): string;
}
