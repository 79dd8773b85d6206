/** A line of a shell script, and whether the script may come by without running it. */
export interface ShellLine {
  readonly text: string;
  readonly conditional: boolean;
}

const OPENS = /^(?:if|case|for|while|until|select)\b/;
const CLOSES = /^(?:fi|esac|done)\b/;
const LEADS = /^(?:(?:then|else|do)\b|[({])\s*/;
const HERE_DOCUMENT = /(?<!<)<<(?<tabs>-?)\s*(?<quote>["']?)(?<tag>[A-Za-z_]\w*)\k<quote>/;
/** A test before a command, on its line. */
const TEST_BEFORE = /(?:\]|\btest\s[^&|]*)\s*&&|\|\|/;

/**
 * The lines of a script without its comments. It is read and not run, as far as that goes: blocks of `if`, `case` and loops and tests on the
 * line itself are seen, whatever else may keep a line from being run (an `exit` before it, a function that nobody calls) is not. A here-document
 * is as conditional as the line that it belongs to, and what it holds opens no block.
 */
export function shellLines(script: string): readonly ShellLine[] {
  let depth = 0;
  let here: { readonly end: RegExp; readonly conditional: boolean } | undefined;
  return script.split('\n').flatMap((text): readonly ShellLine[] => {
    const { conditional } = here ?? { conditional: depth > 0 || OPENS.test(text.trim()) || TEST_BEFORE.test(text) };
    if (here?.end.test(text) === true) {
      here = undefined;
      return [];
    }
    if (text.trimStart().startsWith('#')) return [];
    if (here === undefined) {
      depth = Math.max(0, depth + blocks(text));
      here = hereDocument(text, conditional);
    }
    return [{ text, conditional }];
  });
}

/** How many more blocks a line opens than it closes. */
function blocks(text: string): number {
  const words = text.split(';').map((part) => part.trim().replace(LEADS, ''));
  return words.filter((word) => OPENS.test(word)).length - words.filter((word) => CLOSES.test(word)).length;
}

function hereDocument(text: string, conditional: boolean): { end: RegExp; conditional: boolean } | undefined {
  const { tag, tabs } = HERE_DOCUMENT.exec(text)?.groups ?? {};
  return tag === undefined ? undefined : { end: new RegExp(`^${tabs === '-' ? '\\t*' : ''}${tag}$`), conditional };
}
