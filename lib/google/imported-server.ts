import { Construct } from 'constructs';
import { hostnames } from '../core/hostnames';
import { refuseUnknownOptions } from '../core/known-options';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { assertServiceAccount, type GoogleIdToken } from '../restate/google-id-token';
import { accountOfToken, type GoogleCredentials, googleCredentials } from './credentials';
import { assertOneFramework } from './framework';
import type { RestateServerAttributes } from './server-attributes';
import type { IRestateServer } from './server-reference';

const ATTRIBUTES: Readonly<Record<keyof RestateServerAttributes, true>> = {
  hostnames: true,
  identityPublicKeys: true,
  serviceAccountEmail: true,
  credentials: true,
};

/** A server of another stack. Nothing here changes it: its own stack says whom it admits. */
export class ImportedServer extends Construct implements IRestateServer {
  public readonly hostnames: readonly string[];
  public readonly url: string;
  public readonly identityPublicKeys: readonly string[];
  public readonly credentials: GoogleCredentials;
  private readonly serviceAccountEmail: string;

  /**
   * @throws UnsafeConfigurationError `OptionUnknown`, `HostnameInvalid`, `PublicKeyInvalid`, `PublicKeyRepeated`, `ServiceAccountInvalid`,
   * `FrameworkMixed`, `ValueNotConcrete`, and the codes of `GoogleCredentials`
   */
  public constructor(scope: Construct, id: string, attributes: RestateServerAttributes) {
    super(scope, id);
    assertOneFramework(this);
    refuseUnknownOptions('RestateServer.fromAttributes', attributes, Object.keys(ATTRIBUTES));
    this.hostnames = hostnames('ingress', attributes.hostnames);
    this.url = `https://${this.hostnames[0]}`;
    const [publicKey = '', ...alsoAccepted] = attributes.identityPublicKeys;
    this.identityPublicKeys = identityPublicKeys({ publicKey, alsoAccepted });
    assertServiceAccount('serviceAccountEmail', attributes.serviceAccountEmail);
    this.serviceAccountEmail = attributes.serviceAccountEmail;
    this.credentials = googleCredentials(attributes.credentials);
  }

  public callerAccount(auth: GoogleIdToken): string {
    return accountOfToken(this, this.credentials, auth, this.serviceAccountEmail);
  }
}
