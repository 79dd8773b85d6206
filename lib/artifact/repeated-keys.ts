import { isMap, isScalar, visit, type Document } from 'yaml';

/** Keys as a text of JSON says them, each as often as it stands there: readers differ in what they make of one that is said twice. */
export function keysOfJson(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start !== -1;) {
    let end = text.indexOf('"', start + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    let next = end + 1;
    while (BLANKS.includes(text[next]!)) next += 1;
    if (text[next] === ':') keys += 1;
    start = text.indexOf('"', next);
  }
  return keys;
}

const BLANKS = ' \t\n\r';

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

/** A key that a map of YAML says twice, or by which it takes another map in, which few readers do. `undefined`: there is none. */
export function oddKeyOfYaml(document: Document): string | undefined {
  let odd: string | undefined;
  visit(document, {
    Map(_, map) {
      const known = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : isMap(key) ? undefined : String(key);
        if (name === undefined || known.has(name) || name === '<<') odd ??= name ?? 'a map';
        else known.add(name);
      }
      return odd === undefined ? undefined : visit.BREAK;
    },
  });
  return odd;
}
