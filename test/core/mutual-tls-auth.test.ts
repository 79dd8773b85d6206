import { mutualTlsAuth, type MutualTlsOptions } from '../../lib/core/mutual-tls-auth';
import { clientAuthority } from '../proxy/client-authority';
import { refusal } from './refusal';

describe('mutual TLS authentication', () => {
  let good: MutualTlsOptions;
  let leaf: string;
  let expired: string;
  let privateKey: string;

  beforeAll(async () => {
    const authority = await clientAuthority('callers');
    const client = await authority.issue({ names: ['shop.example.com'] });
    good = { ca: authority.certificate, names: ['shop.example.com'], crl: 's3://example-ca/ca.crl.pem' };
    leaf = client.certificate;
    privateKey = client.privateKey;
    expired = (await clientAuthority('old', -1_000)).certificate;
  });

  function refused(change: object): { code: string; message: string } {
    return refusal(() => mutualTlsAuth({ ...good, ...change }));
  }

  test('keeps the authorities as PEM and nothing around it, and each name once, in one order', () => {
    const names = ['spiffe://example.com/shop', 'depot.example.com', 'depot.example.com'];
    const auth = mutualTlsAuth({ ...good, ca: `our authority\n${good.ca}\n\n${good.ca}the same\n`, names });

    expect(auth.ca).toBe(`${good.ca.trim()}\n${good.ca.trim()}\n`);
    expect(auth.names).toEqual(['depot.example.com', 'spiffe://example.com/shop']);
    expect(() => Object.assign(auth, { ca: '' })).toThrow(TypeError);
  });

  test.each<readonly [string, () => unknown]>([
    ['no authority', () => ''],
    ['nothing', () => undefined],
    ['a path', () => '/etc/ssl/ca.pem'],
    ['what is no certificate', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ["a caller's own certificate", () => leaf],
    ['a certificate of no authority beside one', () => good.ca + leaf],
    ['an authority that has expired', () => expired],
    ['a private key beside it', () => good.ca + privateKey],
  ])('refuses %s as authority', (_, ca) => {
    expect(refused({ ca: ca() }).code).toBe('AuthorityInvalid');
  });

  test('does not repeat a private key', () => {
    expect(refused({ ca: privateKey }).message).not.toContain(privateKey.split('\n')[1]);
  });

  test.each([
    [undefined],
    [[]],
    ['shop.example.com'],
    [['*.example.com']],
    [['shop.example.com', '']],
    [['CN=shop']],
    [['shop']],
    [['Shop.example.com']],
    [['spiffe://example.com/a b']],
    [['spiffe://example.com/*']],
    [[7]],
  ])('refuses the names %j: they are compared exactly', (names) => {
    expect(refused({ names }).code).toBe('CertificateNamesInvalid');
  });

  test.each([
    [undefined],
    [''],
    ['https://example.com/ca.crl'],
    ['s3://example-ca'],
    ['s3://example-ca/'],
    ['s3://example-ca/*'],
    ['s3://example-ca/a?versionId=1'],
    ['file:///ca.crl'],
  ])('refuses the revocation list %j', (crl) => {
    const { code, message } = refused({ crl });
    expect(code).toBe('RevocationListInvalid');
    expect(message).toMatch(/'s3:\/\/\S+' on AWS, 'gs:\/\/\S+' on Google Cloud/);
  });

  test('refuses tokens, and an option that nobody would read', () => {
    expect(refused({ ca: '${Token[TOKEN.1]}' }).code).toBe('ValueNotConcrete');
    expect(refused({ names: ['${Token[TOKEN.1]}'] }).code).toBe('ValueNotConcrete');
    expect(refused({ optional: true }).code).toBe('OptionUnknown');
  });
});
