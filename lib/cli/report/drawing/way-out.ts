/** Somewhere that a host, or the machine below it, is let out to. */
export interface WayOut {
  /** Id of the host. */
  readonly host: string;
  readonly title: string;
  readonly lines: readonly string[];
}
