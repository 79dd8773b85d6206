import { wholeSeconds } from '../../lib/core/whole-seconds';
import { refusal } from './refusal';

describe('a duration in whole seconds', () => {
  test.each([60, 61, 120])('may be %d, between its bounds', (value) => {
    expect(wholeSeconds('life', value, 60, 120)).toBe(value);
  });

  test.each([59, 121, 60.5, NaN, Infinity, -60, '60', null])('may not be %p', (value) => {
    const { code, message } = refusal(() => wholeSeconds('life', value as number, 60, 120));

    expect(code).toBe('DurationOutOfRange');
    expect(message).toMatch(/^life .* from 60 to 120/);
  });

  test('is known at synthesis', () => {
    expect(refusal(() => wholeSeconds('life', -1.888e289, 60, 120)).code).toBe('ValueNotConcrete');
  });
});
