import { certificatesOpenNothing, tokensOpenNothing } from '../../../../lib/prove/attacks/credentials/open-nothing';
import type { Grant } from '../../../../lib/prove/credentials/grants';
import { fakeDeployment } from '../../fake-deployment';

const HANDLER: Grant = {
  kind: 'object',
  service: 'Cart',
  handler: 'add',
  scopes: [],
  certificates: [],
  everybody: false,
};

test.each<[string, Grant, { readonly tokens: boolean; readonly certificates: boolean }]>([
  ['every verified caller', { ...HANDLER, everybody: true }, { tokens: true, certificates: true }],
  ['a scope', { ...HANDLER, scopes: ['cart:write'] }, { tokens: true, certificates: false }],
  ['a certificate', { ...HANDLER, certificates: ['shop.example.com'] }, { tokens: false, certificates: true }],
])('what is granted to %s says whose attacks show anything', (_, grant, { tokens, certificates }) => {
  const { credentials } = fakeDeployment();
  const deployment = fakeDeployment({ credentials: { ...credentials, grants: [grant] } });
  expect(tokensOpenNothing(deployment) === undefined).toBe(tokens);
  expect(certificatesOpenNothing(deployment) === undefined).toBe(certificates);
});
