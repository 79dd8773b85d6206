/**
 * A path at which nothing could be looked at: no such file, no template in it, or a template that is no template. The message says what to
 * do. What is read but not understood is no error: it stands in `Artifact.unreadable`.
 */
export class UnreadableError extends Error {
  public constructor(given: string, because: string, write: string) {
    super(`${given}: ${because}; ${write}`);
    this.name = 'UnreadableError';
  }
}
