import { recognise } from '../../../lib/check/workload/known-script';

const KNOWN = { text: 'run {{name}} > {{file}}.$1 # {{name}}', holes: { name: '[a-z]+', file: '/[a-z]+' } };

test('a script with values in its holes is recognised, and they are told', () => {
  expect(recognise('run abc > /tmp.$1 # abc', KNOWN)).toEqual({ name: 'abc', file: '/tmp' });
});

test.each([
  ['a value that is none', 'run ABC > /tmp.$1 # ABC'],
  ['two values in holes of one name', 'run abc > /tmp.$1 # abd'],
  ['more behind it', 'run abc > /tmp.$1 # abc\nid'],
  ['more before it', 'id; run abc > /tmp.$1 # abc'],
  ['another sign where a sign means something to a pattern', 'run abc > /tmpx$1 # abc'],
  ['a command in a hole', 'run $(id) > /tmp.$1 # $(id)'],
])('%s makes it another script', (_what, script) => {
  expect(recognise(script, KNOWN)).toBeUndefined();
});

test('a hole that nothing is said about takes nothing', () => {
  expect(recognise('run x', { text: 'run {{other}}', holes: {} })).toBeUndefined();
});
