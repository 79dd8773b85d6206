import { generateKeyPairSync } from 'node:crypto';
import type { Deployment } from '../../../../lib/prove/deployment';
import { identityKey, signatureHeaders, whyUnsigned } from '../../../../lib/prove/attacks/task/signed-request';
import { generateIdentityKey } from '../../../../lib/restate/request-identity';

const { privateKeyPem } = generateIdentityKey();
const foreign = generateIdentityKey();
const audience = '/invoke/Greeter/greet';

const request = (path: string, headers: readonly (readonly [string, string])[]) => ({
  path,
  headers: Object.fromEntries(headers),
});

test.each(['/invoke/Greeter/greet', '/below/invoke/Greeter/greet', '/invoke/Greeter/greet?x=1'])(
  'a request to %s is signed for its path within the protocol',
  (path) => {
    expect(whyUnsigned(request(path, signatureHeaders({ privateKeyPem, audience })), privateKeyPem)).toBeUndefined();
  },
);

test.each([
  ['no signature at all', [], 'it names no signature scheme'],
  ['half a signature', [['x-restate-signature-scheme', 'v1']], "its signature is not of the run's key"],
  [
    'the signature of another key',
    signatureHeaders({ privateKeyPem: foreign.privateKeyPem, audience }),
    "its signature is not of the run's key",
  ],
  [
    'a signature for another path',
    signatureHeaders({ privateKeyPem, audience: '/discover' }),
    'its signature is for another path',
  ],
] as const)('%s is no signature', (_, headers, why) => {
  expect(whyUnsigned(request(audience, headers), privateKeyPem)).toBe(why);
});

describe('the identity key', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ofListener = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  test('is told from the key of a listener that stands before it', () => {
    expect(identityKey(secretsOf('random', ofListener, privateKeyPem))).toBe(privateKeyPem);
  });

  test('is none where only a listener has a key, or an account of Google', () => {
    const account = JSON.stringify({ private_key: ofListener });
    expect(identityKey(secretsOf(ofListener, account))).toBeUndefined();
  });
});

function secretsOf(...values: readonly string[]): Deployment {
  const secrets = Object.fromEntries(values.map((value, index) => [`file ${index}`, value]));
  return { secrets } as unknown as Deployment;
}
