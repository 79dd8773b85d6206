import { both, eitherOf, except, languageOf, matching } from '../../../../lib/check/proxy/language/language';
import { parseRe2 } from '../../../../lib/check/proxy/language/parse-re2';
import { allTextsOf, exampleOf } from '../../../../lib/check/proxy/language/texts-of';
import { complementRegex } from '../../../../lib/proxy/complement-regex';

test('what a complement leaves are the words it was made of', () => {
  const words = ['accept', 'accept-encoding', ':path', 'x-tenant-id', 'host'];
  const left = both(matching('[a-z:-]+'), except(languageOf(parseRe2(complementRegex(words))!)));
  expect(allTextsOf(left, 100)).toEqual([...words].sort());
});

test.each([
  ['a|b', ['a', 'b']],
  ['(?i)ab', ['AB', 'Ab', 'aB', 'ab']],
  ['x{2,3}', ['xx', 'xxx']],
  ['[^\\x20-`b-\\xff]', ['a']],
  ['^a$', ['a']],
  ['(?:a|)b', ['ab', 'b']],
])('the texts of %s are known', (regex, words) => {
  expect(allTextsOf(matching(regex), 100)).toEqual(words);
});

test.each(['a*', 'a+b', '.', '[a-z]{4}', '(ab)*c'])('of %s there are more than anybody lists', (regex) => {
  expect(allTextsOf(matching(regex), 100)).toBe('infinite');
});

test.each(['a\\b', '(?=a)', '\\pL', 'a{2', '(a', '[[:alpha:]]', 'a**', '(?s)a', 'a(^b)', '\\1'])(
  '%s is not understood',
  (regex) => {
    expect(parseRe2(regex)).toBeUndefined();
  },
);

test('an example is a shortest text, and none where there is none', () => {
  expect(exampleOf(matching('aa+b'))).toEqual({ text: 'aab' });
  expect(exampleOf(both(matching('a+'), matching('b+')))).toBe('none');
  expect(exampleOf(both(matching('[ab]+'), except(eitherOf(matching('a.*'), matching('b')))))).toEqual({ text: 'ba' });
});

test('what is asked for does not change what is known of a language', () => {
  const four = matching('[a-d]');
  expect([allTextsOf(four, 3), allTextsOf(four, 4), allTextsOf(four, 3)]).toEqual([
    'infinite',
    ['a', 'b', 'c', 'd'],
    'infinite',
  ]);
});

test.each([
  ['nothing can be accepted from the start', both(matching('a'), matching('b')), []],
  ['everything is accepted after a letter', both(matching('[ab]'), except(matching('a.*'))), ['b']],
  [
    'nothing needed is left, but something that is not',
    both(matching('ab?'), eitherOf(matching('c'), matching('a'))),
    ['a'],
  ],
  [
    'what is refused is lost on the way',
    both(matching('[ab]{2}'), except(eitherOf(matching('aa'), matching('b.')))),
    ['ab'],
  ],
])('texts are found where %s', (_, language, texts) => {
  expect(allTextsOf(language, 10)).toEqual(texts);
});

test('expressions and those of JavaScript match the same', () => {
  const texts = ['', 'a', 'b', 'ab', 'aab', 'abc', '/a/b', '/restate/x', 'A.b', 'x-y', '0', 'a0_'];
  for (const regex of [
    'a*b?',
    '[^a]*',
    '/\\w+/\\w+',
    '(?:a|ab)(?:c|)',
    '[\\w.-]+',
    '\\d|\\D+',
    '(?:/restate(?:/.*)?)',
    'a{1,2}b',
  ]) {
    for (const each of texts) {
      const found = exampleOf(both(matching(regex), matching(each.replaceAll(/[^\w]/g, '\\$&')))) !== 'none';
      expect([regex, each, found]).toEqual([regex, each, new RegExp(`^(?:${regex})$`).test(each)]);
    }
  }
});
