/** What was worked out of texts alone. The same texts stand in many files; only so many of them are kept. */
export class Remembered<Made> {
  private readonly known = new Map<string, { readonly made: Made }>();

  /** @param most texts that are kept: one more, and all of them are forgotten */
  public constructor(private readonly most: number) {}

  /** @param make works it out of the text and of nothing else */
  public of(text: string, make: () => Made): Made {
    const before = this.known.get(text);
    if (before !== undefined) return before.made;
    const made = make();
    if (this.known.size >= this.most) this.known.clear();
    this.known.set(text, { made });
    return made;
  }
}
