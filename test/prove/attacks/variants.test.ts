import type { Observation } from '../../../lib/prove/attack';
import { ONLY, tryEach, type Variant } from '../../../lib/prove/attacks/variants';

function variant(name: string, seen: Observation): Variant {
  return { name, run: () => Promise.resolve(seen) };
}

const REFUSED: Observation = { succeeded: false, observed: 'answered 401', refusedBy: 'envoy: jwt' };
const UNNAMED: Observation = { succeeded: false, observed: 'no answer' };
const THROUGH: Observation = { succeeded: true, observed: 'answered 200' };

describe('variants of an attempt', () => {
  test('succeed when one of them does, and tell which', async () => {
    const seen = await tryEach([variant('a', REFUSED), variant('b', THROUGH), variant('c', UNNAMED)]);
    expect(seen).toEqual({ succeeded: true, observed: 'b: answered 200' });
  });

  test('are refused by everybody who refused one', async () => {
    const other = { ...REFUSED, observed: 'answered 403', refusedBy: 'envoy: rbac' };
    const seen = await tryEach([variant('a', REFUSED), variant('b', REFUSED), variant('c', other)]);
    expect(seen).toEqual({
      succeeded: false,
      observed: 'a, b: answered 401; c: answered 403',
      refusedBy: 'envoy: jwt, envoy: rbac',
    });
  });

  test('are refused by nobody when one refusal cannot be named', async () => {
    const seen = await tryEach([variant('a', REFUSED), variant('b', UNNAMED)]);
    expect(seen).toEqual({ succeeded: false, observed: 'b: no answer' });
  });

  test('that cannot be tried name nobody, and do not hide one that got through', async () => {
    const broken: Variant = { name: 'x', run: () => Promise.reject(new Error('no agent')) };
    expect(await tryEach([variant('a', REFUSED), broken])).toEqual({
      succeeded: false,
      observed: 'x: could not be tried: no agent',
    });
    expect((await tryEach([broken, variant('b', THROUGH)])).succeeded).toBe(true);
  });

  test('that do not exist prove nothing', async () => {
    expect((await tryEach([])).refusedBy).toBeUndefined();
  });

  test('are counted where they are many, and not named where there is one', async () => {
    const many = await tryEach(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => variant(name, REFUSED)));
    expect(many.observed).toBe('a, b, c, d and 2 more: answered 401');
    expect((await tryEach([variant(ONLY, REFUSED)])).observed).toBe('answered 401');
  });
});
