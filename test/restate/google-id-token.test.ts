import {
  assertCredentialFits,
  type CredentialSource,
  googleIdToken,
  GoogleIdToken,
  registrationAuth,
} from '../../lib/restate/google-id-token';
import { assertSupported } from '../../lib/restate/versions';
import { refusal } from '../core/refusal';

const CALLER = 'restate-caller@my-project.iam.gserviceaccount.com';
const AUDIENCE = 'https://greeter-1234567890.europe-west1.run.app';
const TOKEN = '${TfToken[TOKEN.7]}';

describe('the credentials of a server and the tokens that it mints', () => {
  const ambient = GoogleIdToken.ambient();
  const impersonated = GoogleIdToken.impersonated({ serviceAccount: CALLER });

  // The vendor's table (S2.8), of which the last line is what local development has (S2.11).
  test.each<[CredentialSource, boolean, boolean]>([
    ['metadata-server', true, true],
    ['service-account-key', true, true],
    ['workload-identity-federation', false, true],
    ['user-credentials', false, true],
  ])('of %s fit ambient: %s, impersonated: %s', (source, fitsAmbient, fitsImpersonated) => {
    const fits = (auth: GoogleIdToken): boolean => {
      try {
        assertCredentialFits(source, auth);
        return true;
      } catch {
        return false;
      }
    };

    expect([fits(ambient), fits(impersonated)]).toEqual([fitsAmbient, fitsImpersonated]);
  });

  test.each<CredentialSource>(['workload-identity-federation', 'user-credentials'])(
    'of %s that do not fit say that the token is to be changed',
    (source) => {
      const { code, message } = refusal(() => assertCredentialFits(source, ambient));

      expect(code).toBe('CredentialMismatch');
      expect(message).toContain(`credentials of "${source}"`);
      expect(message).toContain('keep the credentials and change auth: GoogleIdToken.impersonated({ serviceAccount })');
    },
  );
});

describe('a registration', () => {
  test.each<[string, GoogleIdToken, object]>([
    ['of an ambient token', GoogleIdToken.ambient(), {}],
    ['with an audience', GoogleIdToken.ambient({ audience: AUDIENCE }), { audience: AUDIENCE }],
    [
      'of another account',
      GoogleIdToken.impersonated({ serviceAccount: CALLER }),
      { impersonate_service_account: CALLER },
    ],
    [
      'of another account with an audience',
      GoogleIdToken.impersonated({ serviceAccount: CALLER, audience: AUDIENCE }),
      { audience: AUDIENCE, impersonate_service_account: CALLER },
    ],
  ])('%s is spelt as the admin API reads it, and leaves the rest to the server', (_, auth, fields) => {
    expect(registrationAuth(auth)).toStrictEqual({ GoogleIdToken: fields });
  });

  test('needs a server of 1.7.0, and older ones are not synthesised', () => {
    expect(() => assertSupported('1.7.12')).not.toThrow();
    expect(refusal(() => assertSupported('1.6.9')).code).toBe('ServerVersionVulnerable');
  });
});

describe('an ID token', () => {
  test('may be of an account and for an audience that are known at deployment alone', () => {
    expect(GoogleIdToken.impersonated({ serviceAccount: TOKEN, audience: TOKEN })).toEqual({
      kind: 'impersonated',
      serviceAccount: TOKEN,
      audience: TOKEN,
    });
  });

  test('cannot be changed once it is made', () => {
    expect(() => Object.assign(GoogleIdToken.ambient(), { audience: AUDIENCE })).toThrow(TypeError);
  });

  test.each<[string, string, unknown]>([
    ['by a person', 'ServiceAccountInvalid', { kind: 'impersonated', serviceAccount: 'ada@example.com' }],
    ['by a member', 'ServiceAccountInvalid', { kind: 'impersonated', serviceAccount: `serviceAccount:${CALLER}` }],
    ['by two accounts', 'ServiceAccountInvalid', { kind: 'impersonated', serviceAccount: `${CALLER},${CALLER}` }],
    ['by nobody', 'ServiceAccountInvalid', { kind: 'impersonated' }],
    ['by a list of one', 'ServiceAccountInvalid', { kind: 'impersonated', serviceAccount: [CALLER] }],
    ['by a list of one that comes later', 'ServiceAccountInvalid', { kind: 'impersonated', serviceAccount: [TOKEN] }],
    ['for an empty audience', 'AudienceInvalid', { kind: 'ambient', audience: '' }],
    ['for an audience with a line of its own', 'AudienceInvalid', { kind: 'ambient', audience: 'https://a\nb' }],
    ['with a foreign word', 'OptionUnknown', { kind: 'ambient', audiences: [AUDIENCE] }],
    ['of an account that would be ignored', 'OptionUnknown', { kind: 'ambient', serviceAccount: CALLER }],
    ['of no known kind', 'IdTokenInvalid', { kind: 'none' }],
    ['that is nothing', 'IdTokenInvalid', undefined],
  ])('is refused %s, also where no factory made it', (_, code, auth) => {
    expect(refusal(() => googleIdToken(auth as GoogleIdToken)).code).toBe(code);
  });
});
