/** Letters that stand in few texts, or end what they stand in. */
export const LETTERS: readonly string[] = ['\u0000', '\u202E', '"', '\\', '${', '}', '\n', '%', '\u00E9', '\uD800'];
