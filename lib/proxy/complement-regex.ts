interface Trie {
  readonly children: Map<string, Trie>;
  ends: boolean;
}

/**
 * Renders an RE2 expression whose full matches are exactly the strings that are not in `words`. RE2 has no look-ahead, so the
 * expression follows the words letter by letter and matches wherever a string leaves them.
 *
 * @param words each of at least one character; without any the expression matches everything that is not empty
 */
export function complementRegex(words: readonly string[]): string {
  return words.length === 0 ? '.+' : render(build(words));
}

function build(words: readonly string[]): Trie {
  const root: Trie = { children: new Map(), ends: false };
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      const next = node.children.get(letter) ?? { children: new Map(), ends: false };
      node.children.set(letter, next);
      node = next;
    }
    node.ends = true;
  }
  return root;
}

/** What may follow here without making one of the words: another letter and anything, a wrong rest, or (where no word ends) nothing. */
function render({ children, ends }: Trie): string {
  const letters = [...children.keys()];
  const leaves = letters.length === 0 ? '.+' : `[^${letters.map(literal).join('')}].*`;
  const follows = [...children].map(([letter, child]) => literal(letter) + render(child));
  return `(?:${[leaves, ...follows].join('|')})${ends ? '' : '?'}`;
}

function literal(letter: string): string {
  return /[A-Za-z0-9]/.test(letter) ? letter : `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
