/** Runs `work` over `items`, at most `limit` at once, and returns the results in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

/** What `work` resolves to, or what `late` returns when it has not within `timeoutMs`. */
export async function within<Result>(work: Promise<Result>, timeoutMs: number, late: () => Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const bell = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(late()), timeoutMs);
  });
  try {
    return await Promise.race([work, bell]);
  } finally {
    clearTimeout(timer);
  }
}
