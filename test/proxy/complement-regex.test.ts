import { complementRegex } from '../../lib/proxy/complement-regex';

const WORDS = ['accept', 'content-type', 'content-length', 'x-tenant-id', 'x-tenant', 'host', ':path', 'a'];
const LETTERS = ['a', 'x', '-', ':', 't', '0', '_', '.', '~'];

/** The words, and everything that is one letter away from one of them. */
function neighbours(words: readonly string[]): Set<string> {
  const all = words.flatMap((word) =>
    Array.from({ length: word.length + 1 }, (_, at) => {
      const [head, tail] = [word.slice(0, at), word.slice(at)];
      return [
        head,
        head + tail.slice(1),
        ...LETTERS.flatMap((letter) => [head + letter + tail, head + letter + tail.slice(1)]),
      ];
    }).flat(),
  );
  return new Set([...words, ...all].filter((text) => text !== ''));
}

describe('the complement of a set of words', () => {
  test('matches everything but the words, however near', () => {
    const regex = new RegExp(`^(?:${complementRegex(WORDS)})$`);
    const wrong = [...neighbours(WORDS)].filter((text) => regex.test(text) === WORDS.includes(text));

    expect(neighbours(WORDS).size).toBeGreaterThan(800);
    expect(wrong).toEqual([]);
  });

  test('matches everything when there are no words', () => {
    expect(new RegExp(`^(?:${complementRegex([])})$`).test('x')).toBe(true);
  });

  test('does not depend on the order of the words', () => {
    const regex = new RegExp(`^(?:${complementRegex(WORDS.toReversed())})$`);

    expect(WORDS.filter((word) => regex.test(word))).toEqual([]);
  });

  test.each([[['a.b', 'c-d', 'x^y', '~', "a'b"]], [['x', 'xx', 'xxx']], [['*', '+', '|', '$', '`']]])(
    'holds for the words %j, whose letters mean something in an expression',
    (words) => {
      const regex = new RegExp(`^(?:${complementRegex(words)})$`);

      expect([...neighbours(words)].filter((text) => regex.test(text) === words.includes(text))).toEqual([]);
    },
  );
});
