import { withChangedPayload } from '../../../../lib/prove/attacks/credentials/token-signature';

test('a changed token differs in its claims alone', () => {
  const [header, claims] = [part({ alg: 'RS256' }), part({ sub: 'caller', aud: 'orders' })];
  const [newHeader, newClaims = '', signature] = withChangedPayload(`${header}.${claims}.c2ln`).split('.');
  expect([newHeader, signature]).toEqual([header, 'c2ln']);
  expect(JSON.parse(Buffer.from(newClaims, 'base64url').toString())).toEqual({ sub: 'somebody-else', aud: 'orders' });
});

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
