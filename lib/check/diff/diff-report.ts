import type { PermissionKind } from './permission';

/** One difference between what two syntheses permit. */
export interface Change {
  /** `opened`: permitted now and not before, or a claim that is worse than it was. */
  readonly change: 'opened' | 'closed';
  readonly kind: PermissionKind | 'denial' | 'claim';
  /** Logical id, or address, of the resource that it is about, prefixed by the stack where there are several. */
  readonly subject: string;
  /** What is permitted, in words, with the way to it; of a claim both verdicts and the evidence of the later. */
  readonly what: string;
  /** Construct path, or the logical id where the file carries none, and the line: of what opened in the later file, of what closed in the earlier. */
  readonly source: string;
}

/** What `portcullis diff` found: the JSON that it prints. */
export interface DiffReport {
  readonly tool: 'portcullis';
  readonly version: string;
  /** The paths that were given. */
  readonly before: string;
  readonly after: string;
  /** What opened first, then what closed, each by stack and kind. */
  readonly changes: readonly Change[];
  readonly summary: {
    readonly opened: number;
    readonly closed: number;
    /** What the command exits with: 1 when something opened. */
    readonly exitCode: 0 | 1;
  };
}
