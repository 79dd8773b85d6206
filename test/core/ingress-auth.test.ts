import { IngressAuth } from '../../lib/core/ingress-auth';
import type { JwtOptions } from '../../lib/core/jwt-auth';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const REMOTE: JwtOptions = {
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwksUri: 'https://login.example.com/keys.json',
};
const { jwk } = signingKey();

function refused(change: object): string {
  return refusal(() => IngressAuth.jwt({ ...REMOTE, ...change })).code;
}

describe('jwt authentication', () => {
  test('keeps issuer, audiences and keys exactly, and has bounds when nothing is said', () => {
    expect(IngressAuth.jwt(REMOTE)).toEqual({
      method: 'jwt',
      issuer: 'https://login.example.com/',
      audiences: ['orders'],
      keys: { source: 'remote', uri: 'https://login.example.com/keys.json' },
      maxLifetimeSeconds: 86_400,
      clockSkewSeconds: 60,
    });
  });

  test('takes the public keys themselves, and keeps no hold on what it was given', () => {
    const jwks = { keys: [{ ...jwk }] };
    const auth = IngressAuth.jwt({ issuer: REMOTE.issuer, audiences: ['orders'], jwks });
    jwks.keys.push({ ...jwk, kid: 'added later' });

    expect(auth.keys).toEqual({ source: 'inline', jwks: { keys: [jwk] } });
    expect(() => Object.assign(auth.keys, { source: 'remote' })).toThrow(TypeError);
  });

  test.each([
    'http://login.example.com/',
    'login.example.com',
    '',
    'https://user:pass@login.example.com/',
    'https://login.example.com/#x',
    ' https://login.example.com/',
    'https:\\\\login.example.com/',
    'https://login.example.com/\n',
  ])('refuses the issuer %p', (issuer) => {
    expect(refused({ issuer })).toBe('IssuerInvalid');
  });

  test.each(['https://user:hunter2@login.example.com/', 'https:user:hunter2@login.example.com', 'http://u:hunter2@x/'])(
    'does not repeat the password of %p',
    (issuer) => {
      expect(refusal(() => IngressAuth.jwt({ ...REMOTE, issuer })).message).not.toContain('hunter2');
    },
  );

  test.each([
    'http://login.example.com/keys',
    'https://login.example.com:8443/keys',
    'https://192.0.2.1/keys',
    'https://[2001:db8::1]/keys',
    'https://localhost/keys',
    'https://3221225985/keys',
    'file:///keys',
  ])('refuses to fetch keys from %p', (jwksUri) => {
    expect(refused({ jwksUri })).toBe('JwksUriInvalid');
  });

  test.each([[undefined], [[]], [['']], [['orders', ' ']]])('refuses the audiences %j', (audiences) => {
    expect(refused({ audiences })).toBe('AudiencesMissing');
  });

  test('refuses no source of keys, and two', () => {
    expect(refused({ jwksUri: undefined })).toBe('JwksInvalid');
    expect(refused({ jwks: { keys: [jwk] } })).toBe('JwksInvalid');
  });

  test('refuses an option that nobody would read', () => {
    expect(refused({ maxLifetime: 60 })).toBe('OptionUnknown');
  });

  test('refuses an empty list of keys', () => {
    expect(refused({ jwksUri: undefined, jwks: { keys: [] } })).toBe('JwksInvalid');
  });

  test.each([
    ['maxLifetimeSeconds', 59],
    ['maxLifetimeSeconds', 604_801],
    ['maxLifetimeSeconds', 60.5],
    ['clockSkewSeconds', 0],
    ['clockSkewSeconds', 301],
  ])('refuses %s of %d', (name, value) => {
    expect(refused({ [name]: value })).toBe('DurationOutOfRange');
  });

  test.each(['issuer', 'jwksUri', 'audiences', 'maxLifetimeSeconds', 'clockSkewSeconds'])(
    'refuses a token as %s',
    (name) => {
      const token =
        name === 'audiences' ? ['${Token[TOKEN.1]}'] : name.endsWith('Seconds') ? -1.888e289 : '${Token[TOKEN.1]}';

      expect(refused({ [name]: token })).toBe('ValueNotConcrete');
    },
  );
});
