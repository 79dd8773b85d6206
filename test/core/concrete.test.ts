import { Token } from 'aws-cdk-lib';
import { concrete, isToken } from '../../lib/core/concrete';
import { refusal } from './refusal';

const late = { resolve: () => 'late', creationStack: [] };

describe('a value that the proof must know', () => {
  test.each([
    ['a CDK string', Token.asString(late)],
    ['a CDK string inside another', `https://${Token.asString(late)}/`],
    ['a CDK number', Token.asNumber(late)],
    ['a CDK list', Token.asList(late)],
    ['a CDKTF string', '${TfToken[TOKEN.7]}'],
    ['a CDKTF list', ['#{TfToken[TOKEN.8]}']],
    ['a list with one token', ['orders', Token.asString(late)]],
    ['a CDK object', late],
    ['an object with one token', { kid: Token.asString(late) }],
    ['a list of objects with one token', [{ kids: [Token.asString(late)] }]],
  ])('may not be %s', (_, value) => {
    expect(isToken(value)).toBe(true);
    expect(refusal(() => concrete('an audience', value)).code).toBe('ValueNotConcrete');
  });

  test.each(['orders', '${orders}', -1, 0, Number.MIN_SAFE_INTEGER, ['a'], { kid: '1' }, null, undefined])(
    'may be the literal %p',
    (value) => {
      expect(isToken(value)).toBe(false);
      expect(concrete('an audience', value)).toBe(value);
    },
  );

  test('is named in the refusal', () => {
    expect(refusal(() => concrete('jwt issuer', '${Token[TOKEN.42]}')).message).toBe(
      'jwt issuer must be known at synthesis, got "${Token[TOKEN.42]}": what is decided at deployment cannot be proven before it; pass the literal value [ValueNotConcrete]',
    );
  });
});
