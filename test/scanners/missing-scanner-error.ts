/** The scanner is not there, or not the one that was meant: nothing is known of any file. */
export class MissingScannerError extends Error {
  public override readonly name: string = 'MissingScannerError';
}
