import { jwtVerify } from 'jose';
import { createPublicKey } from 'node:crypto';
import {
  accountOfAccessToken,
  createGoogleKeys,
  makeAccessToken,
  mintIdToken,
  verifyIdToken,
} from '../../../lib/prove/google-cloud/google-tokens';
import { answerMetadata } from '../../../lib/prove/google-cloud/metadata-answer';
import type { TokenOverrides } from '../../../lib/prove/deployment';

const KEYS = createGoogleKeys();
const ABOUT = { email: 'restate@p.iam.gserviceaccount.com', audience: 'https://greeter.a.run.app' };

test('an ID token is what a library of somebody else takes for one', async () => {
  const { payload, protectedHeader } = await jwtVerify(mintIdToken(KEYS, ABOUT), createPublicKey(KEYS.privateKey), {
    issuer: 'https://accounts.google.com',
    audience: ABOUT.audience,
    maxTokenAge: '1h',
  });
  expect(protectedHeader).toMatchObject({ alg: 'RS256' });
  expect(payload).toMatchObject({ email: ABOUT.email, email_verified: true, azp: payload.sub });
  expect(payload.exp! - payload.iat!).toBe(3600);
  expect(verifyIdToken(KEYS, mintIdToken(KEYS, ABOUT))).toEqual(ABOUT);
});

test.each<[wrong: string, overrides: TokenOverrides]>([
  ['signature', { signature: 'foreign' }],
  ['algorithm', { signature: 'none' }],
  ['algorithm', { signature: 'hmac-public-key' }],
  ['expired', { claims: { exp: 1 } }],
  ['expired', { claims: { exp: undefined } }],
  ['issuer', { claims: { iss: 'https://example.com' } }],
  ['account', { claims: { email: undefined } }],
  ['account', { claims: { email_verified: false } }],
])('what is wrong with a token is its %s (%o)', (wrong, overrides) => {
  expect(verifyIdToken(KEYS, mintIdToken(KEYS, ABOUT, overrides))).toBe(wrong);
});

test('an access token is known by every process of the run, and one of another run by none', () => {
  expect(accountOfAccessToken(KEYS, makeAccessToken(KEYS, ABOUT.email))).toBe(ABOUT.email);
  expect(accountOfAccessToken(KEYS, makeAccessToken(createGoogleKeys(), ABOUT.email))).toBeUndefined();
  expect(accountOfAccessToken(KEYS, 'ya29.x.y')).toBeUndefined();
});

describe('the metadata server', () => {
  const ask = (path: string, headers: Record<string, string> = { 'metadata-flavor': 'Google' }, method = 'GET') =>
    answerMetadata(
      { method, url: `/computeMetadata/v1/${path}`, headers },
      { keys: KEYS, account: ABOUT.email, project: 'p' },
    );
  const IDENTITY = `instance/service-accounts/default/identity?audience=${encodeURIComponent(ABOUT.audience)}&format=standard`;

  test('makes an ID token for the audience that it is asked for', () => {
    expect(verifyIdToken(KEYS, ask(IDENTITY).body)).toEqual(ABOUT);
  });

  test.each([
    ['no header', IDENTITY, {}, 'GET', 403],
    [
      'a request that was passed on',
      IDENTITY,
      { 'metadata-flavor': 'Google', 'x-forwarded-for': '10.0.0.1' },
      'GET',
      403,
    ],
    ['no audience', 'instance/service-accounts/default/identity', undefined, 'GET', 400],
    ['another method', IDENTITY, undefined, 'POST', 405],
    ['an unknown path', 'instance/nothing', undefined, 'GET', 404],
  ])('refuses %s', (_name, path, headers, method, status) => {
    expect(ask(path, headers, method)).toMatchObject({ status });
  });
});
