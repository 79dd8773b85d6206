import { quote, UnsafeConfigurationError } from '../../lib/core/errors';

describe('a refusal', () => {
  test('says what was given, why it is refused, what to write, and its code', () => {
    const error = new UnsafeConfigurationError({
      code: 'DoorOpen',
      given: 'door "front" is open',
      because: 'anybody walks in',
      write: 'close it',
    });

    expect(error.message).toBe('door "front" is open: anybody walks in; close it [DoorOpen]');
    expect(error.code).toBe('DoorOpen');
    expect(error).toBeInstanceOf(Error);
  });

  test('cuts a quoted value, so that a pasted file does not fill a log', () => {
    expect(quote('x'.repeat(200))).toHaveLength(80);
    expect(quote({ port: 1 })).toBe('{"port":1}');
    expect(quote(undefined)).toBe('undefined');
  });

  test('quotes what is no JSON by what it calls itself', () => {
    const stack = { toString: () => 'Orders/Group', scope: {} };
    stack.scope = stack;
    expect(quote(stack)).toBe('Orders/Group');
    expect(quote(1n)).toBe('1');
  });
});
