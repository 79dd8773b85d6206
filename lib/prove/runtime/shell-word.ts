/** A text as one word of a POSIX shell, whatever it holds: paths and arguments come from a template that anybody may have written. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
