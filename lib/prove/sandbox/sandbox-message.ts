/** What the outer half sends as the first line of the inner half's standard input. */
export interface SandboxRequest {
  /** Absolute path of a compiled module that exports `sandboxed`. */
  readonly module: string;
  readonly input: unknown;
  /** Whether every uid is mapped, as it is for root. */
  readonly allUsers: boolean;
  /** Names of the listening sockets that follow on a channel of their own. */
  readonly listeners: readonly string[];
}

/** A line of what the inner half reports. */
export type SandboxMessage =
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly name: string; readonly code?: string; readonly message: string };

/** The file descriptor that the inner half reports on: its standard output belongs to whatever it runs. */
export const REPORT_FD: number = 3;
