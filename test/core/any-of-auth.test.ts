import { IngressAuth, ingressAuth, methodOf, methodsOf } from '../../lib/core/ingress-auth';
import { clientAuthority } from '../proxy/client-authority';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const jwks = { keys: [signingKey().jwk] };
const JWT = IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks });
const KEYS = IngressAuth.apiKeys({ jwks });

describe('any of several ways', () => {
  test('is a choice, of which each way can be asked for', async () => {
    const { certificate: ca } = await clientAuthority('callers');
    const certificates = IngressAuth.mutualTls({ ca, names: ['shop.example.com'], crl: 's3://ca/crl.pem' });
    const auth = IngressAuth.anyOf(KEYS, certificates);

    expect(methodsOf(auth)).toEqual([KEYS, certificates]);
    expect([methodOf(auth, 'apiKeys'), methodOf(auth, 'jwt')]).toEqual([KEYS, undefined]);
    expect(ingressAuth(IngressAuth.anyOf(JWT, KEYS, certificates)).method).toBe('anyOf');
    expect(methodsOf(JWT)).toEqual([JWT]);
  });

  test.each([
    ['nothing', []],
    ['one way', [JWT]],
    ['one way twice', [JWT, JWT]],
    ['a choice within the choice', [JWT, IngressAuth.anyOf(JWT, KEYS)]],
  ])('is not made of %s', (_, methods) => {
    expect(refusal(() => IngressAuth.anyOf(...(methods as (typeof JWT)[]))).code).toBe('MethodsInvalid');
  });

  test.each([
    ['no way', { method: 'none' }, 'AuthInvalid'],
    ['nothing', undefined, 'AuthInvalid'],
    ['no way within the choice', { method: 'anyOf', methods: [JWT, { method: 'none' }] }, 'AuthInvalid'],
    ['a copy without audiences', { ...JWT, audiences: [] }, 'AudiencesMissing'],
    ['a copy within the choice', { method: 'anyOf', methods: [KEYS, { ...JWT, audiences: [] }] }, 'AudiencesMissing'],
    ['a copy of keys without keys', { ...KEYS, jwks: { keys: [] } }, 'JwksInvalid'],
    ['a choice of one, by hand', { method: 'anyOf', methods: [JWT] }, 'MethodsInvalid'],
    [
      'certificates of nobody, by hand',
      { method: 'mutualTls', ca: '', names: ['a.b'], crl: 's3://a/b' },
      'AuthorityInvalid',
    ],
  ])('is validated once more: %s', (_, auth, code) => {
    expect(refusal(() => ingressAuth(auth as typeof JWT)).code).toBe(code);
  });
});
