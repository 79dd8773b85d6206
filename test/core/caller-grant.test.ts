import { callerGrants, scope, type CallerGrant } from '../../lib/core/caller-grant';
import { IngressAuth } from '../../lib/core/ingress-auth';
import type { MutualTlsAuth } from '../../lib/core/mutual-tls-auth';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const KEYS = IngressAuth.apiKeys({ jwks: { keys: [signingKey().jwk] } });
const CERTIFICATES: MutualTlsAuth = {
  method: 'mutualTls',
  ca: '',
  names: ['shop.example.com'],
  crl: 's3://ca/crl.pem',
};
const EITHER = IngressAuth.anyOf(KEYS, CERTIFICATES);
const HANDLERS = [{ service: 'Greeter', handlers: ['greet'] }];

function refused(grant: unknown, auth: Parameters<typeof callerGrants>[1] = EITHER): string {
  return refusal(() => callerGrants([grant as CallerGrant], auth)).code;
}

describe('callers', () => {
  test('are granted handlers of services, objects and workflows, each once and in one order', () => {
    const grants = callerGrants(
      [
        { scope: 'carts', handlers: [{ object: 'Cart', handlers: ['get', 'add', 'get'] }] },
        { certificate: 'shop.example.com', handlers: [{ workflow: 'my.Checkout', handlers: ['run_2'] }] },
      ],
      EITHER,
    );

    expect(grants).toEqual([
      { scope: 'carts', handlers: [{ object: 'Cart', handlers: ['add', 'get'] }] },
      { certificate: 'shop.example.com', handlers: [{ workflow: 'my.Checkout', handlers: ['run_2'] }] },
    ]);
  });

  test('may be nobody', () => {
    expect(callerGrants([], KEYS)).toEqual([]);
  });

  test.each([
    ['a scope where nobody shows one', { scope: 'a', handlers: HANDLERS }, CERTIFICATES],
    ['a certificate where nobody shows one', { certificate: 'shop.example.com', handlers: HANDLERS }, KEYS],
    ['a certificate that is not admitted', { certificate: 'x.example.com', handlers: HANDLERS }, EITHER],
    ['no handlers', { scope: 'a', handlers: [] }, EITHER],
    ['handlers left out', { scope: 'a' }, EITHER],
    ['nobody', { handlers: HANDLERS }, EITHER],
  ])('are not named by %s', (_, grant, auth) => {
    expect(refused(grant, auth)).toBe('CallerInvalid');
  });

  test('are named by one thing alone', () => {
    expect(refused({ scope: 'a', certificate: 'shop.example.com', handlers: HANDLERS })).toBe('OptionUnknown');
    expect(refused({ scope: 'a', handlers: HANDLERS, services: [] })).toBe('OptionUnknown');
  });

  test.each([
    ['no type', { handlers: ['greet'] }],
    ['two types', { service: 'A', object: 'A', handlers: ['greet'] }],
    ['an unknown member', { service: 'A', handlers: ['greet'], key: 'x' }],
    ['no handler', { service: 'A', handlers: [] }],
    ['a handler that is no list', { service: 'A', handlers: 'greet' }],
    ['any handler', { service: 'A', handlers: ['*'] }],
    ['an expression', { service: 'A', handlers: ['a|b'] }],
    ['a path', { service: 'A', handlers: ['a/b'] }],
    ['an escape', { service: 'A', handlers: ['a%2Fb'] }],
    ['a service that is a path', { service: 'A/b', handlers: ['greet'] }],
    ['an empty name', { object: '', handlers: ['greet'] }],
    ['a path in place of names', 'Orders/place'],
    ['nothing', null],
  ])('are granted no handlers with %s', (_, grant) => {
    expect(refused({ scope: 'a', handlers: [grant] })).toBe('HandlersInvalid');
  });

  test('are granted handlers by name, which a path in their place suggests', () => {
    const grant = { scope: 'a', handlers: ['Orders/place'] } as unknown as CallerGrant;

    expect(refusal(() => callerGrants([grant], EITHER)).message).toContain(
      "write { service: 'Orders', handlers: ['place'] }, or object or workflow in place of service [HandlersInvalid]",
    );
  });

  test.each<[string, string, unknown]>([
    ['one alone', 'CallerInvalid', { scope: 'a', handlers: HANDLERS }],
    ['text', 'CallerInvalid', 'a'],
    ['a scope alone', 'OptionInvalid', ['a']],
    ['a list', 'OptionInvalid', [[]]],
    ['nothing', 'OptionMissing', [undefined]],
  ])('are a list of objects, not %s', (_, code, grants) => {
    expect(refusal(() => callerGrants(grants as CallerGrant[], EITHER)).code).toBe(code);
  });

  test.each(['', 'a b', 'a"b', 'a\\b', 'ä', 'x'.repeat(129), 7, undefined])('have no scope %j', (value) => {
    expect(refusal(() => scope(value as string)).code).toBe('ScopeInvalid');
  });

  test('are known at synthesis', () => {
    const token = '${Token[TOKEN.1]}';

    expect(refused({ scope: token, handlers: HANDLERS })).toBe('ValueNotConcrete');
    expect(refused({ scope: 'a', handlers: [{ service: token, handlers: ['greet'] }] })).toBe('ValueNotConcrete');
  });
});
