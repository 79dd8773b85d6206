/** A document that stands in a text of a file: a configuration, or lines of a script. */
export interface Embedded {
  readonly kind: 'json' | 'lines';
  readonly document: unknown;
  /** The text with another document in its place. */
  readonly written: (document: unknown) => string;
}

/** A line of the script of a machine's start, in which the quoted text after this flag is a document. */
const QUOTED = /--config-yaml (?<quoted>"(?:[^"\\]|\\.)*")/;

/** What stands in a text, in the order in which it is to be looked through. */
export function embeddedIn(text: string): readonly Embedded[] {
  if (text.startsWith('{"')) {
    return [{ kind: 'json', document: JSON.parse(text), written: (document) => JSON.stringify(document) }];
  }
  if (!text.includes('\n')) return [];
  const quoted = QUOTED.exec(text)?.groups?.['quoted'];
  const lines: Embedded = {
    kind: 'lines',
    document: text.split('\n'),
    written: (document) => (document as readonly string[]).join('\n'),
  };
  if (quoted === undefined) return [lines];
  return [
    lines,
    {
      kind: 'json',
      document: JSON.parse(JSON.parse(quoted) as string),
      written: (document) => text.replace(quoted, () => JSON.stringify(JSON.stringify(document))),
    },
  ];
}
