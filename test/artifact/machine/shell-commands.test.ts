import { shellCommands } from '../../../lib/artifact/machine/shell-commands';

function read(script: string): readonly string[] | undefined {
  return shellCommands(script)?.map(
    ({ words, conditional, assignments }) =>
      `${conditional ? '?' : ''}${[...assignments.keys()].map((name) => `${name}=,`).join('')}${words.map(({ text }) => text).join(',')}`,
  );
}

test.each([
  ['lines and semicolons', 'a b; c\nd', ['a,b', 'c', 'd']],
  ['quotes', `a 'b c' "d \\"e\\"" f\\ g`, ['a,b c,d "e",f g']],
  ['comments', 'a # b\n# c\nd#e', ['a', 'd#e']],
  ['lines that go on', 'a \\\n  b', ['a,b']],
  ['redirections', 'a >/dev/null 2>&1 <b &>c d', ['a,d']],
  ['here-documents', 'a <<EOF b\ndocker run x\nEOF\nc <<-"E F"\n\td\n\tE F\ne', ['a,b', 'c', 'e']],
  ['variables that are set', 'A=1 B="2 3" a\nC=4', ['A=,B=,a', 'C=,']],
  ['commands in words', `a $(b "c)" | d) \`e\` "\${f:-"g"}"`, ['a,$(b "c)" | d),`e`,${f:-"g"}']],
  ['a block', 'if a; then b; else c; fi; d', ['?a', '?b', '?c', 'd']],
  ['loops', 'until a; do b; done\nfor i in c d; do e; done\nf', ['?a', '?b', '?e', 'f']],
  ['a case', 'case $a in\n b|c) d ;;\n (e) f;;\nesac\ng', ['?d', '?f', 'g']],
  ['tests on the line', 'a && b || c\nd |\n e\nf', ['a', '?b', '?c', 'd', '?e', 'f']],
  ['functions', 'a() {\n  b\n}\nc\nfunction d { e; }', ['?b', 'c', '?d,{,e']],
  ['a group and a subshell', '{ a; b; }\n( c )\nd', ['a', 'b', '?c', 'd']],
  ['what is behind the end', 'a\nexit 0\nb', ['a', 'exit,0', '?b']],
  ['an end on a condition', 'if a; then exit; fi\nb', ['?a', '?exit', 'b']],
  ['redirections of the script itself', 'exec 2>&1\na', ['exec', 'a']],
])('a script is read into commands: %s', (_what, script, commands) => {
  expect(read(script)).toEqual(commands);
});

test.each([
  ['a variable', '$a'],
  ['a variable in quotes', '"x${a}"'],
  ['a command', '`a`'],
  ['a pattern', '/a/*'],
  ['braces', '{a,b}'],
  ['a home', '~/a'],
  ['escapes of the shell', `$'a'`],
])('a word is not exact with %s in it', (_what, word) => {
  const [command] = shellCommands(`x ${word}`) ?? [];
  expect(command?.words.map(({ exact }) => exact)).toEqual([true, false]);
});

test.each(["a 'b", 'a "b', 'a $(b', 'a `b', 'a ${b'])('a script that ends too early is not read: %s', (script) => {
  expect(shellCommands(script)).toBeUndefined();
});

test('hostile text comes to an end', () => {
  const texts = [
    '('.repeat(50_000),
    '"$('.repeat(20_000),
    '<<A '.repeat(20_000),
    '\f\v\u00A0',
    ';;&'.repeat(30_000),
    'case x in '.repeat(20_000),
  ];
  expect(texts.map((text) => typeof shellCommands(text))).toHaveLength(texts.length);
});
