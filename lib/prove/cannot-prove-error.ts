/**
 * Why nothing can be proven here: a tool, a right or a binary is missing. It is never about the deployment, so whoever catches it
 * reports the claims that need it as `unproven`.
 *
 * The message reads `<what is wrong>; <what to do> [<Code>]` and never holds a value made for the run.
 */
export class CannotProveError extends Error {
  /** The PascalCase code in brackets at the end of the message. */
  public readonly code: string;

  public constructor(code: string, wrong: string, remedy: string) {
    super(`${wrong}; ${remedy} [${code}]`);
    this.name = 'CannotProveError';
    this.code = code;
  }
}
