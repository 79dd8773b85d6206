import type { Verdict } from '../artifact/claim';

/** What was decided about one subject, from the files alone. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'accepted'>;
  /** Logical id, or address, of the resource that it is about. */
  readonly subject: string;
  /** The witness: for "reachable" the path, for "not reachable" what blocks it, for a setting where it stands and what it says. */
  readonly evidence: string;
  /** What to change, where this says it better than the claim does. */
  readonly fix?: string;
  /**
   * Logical ids beside the subject on whose being read whole a `holds` rests. What could not be read of one of them makes it `unproven`.
   */
  readonly restsOn?: readonly string[];
}
