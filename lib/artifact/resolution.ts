import type { Text } from './text';

/** What the file says of how names are resolved in VPC networks of Google. */
export interface Resolution {
  /** Zones that networks see and nobody else does. */
  readonly zones: readonly NameZone[];
  readonly policies: readonly NamePolicy[];
  /** Answers that take the place of those of zones. */
  readonly rewrites: readonly { readonly id: string; readonly networks: readonly Text[]; readonly name: string }[];
}

/** A private zone, with the names in it. */
export interface NameZone {
  readonly id: string;
  readonly networks: readonly Text[];
  /** `run.app.`; empty where the file does not say it. */
  readonly name: string;
  /** Whether others answer for it. */
  readonly forwards: boolean;
  readonly records: readonly ResolvedName[];
}

/** A name and what it leads to. */
export interface ResolvedName {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly answers: readonly string[] | 'unknown';
}

/** How the resolver of networks does its work. */
export interface NamePolicy {
  readonly id: string;
  readonly networks: readonly Text[];
  /** Whether other servers than Google's are asked. */
  readonly asksOthers: boolean;
  /** Whether what is asked is written down. */
  readonly logs: boolean | 'unknown';
}
