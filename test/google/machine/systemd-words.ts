/**
 * The words of a command line as systemd hands them to a program, by its documentation: quotes, C escapes, specifiers, variables. What this
 * project's units must not hold (a variable, a specifier but `%%`) is an error.
 */
export function systemdWords(line: string): string[] {
  return unquoted(line).map((word) => {
    const plain = word.replaceAll('%%', '\0').replaceAll('$$', '\u0001');
    if (/[%$]/.test(plain)) throw new Error(`systemd would put something else into ${JSON.stringify(word)}`);
    return plain.replaceAll('\0', '%').replaceAll('\u0001', '$');
  });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '"': '"', "'": "'", s: ' ' };

function unquoted(line: string): string[] {
  const words: string[] = [];
  let [word, quote, at] = ['', '', 0];
  let begun = false;
  while (at < line.length) {
    const letter = line[at] ?? '';
    at += 1;
    if (letter === '\\') {
      const escaped = ESCAPES[line[at] ?? ''];
      if (escaped === undefined) throw new Error(`systemd knows no escape \\${line[at]}`);
      [word, begun] = [word + escaped, true];
      at += 1;
    } else if (quote !== '' ? letter === quote : !begun && (letter === '"' || letter === "'")) {
      if (quote !== '' && at < line.length && line[at] !== ' ') throw new Error('a quote ends within a word');
      [quote, begun] = [quote === '' ? letter : '', true];
    } else if (quote === '' && letter === ' ') {
      if (begun) words.push(word);
      [word, begun] = ['', false];
    } else {
      [word, begun] = [word + letter, true];
    }
  }
  if (quote !== '') throw new Error('a quote does not end');
  return begun ? [...words, word] : words;
}
