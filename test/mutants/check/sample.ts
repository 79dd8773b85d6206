/** As many of these as are wanted, the same every time, and as unlike each other as their names are. */
export function sampled<Item>(items: readonly Item[], name: (item: Item) => string, count: number): readonly Item[] {
  const kinds = new Map<string, Item>();
  for (const item of items) {
    const kind = name(item);
    if (!kinds.has(kind)) kinds.set(kind, item);
  }
  return [...kinds]
    .map(([kind, item]) => [hashed(kind), item] as const)
    .sort(([one], [other]) => one - other)
    .slice(0, count)
    .map(([, item]) => item);
}

/** FNV-1a, in 32 bits. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
