import { assertSupported, OLDEST_SUPPORTED_VERSION } from '../../lib/restate/versions';
import { refusal } from '../core/refusal';

describe('a server version', () => {
  test.each([OLDEST_SUPPORTED_VERSION, '1.7.6', '1.7.12', '1.7.100'])('%s is supported', (version) => {
    expect(() => assertSupported(version)).not.toThrow();
  });

  test.each(['1.7.4', '1.7.0', '1.6.99', '0.9.12', '1.0.0'])('%s is refused for a known advisory', (version) => {
    const { code, message } = refusal(() => assertSupported(version));

    expect(code).toBe('ServerVersionVulnerable');
    expect(message).toContain('RUSTSEC-2026-0258');
  });

  test.each(['1.8.0', '1.10.0', '2.0.0', '2.7.5'])('%s is refused: nobody has read its keys back', (version) => {
    expect(refusal(() => assertSupported(version)).code).toBe('ServerVersionUnknown');
  });

  test.each([
    'latest',
    '',
    '1.7',
    '1',
    'v1.7.12',
    '1.7.12-rc.1',
    '1.7.12+build',
    '1.7.012',
    ' 1.7.12',
    '1.7.12\n',
    '1.7.x',
    'main',
  ])('%p is refused: it names no single release', (version) => {
    expect(refusal(() => assertSupported(version)).code).toBe('ServerVersionInvalid');
  });

  test('is refused as a token', () => {
    expect(refusal(() => assertSupported('${Token[TOKEN.1]}')).code).toBe('ValueNotConcrete');
  });

  test('is refused with what to write instead', () => {
    expect(refusal(() => assertSupported('1.8.0')).message).toBe(
      'Restate server version "1.8.0": the server silently ignores configuration keys it does not know, and only those of 1.7 were read back from it; name a release of 1.7 from 1.7.5 on, e.g. "1.7.12" [ServerVersionUnknown]',
    );
  });
});
