import { ingressLimits, type IngressLimits } from '../../lib/core/limits';
import { refusal } from './refusal';

const BOUNDS: readonly (readonly [keyof IngressLimits, number, number, number])[] = [
  ['maxBodyBytes', 1, 10_485_760, 33_554_432],
  ['requestsPerSecond', 1, 1_000, 1_000_000],
  ['burst', 1, 2_000, 1_000_000],
  ['requestsPerSecondPerAddress', 1, 500, 1_000_000],
  ['burstPerAddress', 1, 1_000, 1_000_000],
  ['concurrentCalls', 1, 10_000, 25_000],
  ['longestCallSeconds', 1, 3_600, 604_800],
  ['headersSeconds', 1, 10, 60],
  ['uploadSeconds', 1, 60, 3_600],
  ['maxConnections', 1, 5_000, 1_000_000],
];

describe('a limit of the ingress', () => {
  test('has a value when nothing is said, each of them', () => {
    expect(ingressLimits({})).toEqual(Object.fromEntries(BOUNDS.map(([name, , fallback]) => [name, fallback])));
  });

  test.each(BOUNDS)('%s may be %d and no less, %d when nothing is said, %d and no more', (name, least, _, most) => {
    expect(ingressLimits({ [name]: least })[name]).toBe(least);
    expect(ingressLimits({ [name]: most })[name]).toBe(most);
    for (const value of [least - 1, most + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refusal(() => ingressLimits({ [name]: value })).code).toBe('LimitOutOfRange');
    }
  });

  test('is refused when nobody would read it', () => {
    expect(refusal(() => ingressLimits({ maxBodySize: 1 } as Partial<IngressLimits>)).code).toBe('LimitUnknown');
  });

  test('is refused as a token', () => {
    expect(refusal(() => ingressLimits({ burst: -1.888_154e289 })).code).toBe('ValueNotConcrete');
  });
});
