import type { IConstruct } from 'constructs';
import { deepFreeze } from '../core/deep-freeze';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import { assertCredentialFits, assertServiceAccount, type GoogleIdToken } from '../restate/google-id-token';
import { isSameValue } from './same-value';
import { type SecretVersion, secretVersion } from './secret-version';

/** The machine's own account, by its metadata server, which answers for ID tokens alone. */
export interface MetadataServerCredentials {
  readonly source: 'metadata-server';
  /** E-mail address of the one account that it may mint tokens for beside its own. */
  readonly impersonate?: string;
}

/** A key of a service account, which is good until somebody deletes it. */
export interface ServiceAccountKeyCredentials {
  readonly source: 'service-account-key';
  /** The key file. */
  readonly secret: SecretVersion;
  /** E-mail address of the account whose key it is. */
  readonly account: string;
  /** E-mail address of the one account that it may mint tokens for beside its own. */
  readonly impersonate?: string;
}

/** The credentials of a person. */
export interface UserCredentials {
  readonly source: 'user-credentials';
  /** The file that `gcloud auth application-default login` writes. */
  readonly secret: SecretVersion;
  /** E-mail address of that person. */
  readonly user: string;
  /** E-mail address of the account that tokens are minted for. */
  readonly impersonate: string;
}

/** What the server shows Google when it asks for ID tokens. */
export type GoogleCredentials =
  MetadataServerCredentials | ServiceAccountKeyCredentials | UserCredentials | { readonly source: 'none' };

/** A configuration of workload identity federation, as `gcloud iam workload-identity-pools create-cred-config` writes it. */
export interface FederationOptions {
  readonly configuration: SecretVersion;
  readonly impersonate: string;
}

/** The factories of {@link GoogleCredentials}. */
export const GoogleCredentials = {
  /**
   * The account of the machine itself, with nothing to keep. The server reaches one path of the metadata server, which mints ID tokens and
   * nothing else, or three where it impersonates: it is then handed the machine's access token, and with it all that the machine may.
   *
   * @throws UnsafeConfigurationError `ServiceAccountInvalid`, `OptionUnknown`
   */
  metadataServer(options: Omit<MetadataServerCredentials, 'source'> = {}): MetadataServerCredentials {
    refuseUnknownOptions('GoogleCredentials.metadataServer', options, ['impersonate']);
    return deepFreeze({ source: 'metadata-server', ...target(options) });
  },

  /**
   * A key file, for a server that calls as an account of a project whose machines it is none of. Every report shows it as an accepted risk.
   * Measured on server 1.7.12: each discovery, and each invocation without a token in cache, has `oauth2.googleapis.com/token` make an ID
   * token of what the key has signed, whatever `token_uri` the file names; to impersonate, the key signs what is shown to
   * `iamcredentials.googleapis.com` itself. The metadata server is asked nothing.
   *
   * @throws UnsafeConfigurationError `ServiceAccountInvalid`, `OptionUnknown`, and the codes of `SecretVersion.of`
   */
  serviceAccountKey(options: Omit<ServiceAccountKeyCredentials, 'source'>): ServiceAccountKeyCredentials {
    refuseUnknownOptions('GoogleCredentials.serviceAccountKey', options, ['secret', 'account', 'impersonate']);
    assertServiceAccount('GoogleCredentials.serviceAccountKey account', options.account);
    const { account } = options;
    return deepFreeze({
      source: 'service-account-key',
      secret: secretVersion(options.secret),
      account,
      ...target(options),
    });
  },

  /**
   * The credentials of a person, for development: they end with the session or the job of that person, and can all that the person can.
   * Every report shows them as an accepted risk. Measured on server 1.7.12: `oauth2.googleapis.com/token` makes an access token of them, and
   * `iamcredentials.googleapis.com` is asked with that; as the person alone the server refuses to register, and asks nobody.
   *
   * @throws UnsafeConfigurationError `ServiceAccountInvalid`, `UserInvalid`, `OptionUnknown`, and the codes of `SecretVersion.of`
   */
  userCredentials(options: Omit<UserCredentials, 'source'>): UserCredentials {
    refuseUnknownOptions('GoogleCredentials.userCredentials', options, ['secret', 'user', 'impersonate']);
    const { user, impersonate } = options;
    assertServiceAccount('impersonate', impersonate);
    if (!USER.test(user)) {
      throw new UnsafeConfigurationError({
        code: 'UserInvalid',
        given: `user ${quote(user)}`,
        because: 'the right to impersonate is granted to one person and to nobody else',
        write: "give that person's e-mail address alone, e.g. 'ada@example.com'",
      });
    }
    return deepFreeze({ source: 'user-credentials', secret: secretVersion(options.secret), user, impersonate });
  },

  /**
   * Credentials of another cloud, which this throws for, whatever is given. A machine of Google has an account of its own, and has nothing
   * that would keep such a token fresh. Measured on server 1.7.12: it does use them to impersonate, and never as itself, with the token in a
   * file or the keys of AWS in its environment. Without those it asks the metadata service of a machine of AWS, in a task of AWS, too, which
   * has its keys from elsewhere.
   *
   * @throws UnsafeConfigurationError `FederationUnsupported`
   */
  workloadIdentityFederation(_options: FederationOptions): never {
    throw new UnsafeConfigurationError({
      code: 'FederationUnsupported',
      given: 'GoogleCredentials.workloadIdentityFederation',
      because:
        "nothing on a machine of Google keeps such a token fresh, and no release of the server is known that reads the credentials of AWS's tasks",
      write: 'run the server on Google Cloud with GoogleCredentials.metadataServer()',
    });
  },

  /** None: the server calls no service that asks for a token, and reaches nothing of the metadata server. */
  none(): { readonly source: 'none' } {
    return deepFreeze({ source: 'none' as const });
  },
} as const;

/**
 * Validates credentials once more: an object written by hand is as good to the compiler as what a factory made.
 *
 * @throws UnsafeConfigurationError the codes of the factories, and `CredentialsInvalid` for a source that there is none of
 */
export function googleCredentials(credentials: GoogleCredentials): GoogleCredentials {
  const { source, ...options } = credentials ?? {};
  switch (source) {
    case 'metadata-server':
      return GoogleCredentials.metadataServer(options);
    case 'service-account-key':
      return GoogleCredentials.serviceAccountKey(options as ServiceAccountKeyCredentials);
    case 'user-credentials':
      return GoogleCredentials.userCredentials(options as UserCredentials);
    case 'none':
      return GoogleCredentials.none();
    default:
      throw new UnsafeConfigurationError({
        code: 'CredentialsInvalid',
        given: `credentials ${quote(source)}`,
        because: 'nothing is known of what the server would show Google',
        write: 'use GoogleCredentials.metadataServer(), .serviceAccountKey, .userCredentials or .none()',
      });
  }
}

/**
 * The account that a token is minted for, given the machine's own.
 *
 * @throws UnsafeConfigurationError `CredentialsMissing`, `CredentialMismatch`, `ImpersonationTargetUnknown`
 */
export function accountOfToken(
  scope: IConstruct,
  credentials: GoogleCredentials,
  auth: GoogleIdToken,
  machineAccount: string,
): string {
  if (credentials.source === 'none') {
    throw new UnsafeConfigurationError({
      code: 'CredentialsMissing',
      given: `GoogleIdToken of kind ${quote(auth.kind)} from a server with GoogleCredentials.none()`,
      because: 'it has nothing that it could mint a token with, so that no call would leave it',
      write: 'keep auth and change the credentials of the server: GoogleCredentials.metadataServer()',
    });
  }
  assertCredentialFits(credentials.source, auth);
  if (auth.kind === 'ambient')
    return credentials.source === 'service-account-key' ? credentials.account : machineAccount;
  const { impersonate } = credentials;
  if (impersonate !== undefined && isSameValue(scope, auth.serviceAccount, impersonate)) return auth.serviceAccount;
  throw new UnsafeConfigurationError({
    code: 'ImpersonationTargetUnknown',
    given: `GoogleIdToken.impersonated of ${quote(auth.serviceAccount)}`,
    because:
      impersonate === undefined
        ? 'the server may impersonate nobody'
        : `the server may impersonate ${quote(impersonate)} alone`,
    write: 'keep auth and name that account as `impersonate` of the credentials of the server',
  });
}

/** The one that the right to impersonate is granted to, as IAM names it. Absent: nobody is impersonated. */
export function impersonator(credentials: GoogleCredentials, machineAccount: string): string | undefined {
  if (credentials.source === 'none' || credentials.impersonate === undefined) return undefined;
  if (credentials.source === 'user-credentials') return `user:${credentials.user}`;
  return `serviceAccount:${credentials.source === 'service-account-key' ? credentials.account : machineAccount}`;
}

/** The risk that credentials with something to keep are, if they are. It says whose they are, which the proof takes from it. */
export function credentialsRisk(credentials: GoogleCredentials): { claim: string; reason: string } | undefined {
  const kept = keptBy(credentials);
  if (kept === undefined) return undefined;
  return {
    claim: 'federation-keyless',
    reason: `The server shows Google ${kept}. They are stated by reference alone.`,
  };
}

function keptBy(credentials: GoogleCredentials): string | undefined {
  if (credentials.source === 'service-account-key')
    return `the key of the service account ${credentials.account}, which is good until somebody deletes it, wherever it is used`;
  if (credentials.source === 'user-credentials')
    return `the credentials of the person ${credentials.user}, which can all that the person can, wherever they are used`;
  return undefined;
}

const USER = /^[^\s@:]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

function target({ impersonate }: { readonly impersonate?: string }): { readonly impersonate?: string } {
  if (impersonate === undefined) return {};
  assertServiceAccount('impersonate', impersonate);
  return { impersonate };
}
