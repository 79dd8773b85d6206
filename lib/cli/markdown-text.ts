/** A table of cells that are escaped already. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What opens when it is asked for. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Text as it stands: nothing in it marks up or ends a cell. Underscores within a word are none of markup's. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s*\n\s*/g, '<br>');
}
