import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { type CredentialFile, makeCredentialFile, TOKEN_URI } from '../../../lib/prove/google-cloud/credential-file';
import { answerCredentials, type FrontRules } from '../../../lib/prove/google-cloud/front-decision';
import { accountOfAccessToken, createGoogleKeys, verifyIdToken } from '../../../lib/prove/google-cloud/google-tokens';
import { answerToken } from '../../../lib/prove/google-cloud/token-endpoint';

const KEYS = createGoogleKeys();
const ACCOUNT = 'caller-key@p.iam.gserviceaccount.com';
const TARGET = 'restate-caller@p.iam.gserviceaccount.com';
const PERSON = 'ada@example.com';
const AUDIENCE = 'https://greeter-run0000000-ew.a.run.app';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const KEY = makeCredentialFile({ kind: 'account', email: ACCOUNT }, 'p');
const USER = makeCredentialFile({ kind: 'user', email: PERSON }, 'p');
const FOREIGN = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

type Fields = Readonly<Record<string, unknown>>;

const fileOf = ({ text }: CredentialFile): Record<string, string> => JSON.parse(text) as Record<string, string>;
const now = (): number => Math.floor(Date.now() / 1000);
/** As server 1.7.12 writes it: ten seconds before now, and an hour and ten seconds after. */
const times = (): Fields => ({ iat: now() - 10, exp: now() + 3610 });

function signed(
  claims: Fields,
  { header = {}, key }: { readonly header?: Fields; readonly key?: typeof FOREIGN } = {},
): string {
  const { private_key_id: kid, private_key: pem = '', client_email: email } = fileOf(KEY);
  const parts = [
    { alg: 'RS256', typ: 'JWT', kid, ...header },
    { iss: email, sub: email, ...times(), ...claims },
  ];
  const said = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${said}.${sign('sha256', Buffer.from(said), key ?? createPrivateKey(pem)).toString('base64url')}`;
}

function asked(assertion: string): ReturnType<typeof answerToken> {
  const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  return answerToken(new URLSearchParams({ grant_type: grant, assertion }).toString(), KEY.known, KEYS);
}

const FOR_SERVICE = { aud: TOKEN_URI, target_audience: AUDIENCE };

test('an assertion of the key becomes an ID token of its account for the audience that it names', () => {
  const { status, body } = asked(signed(FOR_SERVICE));
  expect(status).toBe(200);
  expect(verifyIdToken(KEYS, (body as { readonly id_token: string }).id_token)).toEqual({
    email: ACCOUNT,
    audience: AUDIENCE,
  });
});

test.each<[string, string, string]>([
  ['of another key under its name', signed(FOR_SERVICE, { key: FOREIGN }), 'invalid_grant'],
  ['of a key by another name', signed(FOR_SERVICE, { header: { kid: 'x' } }), 'invalid_grant'],
  ['without a signature', signed(FOR_SERVICE, { header: { alg: 'none' } }), 'invalid_grant'],
  ['in the name of another account', signed({ ...FOR_SERVICE, iss: TARGET }), 'invalid_grant'],
  ['about another account', signed({ ...FOR_SERVICE, sub: TARGET }), 'invalid_grant'],
  ['for somebody else', signed({ ...FOR_SERVICE, aud: AUDIENCE }), 'invalid_grant'],
  ['that has expired', signed({ ...FOR_SERVICE, iat: now() - 3700, exp: now() - 100 }), 'invalid_grant'],
  ['that is not yet valid', signed({ ...FOR_SERVICE, iat: now() + 600 }), 'invalid_grant'],
  ['that is good for a day', signed({ ...FOR_SERVICE, exp: now() + 86_400 }), 'invalid_grant'],
  ['for no audience', signed({ aud: TOKEN_URI }), 'invalid_scope'],
  ['that is none', 'x', 'invalid_grant'],
])('an assertion %s becomes nothing', (_name, assertion, error) => {
  expect(asked(assertion)).toEqual({ status: 400, body: { error } });
});

function refreshed(overrides: Fields = {}, known = USER.known): ReturnType<typeof answerToken> {
  const { client_id, client_secret, refresh_token } = fileOf(USER);
  const fields = { grant_type: 'refresh_token', client_id, client_secret, refresh_token, ...overrides };
  return answerToken(JSON.stringify(fields), known, KEYS);
}

test("a person's credentials become an access token, and no ID token", () => {
  const { status, body } = refreshed({ target_audience: AUDIENCE });
  expect(status).toBe(200);
  expect(Object.keys(body)).not.toContain('id_token');
  expect(accountOfAccessToken(KEYS, (body as { readonly access_token: string }).access_token)).toBe(PERSON);
});

test.each<[string, Fields, string]>([
  ['another refresh token', { refresh_token: '1//x' }, 'invalid_grant'],
  ['another secret of the client', { client_secret: 'x' }, 'invalid_client'],
  ['another client', { client_id: 'x' }, 'invalid_client'],
  ['another way', { grant_type: 'password' }, 'unsupported_grant_type'],
])('%s becomes nothing', (_name, overrides, error) => {
  expect(refreshed(overrides).body).toEqual({ error });
});

test('what the run has made no file for becomes nothing', () => {
  expect(refreshed({}, KEY.known).body).toEqual({ error: 'invalid_grant' });
  expect(answerToken('grant_type=refresh_token', undefined, KEYS).body).toEqual({ error: 'invalid_grant' });
});

describe('IAM Credentials, asked with what the key has signed itself', () => {
  const rules: FrontRules = { services: [], minters: { [TARGET]: [ACCOUNT] }, impersonators: {} };
  const own = { scope: SCOPE, aud: null };
  const status = (token: string, by: FrontRules = rules, credentials = KEY.known): number =>
    answerCredentials(
      {
        path: `/v1/projects/-/serviceAccounts/${TARGET}:generateIdToken`,
        authorization: `Bearer ${token}`,
        body: JSON.stringify({ audience: AUDIENCE }),
      },
      by,
      { keys: KEYS, credentials },
    ).status;

  test('makes a token of whom the grants let the account mint for, and of nobody else', () => {
    expect(status(signed(own))).toBe(200);
    expect(status(signed(own), { ...rules, minters: {} })).toBe(403);
  });

  test.each<[string, string]>([
    ['another key', signed(own, { key: FOREIGN })],
    ['the key in the name of another', signed({ ...own, iss: TARGET, sub: TARGET })],
    ['the key for less than everything', signed({ ...own, scope: 'openid' })],
    ['the key for the token endpoint', signed(FOR_SERVICE)],
  ])('knows nobody by what was signed by %s', (_name, token) => {
    expect(status(token)).toBe(401);
  });

  test('knows nobody by a key where the run has made none', () => {
    expect(status(signed(own), rules, USER.known)).toBe(401);
  });
});

test('what is searched for in logs stands in the file, line by line', () => {
  for (const { secret, text } of [KEY, USER]) {
    const lines = secret.split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !text.includes(line))).toEqual([]);
  }
});
