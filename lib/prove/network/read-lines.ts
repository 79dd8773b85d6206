import type { Readable } from 'node:stream';

/**
 * Calls `read` with each line of a stream, ended by LF alone. (Node's readline also ends lines at U+2028, which JSON leaves as it is,
 * so that what an attacker sends could tear a document apart.)
 */
export function readLines(stream: Readable, read: (line: string) => void): void {
  let begun: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n');
    begun.push(first);
    for (const next of more) {
      read(begun.join(''));
      begun = [next];
    }
  });
}
