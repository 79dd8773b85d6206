import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** What a file of credentials lets its holder prove to Google, from Google's side. */
export type KnownCredentials =
  | { readonly kind: 'account'; readonly email: string; readonly keyId: string; readonly publicKey: string }
  | {
      readonly kind: 'user';
      readonly email: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
    };

/** A file of credentials that was made for a run. */
export interface CredentialFile {
  readonly text: string;
  /** What nobody else may see of it, a line each. */
  readonly secret: string;
  readonly known: KnownCredentials;
}

/** Where both kinds of files are turned into tokens. The server asks it whatever a key file says (measured on 1.7.12). */
export const TOKEN_URI = 'https://oauth2.googleapis.com/token';
const UNIVERSE = 'googleapis.com';

/**
 * Makes the file that Google would have made for an account (a key) or a person (user credentials).
 *
 * @see https://google.aip.dev/auth/4112 and https://google.aip.dev/auth/4113
 */
export function makeCredentialFile(
  { kind, email }: Pick<KnownCredentials, 'kind' | 'email'>,
  project: string,
): CredentialFile {
  return kind === 'account' ? keyFile(email, project) : userFile(email, project);
}

function keyFile(email: string, project: string): CredentialFile {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const keyId = randomBytes(20).toString('hex');
  const file = {
    type: 'service_account',
    project_id: project,
    private_key_id: keyId,
    private_key: privateKey,
    client_email: email,
    client_id: '100000000000000000001',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: TOKEN_URI,
    universe_domain: UNIVERSE,
  };
  const lines = privateKey.split('\n').filter((line) => !line.startsWith('-----'));
  return { ...written(file, lines), known: { kind: 'account', email, keyId, publicKey } };
}

function userFile(email: string, project: string): CredentialFile {
  const client = { clientId: 'run.apps.googleusercontent.com', clientSecret: random(), refreshToken: `1//${random()}` };
  const file = {
    type: 'authorized_user',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    refresh_token: client.refreshToken,
    quota_project_id: project,
    universe_domain: UNIVERSE,
  };
  return { ...written(file, [client.clientSecret, client.refreshToken]), known: { kind: 'user', email, ...client } };
}

function written(file: object, secret: readonly string[]): Omit<CredentialFile, 'known'> {
  return { text: JSON.stringify(file, null, 2), secret: secret.join('\n') };
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
