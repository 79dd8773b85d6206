import { RunValues, signsRequests } from '../../../lib/prove/runtime/run-values';
import { aContainer } from './a-container';

const KEY = '-----BEGIN PRIVATE KEY-----\nfresh\n-----END PRIVATE KEY-----\n';
const SIGNS = { RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE: ['/run/key.pem'] };

test("references get values that could be the cloud's own, each written down", () => {
  const values = new RunValues();
  const arn = ['arn:', { logicalId: 'AWS::Partition' }, ':s3:::', { logicalId: 'Data', attribute: 'Arn' }];
  expect(values.text(arn)).toBe('arn:aws:s3:::data-arn');
  expect(values.replaced).toEqual(['AWS::Partition: aws', 'Data.Arn: data-arn']);
});

test.each([
  ['the one whose name says so', { TOKEN: ['arn:a'], IDENTITY_KEY: ['arn:b'] }, 'IDENTITY_KEY'],
  ['the only one', { K: ['arn:a'] }, 'K'],
])('the secret that signs requests is a fresh key: %s', (_, secrets, name) => {
  const values = new RunValues();
  const container = aContainer({ environment: SIGNS, secrets });
  expect(values.environment(container, KEY)).toMatchObject({ [name]: KEY });
});

test('a server that is not told to sign gets no key', () => {
  const container = aContainer({ secrets: { IDENTITY_KEY: ['arn:a'] } });
  expect(signsRequests(container)).toBe(false);
  expect(Object.values(new RunValues().environment(container, KEY))).not.toContain(KEY);
});

test('a secret is random, the same wherever it is used, and in no line about it', () => {
  const values = new RunValues();
  const secret = { PASSWORD: ['arn:', { logicalId: 'Secret' }] };
  const first = values.environment(aContainer({ secrets: secret }), KEY);
  const second = values.environment(aContainer({ name: 'other', secrets: secret }), KEY);
  const { PASSWORD = '' } = first;
  expect(PASSWORD).toMatch(/^run-[\w-]{32}$/);
  expect(second).toEqual(first);
  expect(values.secrets).toEqual({ PASSWORD });
  expect(values.replaced.join('\n')).not.toContain(PASSWORD);
  expect(values.replaced).toContain('main, secret PASSWORD: random');
});
