import { MAX_DEPTH } from '../bounds';

/** Text of Terraform's language that this reader does not understand; its message goes on "is ...". */
export class NotUnderstood extends Error {}

const BLANK = /(?:[ \t\r\n]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;

/** A place in a text, and how deep the parser is in it. */
export class Scanner {
  public at = 0;
  private depth = 0;

  public constructor(public readonly text: string) {}

  public get done(): boolean {
    return this.at >= this.text.length;
  }

  public blank(): void {
    this.match(BLANK);
  }

  /** Takes what a sticky expression matches here; `undefined`, and stays, when it does not. */
  public match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** Takes these characters after blanks, when they are next. */
  public take(characters: string): boolean {
    this.blank();
    const isNext = this.text.startsWith(characters, this.at);
    this.at += isNext ? characters.length : 0;
    return isNext;
  }

  public expect(characters: string): void {
    if (!this.take(characters)) {
      throw new NotUnderstood(`an expression in which ${characters} is missing`);
    }
  }

  /** One level deeper, bounded: text that nests without end must not end the process. */
  public deeper<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new NotUnderstood(`an expression nested deeper than ${MAX_DEPTH}`);
    }
    const parsed = parse();
    this.depth -= 1;
    return parsed;
  }
}
