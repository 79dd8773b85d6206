/** Where a command writes: results to `stdout`, everything that is said on the way to `stderr`. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** A stream that may be a terminal. */
export interface Stream {
  readonly isTTY?: boolean;
  /** Width in characters, where it is a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}
