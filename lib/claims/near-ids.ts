/** What somebody may have meant by an id that is not known: at most three that begin alike, the likest first. */
export function nearIds(id: string, known: readonly string[]): readonly string[] {
  return known
    .filter((other) => shared(other, id) >= 4)
    .toSorted((one, other) => shared(other, id) - shared(one, id))
    .slice(0, 3);
}

/** Length of what two ids have in common at their beginning. */
function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
