import { hostnames } from '../../lib/core/hostnames';
import { refusal } from './refusal';

describe('host names of a door', () => {
  test('stand each once, in one order', () => {
    expect(hostnames('admin', ['b.example.com', 'a.example.com', 'b.example.com'])).toEqual([
      'a.example.com',
      'b.example.com',
    ]);
  });

  test.each([
    [undefined],
    [[]],
    ['restate.example.com'],
    [['*']],
    [['*.example.com']],
    [['restate']],
    [['Restate.example.com']],
    [['restate.example.com:443']],
    [['restate.example.com.']],
    [['-a.example.com']],
    [['https://restate.example.com']],
    [[`${'a.'.repeat(127)}com`]],
    [[`${'a'.repeat(64)}.com`]],
    [['good.example.com', '']],
    [[7]],
  ])('are not %j', (names) => {
    const { code, message } = refusal(() => hostnames('admin', names as string[]));

    expect(code).toBe('HostnameInvalid');
    expect(message).toMatch(/^admin hostnames /);
  });

  test('are known at synthesis', () => {
    expect(refusal(() => hostnames('ingress', ['${Token[TOKEN.1]}'])).code).toBe('ValueNotConcrete');
  });
});
