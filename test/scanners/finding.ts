/** What a scanner has against a file: comparable between files, since it names no line and no folder. */
export interface Finding {
  /** Name of the scanner, as in the table of scanners. */
  readonly tool: string;
  /** Id of its rule; `refused` where the scanner could do nothing with the file. */
  readonly rule: string;
  /** Logical id of the resource; empty where the finding names none. */
  readonly resource: string;
}

/** The rule of a finding that stands for a file which the scanner could not read, or which made it fail. */
export const REFUSED = 'refused';
