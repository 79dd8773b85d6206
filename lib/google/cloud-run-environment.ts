import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { terraformText } from './terraform-text';

/**
 * The variable that tells a service the public keys of its server, separated by commas. The SDK reads none of its own:
 * `serve({ services, identityKeys: process.env.RESTATE_IDENTITY_KEYS.split(',') })`.
 */
export const IDENTITY_KEYS_VARIABLE = 'RESTATE_IDENTITY_KEYS';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What Cloud Run sets itself. */
const RESERVED = /^(?:PORT|K_[A-Z]+|X_GOOGLE_.*|CLOUD_RUN_.*)$/;

const SECRET_NAME =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_|$)/i;
/** What such a name says when it ends so: where the secret is, not what it is. */
const WHERE = /_(?:FILE|PATH|DIR|NAME|ID|URI|URL|ENDPOINT)$/i;
/** Credentials that say by themselves what they are: private keys, keys of clouds and of well-known services, tokens, passwords of URLs. */
const SECRET_VALUES: readonly RegExp[] = [
  /PRIVATE KEY-----/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bGOCSPX-[0-9A-Za-z_-]{20,}/,
  /\bya29\.[0-9A-Za-z_-]{20,}/,
  /\bA(?:KIA|SIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[0-9A-Za-z]{30,}/,
  /\bxox[abprs]-[0-9A-Za-z-]{10,}/,
  /\b[rs]k_live_[0-9A-Za-z]{10,}/,
  /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\./,
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
];

/**
 * The environment of a service, as the files say it.
 *
 * @throws UnsafeConfigurationError `EnvironmentInvalid`, `LiteralCredential`, whose message holds nothing of the value
 */
export function serviceEnvironment(
  environment: Readonly<Record<string, string>>,
  identityPublicKeys: readonly string[],
): { name: string; value: string }[] {
  for (const [name, value] of Object.entries(environment)) assertVariable(name, value);
  const own = { [IDENTITY_KEYS_VARIABLE]: identityPublicKeys.join(',') };
  return Object.entries({ ...environment, ...own }).map(([name, value]) => ({ name, value: terraformText(value) }));
}

function assertVariable(name: string, value: string): void {
  if (name === IDENTITY_KEYS_VARIABLE || RESERVED.test(name) || !NAME.test(name) || typeof value !== 'string') {
    throw new UnsafeConfigurationError({
      code: 'EnvironmentInvalid',
      given: `environment variable ${quote(name)}`,
      because: 'it is no text that a container is given, or Cloud Run or this construct sets it',
      write: 'choose another name of letters, digits and underscores, and a text as its value',
    });
  }
  const isPlace = WHERE.test(name) || (!isToken(value) && (value === '' || value.startsWith('/')));
  const isNamedSecret = SECRET_NAME.test(name) && !isPlace;
  if (!isNamedSecret && !SECRET_VALUES.some((secret) => secret.test(value))) return;
  throw new UnsafeConfigurationError({
    code: 'LiteralCredential',
    given: `environment variable ${quote(name)} looks like a credential`,
    because: 'its value would stand in the files, in the state of Terraform and in what Cloud Run shows of the service',
    write:
      "put it into Secret Manager and name the file that it becomes: secrets: { '/secrets/name/value': SecretVersion.of(...) }",
  });
}
