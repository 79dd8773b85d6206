/** Three base64url parts, of which the first begins as every JSON object does: a token that was made in passing. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/**
 * A text for people, in one line, without the run's secrets: each is replaced by its name, as is each of its lines (a PEM rarely survives a
 * log in one piece), and tokens are cut out.
 */
export function redact(text: string, secrets: Readonly<Record<string, string>>): string {
  let clean = text.replaceAll(TOKEN, '<token>');
  for (const [name, value] of Object.entries(secrets)) {
    for (const piece of [value, ...value.split('\n')]) {
      if (piece.length >= 8 && !piece.startsWith('-----')) clean = clean.replaceAll(piece, `<${name}>`);
    }
  }
  return clean.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim();
}
