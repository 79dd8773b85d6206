import { isPlainAbsolutePath } from '../../lib/core/absolute-path';

describe('a path that can stand in a shell script', () => {
  test.each(['/a', '/var/lib/restate', '/run/secrets/identity.pem', '/_/-/a.b-c_d'])('may be %s', (path) => {
    expect(isPlainAbsolutePath(path)).toBe(true);
  });

  test.each([
    '',
    '/',
    'a',
    '/a/',
    '//a',
    '/.',
    '/..',
    '/a/../b',
    '/.hidden',
    '/a b',
    '/a\n',
    '/$(id)',
    "/'a'",
    '/a;b',
    '/a*',
    '${Token[TOKEN.1]}',
  ])('is never %p', (path) => {
    expect(isPlainAbsolutePath(path)).toBe(false);
  });
});
