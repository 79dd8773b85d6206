import type { ClaimResult, Verdict } from '../artifact/claim';
import type { Places } from './places';

/** A claim, with what was found about one subject. */
export interface CheckResult extends ClaimResult {
  /** Construct path, or the logical id where the file carries none, and the line on which the resource begins. */
  readonly source: string;
  /** The same line, where the subject is a resource of a file. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Where a subject stands: the construct that made it, and the line. */
export function sourceOf(subject: string, places: Places): Pick<CheckResult, 'source' | 'place'> {
  const found = places(subject);
  if (found === undefined) return { source: subject };
  const { file, line, constructPath = subject } = found;
  return { source: `${constructPath} (${file}:${line})`, place: { file, line } };
}

/** How many claims came to what. */
export type CheckSummary = Readonly<Record<Verdict, number>> & {
  /** What the command exits with: 0 when every claim that applies holds or is accepted, and one does hold; else 1. */
  readonly exitCode: 0 | 1;
};

/** One stack of several in a report. Its name and a slash stand before the subjects of its rows. */
export interface CheckPart {
  readonly artifact: string;
  readonly summary: CheckSummary;
}

/** What `portcullis check` found: the JSON that it prints. */
export interface CheckReport {
  readonly tool: 'portcullis';
  readonly version: string;
  /** The path that was given; several with commas between them. */
  readonly artifact: string;
  /** By stack, then in the order of the catalogue, then by subject. */
  readonly claims: readonly CheckResult[];
  /** Wall time in milliseconds, reading included. */
  readonly summary: CheckSummary & { readonly durationMs: number };
  /** A summary for each stack, where there are several. */
  readonly checks?: readonly CheckPart[];
}

/** Counts verdicts. Whatever is neither held nor accepted makes the exit code 1, and so does nothing at all that holds: silence is no verdict. */
export function summarise(claims: readonly CheckResult[]): CheckSummary {
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  const holds = count('holds');
  const failed = count('broken') + count('unproven');
  return {
    holds,
    broken: count('broken'),
    unproven: count('unproven'),
    accepted: count('accepted'),
    'not-applicable': count('not-applicable'),
    exitCode: holds > 0 && failed === 0 ? 0 : 1,
  };
}
