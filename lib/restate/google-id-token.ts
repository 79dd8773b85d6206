import { isToken } from '../core/concrete';
import { deepFreeze } from '../core/deep-freeze';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** Where the server has its own credentials of Google Cloud from. */
export type CredentialSource =
  'metadata-server' | 'service-account-key' | 'workload-identity-federation' | 'user-credentials';

/** The server calls as itself. */
export interface AmbientIdToken {
  readonly kind: 'ambient';
  /** The audience of its tokens. Absent: the origin of the URL that the service is registered with. */
  readonly audience?: string;
}

/** The server calls as another account, which it asks IAM Credentials to sign for. */
export interface ImpersonatedIdToken {
  readonly kind: 'impersonated';
  /** E-mail address of that account. */
  readonly serviceAccount: string;
  /** The audience of its tokens. Absent: the origin of the URL that the service is registered with. */
  readonly audience?: string;
}

/** How the server shows a private service who it is: an ID token of Google, minted for each discovery and cached for invocations. */
export type GoogleIdToken = AmbientIdToken | ImpersonatedIdToken;

/** Options of {@link GoogleIdToken.ambient}. */
export type AmbientIdTokenOptions = Omit<AmbientIdToken, 'kind'>;
/** Options of {@link GoogleIdToken.impersonated}. */
export type ImpersonatedIdTokenOptions = Omit<ImpersonatedIdToken, 'kind'>;

/**
 * The factories of {@link GoogleIdToken}. Servers from 1.7.0 on know it: all that are synthesised.
 *
 * @see https://docs.restate.dev/services/deploy/cloud-run
 */
export const GoogleIdToken = {
  /**
   * As the server's own account.
   *
   * @throws UnsafeConfigurationError `AudienceInvalid`, `OptionUnknown`
   */
  ambient(options: AmbientIdTokenOptions = {}): AmbientIdToken {
    refuseUnknownOptions('GoogleIdToken.ambient', options, ['audience']);
    return deepFreeze({ kind: 'ambient', ...audienceOf(options) });
  },

  /**
   * As an account that has no other power than to call, so that the server's own may not call at all.
   *
   * @throws UnsafeConfigurationError `AudienceInvalid`, `ServiceAccountInvalid`, `OptionUnknown`
   */
  impersonated(options: ImpersonatedIdTokenOptions): ImpersonatedIdToken {
    refuseUnknownOptions('GoogleIdToken.impersonated', options, ['serviceAccount', 'audience']);
    assertServiceAccount('GoogleIdToken.impersonated serviceAccount', options.serviceAccount);
    return deepFreeze({ kind: 'impersonated', serviceAccount: options.serviceAccount, ...audienceOf(options) });
  },
} as const;

/**
 * Validates how the server shows who it is, once more: an object written by hand is as good to the compiler as what a factory made.
 *
 * @throws UnsafeConfigurationError the codes of the factories of {@link GoogleIdToken}, and `IdTokenInvalid` for a kind that there is none of
 */
export function googleIdToken(auth: GoogleIdToken): GoogleIdToken {
  switch (auth?.kind) {
    case 'ambient': {
      const { kind: _kind, ...options } = auth;
      return GoogleIdToken.ambient(options);
    }
    case 'impersonated': {
      const { kind: _kind, ...options } = auth;
      return GoogleIdToken.impersonated(options);
    }
    default:
      throw new UnsafeConfigurationError({
        code: 'IdTokenInvalid',
        given: `auth ${quote((auth as { kind?: unknown } | undefined)?.kind)}`,
        because: 'a private service answers nobody who shows no token',
        write: 'use GoogleIdToken.ambient() or GoogleIdToken.impersonated({ serviceAccount })',
      });
  }
}

/** What each source can mint: Google gives an ID token of their own to accounts alone, not to people and foreign workloads. */
const MINTS_ITS_OWN: Readonly<Record<CredentialSource, boolean>> = {
  'metadata-server': true,
  'service-account-key': true,
  'workload-identity-federation': false,
  'user-credentials': false,
};

/**
 * Refuses a pair of credentials and token that the server would refuse at the registration. All eight pairs were measured on server 1.7.12:
 * it takes them as {@link MINTS_ITS_OWN} says, and refuses the two others before it asks Google anything (`META0003`, "cannot mint an ID token").
 *
 * @throws UnsafeConfigurationError `CredentialMismatch`, which says that the token is to be changed and not the credentials
 * @see https://docs.restate.dev/services/deploy/cloud-run the table of credential sources
 */
export function assertCredentialFits(source: CredentialSource, auth: GoogleIdToken): void {
  if (auth.kind === 'impersonated' || MINTS_ITS_OWN[source]) return;
  throw new UnsafeConfigurationError({
    code: 'CredentialMismatch',
    given: `GoogleIdToken.ambient() with credentials of ${quote(source)}`,
    because:
      'such credentials have no ID token of their own: they can only ask for one of an account that they impersonate',
    write: 'keep the credentials and change auth: GoogleIdToken.impersonated({ serviceAccount })',
  });
}

/** The `auth` of `POST /deployments`, in the spelling of the admin API. */
export interface RegistrationAuth {
  readonly GoogleIdToken: { readonly audience?: string; readonly impersonate_service_account?: string };
}

/** What a registration says about tokens. It stays so until the service is registered again by force. */
export function registrationAuth(auth: GoogleIdToken): RegistrationAuth {
  return {
    GoogleIdToken: {
      ...audienceOf(auth),
      ...(auth.kind === 'impersonated' && { impersonate_service_account: auth.serviceAccount }),
    },
  };
}

const SERVICE_ACCOUNT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?@[a-z0-9][a-z0-9.-]*\.gserviceaccount\.com$/;

/**
 * Refuses what is no e-mail address of a service account. One that is known only at deployment is taken as it is.
 *
 * @throws UnsafeConfigurationError `ServiceAccountInvalid`
 */
export function assertServiceAccount(what: string, email: string): void {
  if (typeof email === 'string' && (isToken(email) || SERVICE_ACCOUNT.test(email))) return;
  throw new UnsafeConfigurationError({
    code: 'ServiceAccountInvalid',
    given: `${what} ${quote(email)}`,
    because: 'tokens are minted for one service account, and its rights are all that they carry',
    write: `give ${Array.isArray(email) ? 'one e-mail address, not a list' : 'its e-mail address alone'}, e.g. "restate-caller@my-project.iam.gserviceaccount.com"`,
  });
}

function audienceOf({ audience }: { readonly audience?: string }): { readonly audience?: string } {
  if (audience === undefined) return {};
  assertAudience('audience', audience);
  return { audience };
}

/** Visible ASCII: what a header and a claim carry unchanged. */
const AUDIENCE = /^[\x21-\x7e]{1,512}$/;

/** @throws UnsafeConfigurationError `AudienceInvalid` */
export function assertAudience(what: string, audience: string): void {
  if (isToken(audience) || AUDIENCE.test(audience)) return;
  throw new UnsafeConfigurationError({
    code: 'AudienceInvalid',
    given: `${what} ${quote(audience)}`,
    because: 'it is compared exactly with what the service answers to, and a token for another audience is refused',
    write: 'give the URL of the service without path, e.g. "https://greeter-1234567890.europe-west1.run.app"',
  });
}
