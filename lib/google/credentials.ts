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
   * The account of the machine itself. Nothing to keep, nothing to leak: the server reaches one path of the metadata server, or three where
   * it impersonates.
   *
   * @throws UnsafeConfigurationError `ServiceAccountInvalid`, `OptionUnknown`
   */
  metadataServer(options: Omit<MetadataServerCredentials, 'source'> = {}): MetadataServerCredentials {
    refuseUnknownOptions('GoogleCredentials.metadataServer', options, ['impersonate']);
    return deepFreeze({ source: 'metadata-server', ...target(options) });
  },

  /**
   * A key file, for a server that calls as an account of a project whose machines it is none of. Every report shows it as an accepted risk.
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
   * Every report shows them as an accepted risk.
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
   * Credentials of another cloud. No release of the server that is known here can use them: its library of Google reads those of machines of
   * AWS, not of tasks, and the setting that its source has for that stands in no release. So this throws, whatever is given.
   *
   * @throws UnsafeConfigurationError `FederationUnsupported`
   */
  workloadIdentityFederation(_options: FederationOptions): never {
    throw new UnsafeConfigurationError({
      code: 'FederationUnsupported',
      given: 'GoogleCredentials.workloadIdentityFederation',
      because:
        'no release of the server is known that can use such credentials, and it would find out at the first call',
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

/** The risk that credentials with something to keep are, if they are. */
export function credentialsRisk({ source }: GoogleCredentials): { claim: string; reason: string } | undefined {
  const kept = KEPT[source];
  if (kept === undefined) return undefined;
  return {
    claim: 'federation-keyless',
    reason: `The server shows Google ${kept}. They are stated by reference alone.`,
  };
}

const KEPT: Readonly<Record<GoogleCredentials['source'], string | undefined>> = {
  'metadata-server': undefined,
  'service-account-key': 'the key of a service account, which is good until somebody deletes it, wherever it is used',
  'user-credentials': 'the credentials of a person, which can all that the person can, wherever they are used',
  none: undefined,
};

const USER = /^[^\s@:]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

function target({ impersonate }: { readonly impersonate?: string }): { readonly impersonate?: string } {
  if (impersonate === undefined) return {};
  assertServiceAccount('impersonate', impersonate);
  return { impersonate };
}
