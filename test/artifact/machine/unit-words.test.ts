import { Unit } from '../../../lib/artifact/machine/unit-file';
import { unitCommands } from '../../../lib/artifact/machine/unit-words';

const UNIT = new Unit('web@one.service', [
  '[Service]\nEnvironment=ONE=1 "TWO=a b" PERCENT=%%\nEnvironment=ONE=first\nEnvironment=ONE=last',
]);

function words(line: string): readonly (readonly string[])[] {
  return unitCommands(line, UNIT).map((command) => command.words);
}

test.each([
  ['words', 'a  b\tc', ['a', 'b', 'c']],
  ['both kinds of quotes', `a 'b "c"' "d 'e'"`, ['a', 'b "c"', "d 'e'"]],
  ['quotes within a word', `a b'c d'e`, ['a', 'bc de']],
  ['an empty word', `a '' b`, ['a', '', 'b']],
  ['escapes in quotes of either kind', String.raw`a "b\"c" 'd\'e' 'f\\g'`, ['a', 'b"c', "d'e", String.raw`f\g`]],
  ['escaped spaces and lines', String.raw`a b\sc d\x20e f\ng h\040i`, ['a', 'b c', 'd e', 'f\ng', 'h i']],
  ['escaped characters', String.raw`a \u00e4 \U0001F600`, ['a', 'ä', '😀']],
  ['an escape that is none', String.raw`a \d\.`, ['a', String.raw`\d\.`]],
  ['percent signs', 'a %%PATH%% %{x}', ['a', '%PATH%', '%{x}']],
  ['names of the unit', 'a %n %N %p %i %t', ['a', 'web@one.service', 'web@one', 'web', 'one', '/run']],
  ['dollars', 'a $$ $$b c$$ d$e', ['a', '$', '$b', 'c$', 'd$e']],
  ['variables in a word', 'a x${ONE}y ${TWO} ${PERCENT}', ['a', 'xlasty', 'a b', '%']],
  ['a variable that is the word', 'a $TWO', ['a', 'a', 'b']],
  ['no variables behind a colon', ':a ${ONE} $$', ['a', '${ONE}', '$$']],
  ['another name for the program', '@/bin/a b c', ['/bin/a', 'c']],
  ['a semicolon that is a word', String.raw`a \; ';' b;`, ['a', ';', ';', 'b;']],
])('a command line has %s', (_what, line, expected) => {
  expect(words(line)).toEqual([expected]);
});

test('a lone semicolon stands between two commands', () => {
  expect(words('a b ; c d')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('a minus lets a command fail, among other prefixes', () => {
  expect(unitCommands('-a', UNIT)).toEqual([{ words: ['a'], mayFail: true }]);
  expect(unitCommands('+-:a', UNIT)).toEqual([{ words: ['a'], mayFail: true }]);
  expect(unitCommands('!!a', UNIT)).toEqual([{ words: ['a'], mayFail: false }]);
});

test.each([
  ['a quote without an end', `a 'b`, 'has a quote that does not end'],
  ['what only the machine knows', 'a %H', 'has %H, which only the machine knows'],
  ['half a character', String.raw`a \xe4`, 'has an escape of a byte that is no character'],
  ['a character that is none', String.raw`a \Uffffffff`, 'has an escape of a byte that is no character'],
  ['a variable of the machine', 'a ${HOME}', /^uses \$HOME, whose value/],
])('a command line is not guessed at: %s', (_what, line, message) => {
  expect(() => words(line)).toThrow(message);
});

test('a file of variables may overrule every one', () => {
  const unit = new Unit('a.service', ['[Service]\nEnvironment=A=1\nEnvironmentFile=/etc/a']);
  expect(() => unitCommands('a ${A}', unit)).toThrow(/^uses \$A/);
});

test('a line goes on behind a backslash, past comments', () => {
  const unit = new Unit('a.service', [
    '[Service]\nExecStart=a \\\n  # not this\n  b \\\n; nor this\n  c\n#ExecStart=d\n',
  ]);
  expect(unit.list('Service', 'ExecStart')).toEqual(['a  b  c']);
});

test('an empty setting takes back those before it, but no dependency', () => {
  const unit = new Unit('a.service', [
    '[Unit]\nAfter=b c\n[Service]\nExecStart=a',
    '[Unit]\nAfter=\nAfter=d\n[Service]\nExecStart=\nExecStart=e',
  ]);
  expect(unit.list('Service', 'ExecStart')).toEqual(['e']);
  expect(unit.names('Unit', 'After')).toEqual(['b', 'c', 'd']);
});
