/**
 * The three parts that every refusal of Portcullis has.
 */
export interface Refusal {
  /** PascalCase, stable, documented in the README: `IngressOpenToWorld`. */
  readonly code: string;
  /** What was given, with the offending value quoted. */
  readonly given: string;
  /** Why it is refused. */
  readonly because: string;
  /** What to write instead. */
  readonly write: string;
}

/**
 * A configuration that Portcullis does not synthesise because it could not be safe, or could not be proven.
 *
 * The message reads `<given>: <because>; <write> [<Code>]`.
 */
export class UnsafeConfigurationError extends Error {
  /** The PascalCase code in brackets at the end of the message. */
  public readonly code: string;

  public constructor(refusal: Refusal) {
    super(`${refusal.given}: ${refusal.because}; ${refusal.write} [${refusal.code}]`);
    this.name = 'UnsafeConfigurationError';
    this.code = refusal.code;
  }
}

/**
 * Renders a value for an error message: JSON, cut at 80 characters so that a pasted secret or file does not fill a log.
 */
export function quote(value: unknown): string {
  const text = textOf(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** What leads back to itself, as a construct does to its parent, is no JSON: a construct says where it stands. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
