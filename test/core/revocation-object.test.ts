import { IngressAuth } from '../../lib/core/ingress-auth';
import { revocationObject as ofAmazon } from '../../lib/aws/revocation-object';
import { revocationObject as ofGoogle } from '../../lib/google/machine/revocation-object';
import { clientAuthority } from '../proxy/client-authority';
import { INLINE_AUTH } from '../proxy/policy';
import { refusal } from './refusal';

async function listAt(crl: string): Promise<IngressAuth> {
  const { certificate: ca } = await clientAuthority('callers');
  return IngressAuth.mutualTls({ ca, names: ['shop.internal.example.com'], crl });
}

const CLOUDS = [
  ['s3', ofAmazon, 'Amazon S3', '${Token[TOKEN.7]}'],
  ['gs', ofGoogle, 'Cloud Storage', '${TfToken[TOKEN.7]}'],
] as const;

describe.each(CLOUDS)('a list at %s://', (scheme, read, store, token) => {
  test.each(['example-ca', token, `lists-${token}`])('in the bucket %s is fetched there', async (bucket) => {
    expect(read(await listAt(`${scheme}://${bucket}/lists/ca.crl.pem`))).toEqual({ bucket, key: 'lists/ca.crl.pem' });
  });

  test.each(['.x/ca.pem', '-x/ca.pem', 'Bucket/ca.pem', 'x/../ca.pem', 'x/a//b', 'x/a%20b', 'x/y$z'])(
    'is refused by the name %s',
    async (name) => {
      const auth = await listAt(`${scheme}://${name}`);
      const { code, message } = refusal(() => read(auth));
      expect([code, message]).toEqual(['RevocationListElsewhere', expect.stringContaining(store)]);
    },
  );

  test('is refused in the store of another cloud', async () => {
    const auth = await listAt(`${scheme === 's3' ? 'gs' : 's3'}://example-ca/ca.pem`);
    expect(refusal(() => read(auth)).code).toBe('RevocationListElsewhere');
  });

  test('is none where nobody shows certificates', () => {
    expect(read(INLINE_AUTH)).toBeUndefined();
  });
});

test('an underscore is in names of buckets of Google alone', async () => {
  expect(ofGoogle(await listAt('gs://example_ca/ca.pem'))).toEqual({ bucket: 'example_ca', key: 'ca.pem' });
  const auth = await listAt('s3://example_ca/ca.pem');
  expect(refusal(() => ofAmazon(auth)).code).toBe('RevocationListElsewhere');
});
