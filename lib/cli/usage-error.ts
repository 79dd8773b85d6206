/** Something that the user can put right: printed without a stack, and the command exits with 2. */
export class UsageError extends Error {
  public constructor(given: string, write: string) {
    super(`${given}; ${write}`);
    this.name = 'UsageError';
  }
}
