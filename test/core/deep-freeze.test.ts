import { deepFreeze } from '../../lib/core/deep-freeze';

describe('frozen data', () => {
  test('cannot be changed at any depth', () => {
    const data = deepFreeze({ list: [{ name: 'a' }], nested: { value: 1 } });

    expect(() => (data.nested.value = 2)).toThrow(TypeError);
    expect(() => Object.assign(data.list[0]!, { name: 'b' })).toThrow(TypeError);
    expect(() => data.list.push({ name: 'c' })).toThrow(TypeError);
  });

  test('leaves instances of classes alone: they belong to a cloud framework', () => {
    class SecurityGroup {
      public rules = 0;
    }
    const { handle } = deepFreeze({ handle: new SecurityGroup() });
    handle.rules = 1;

    expect(handle.rules).toBe(1);
  });

  test.each([null, undefined, 1, 'text'])('passes %p through', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });
});
