/** A script that a released version renders. */
export interface KnownScript {
  /** The text; each `{{name}}` stands for a value that varies, everywhere the same one. */
  readonly text: string;
  /** What each value may be, as a regular expression without groups that capture. */
  readonly holes: Readonly<Record<string, string>>;
}

const HOLE = /\{\{([a-z]+)\}\}/gi;

/**
 * Compares a script with one that is known.
 *
 * @returns the values in its holes, or `undefined` when it is another script
 */
export function recognise(script: string, { text, holes }: KnownScript): Readonly<Record<string, string>> | undefined {
  const seen = new Set<string>();
  let pattern = '';
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(HOLE)) {
    pattern += literally(text.slice(from, index));
    pattern += seen.has(name) ? `\\k<${name}>` : `(?<${name}>${holes[name] ?? '(?!)'})`;
    seen.add(name);
    from = index + whole.length;
  }
  const found = new RegExp(`^${pattern}${literally(text.slice(from))}$`).exec(script);
  return found === null ? undefined : { ...found.groups };
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
