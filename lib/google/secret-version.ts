import { concrete, isToken } from '../core/concrete';
import { deepFreeze } from '../core/deep-freeze';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** One version of a secret in Secret Manager: a reference, never a value. */
export interface SecretVersion {
  /** The secret: `projects/P/secrets/S`. */
  readonly secret: string;
  /** Its version: `3`. */
  readonly version: string;
  /** Both: `projects/P/secrets/S/versions/3`. */
  readonly name: string;
}

/** What {@link SecretVersion.of} takes. */
export interface SecretVersionOptions {
  /** The secret, as `projects/P/secrets/S` or as the resource of this app. A secret of one region alone is none that this can be. */
  readonly secret: string | { readonly id: string };
  /** Number of the version. Never `latest`: what runs would change without a deployment. */
  readonly version: string;
}

const SECRET =
  /^projects\/(?:[a-z][a-z0-9-]{4,28}[a-z0-9]|(?:[a-z0-9.-]+:)[a-z][a-z0-9-]{4,28}[a-z0-9]|\d{6,20})\/secrets\/[A-Za-z0-9_-]{1,255}$/;
const VERSION = /^[1-9]\d{0,18}$/;

/** The factory of {@link SecretVersion}. */
export const SecretVersion = {
  /**
   * A version by its number.
   *
   * @throws UnsafeConfigurationError `SecretIdInvalid`, whose message holds nothing of what was given, `SecretVersionInvalid`,
   * `OptionUnknown`, `ValueNotConcrete`
   */
  of(options: SecretVersionOptions): SecretVersion {
    refuseUnknownOptions('SecretVersion.of', options, ['secret', 'version']);
    const secret = typeof options.secret === 'string' ? options.secret : options.secret?.id;
    if (isOther(options.secret) || (!isToken(secret) && !SECRET.test(secret))) {
      throw new UnsafeConfigurationError({
        code: 'SecretIdInvalid',
        given: 'the secret is not named as Secret Manager names it',
        because: 'a value in its place would stand in the state of Terraform, and in every plan and log of it',
        write: "give 'projects/my-project/secrets/my-secret', or the resource",
      });
    }
    const { version } = options;
    if (!VERSION.test(concrete('the version of a secret', version))) {
      throw new UnsafeConfigurationError({
        code: 'SecretVersionInvalid',
        given: `version ${quote(version)} of a secret`,
        because: 'only a number names one value: an alias such as latest is another value when somebody says so',
        write: "give the number of the version, e.g. '3'",
      });
    }
    return deepFreeze({ secret, version, name: `${secret}/versions/${version}` });
  },
} as const;

/**
 * Validates a reference once more: an object written by hand is as good to the compiler as what the factory made.
 *
 * @throws UnsafeConfigurationError the codes of {@link SecretVersion.of}
 */
export function secretVersion(reference: SecretVersion): SecretVersion {
  return SecretVersion.of({ secret: reference?.secret, version: reference?.version });
}

/** Its id is known only at deployment, but of what resource it is, is not: that of a version, say, would name no secret. */
function isOther(secret: SecretVersionOptions['secret']): boolean {
  const { terraformResourceType: type = SECRET_TYPE } = Object(secret) as { terraformResourceType?: unknown };
  return type !== SECRET_TYPE;
}

const SECRET_TYPE = 'google_secret_manager_secret';
