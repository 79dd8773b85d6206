/** Larger than CloudFormation's own 1 MiB, so that nothing that deploys is refused and nothing endless is read. */
export const MAX_FILE_BYTES: number = 4 * 1024 * 1024;

/** What a plan may hold: it says everything three times. */
export const MAX_PLAN_BYTES: number = 32 * 1024 * 1024;

/** Deeper than any template or bootstrap that means something; keeps recursion over hostile input off the end of the stack. */
export const MAX_DEPTH = 100;

/** Values in one template after its aliases and conditions are written out. */
export const MAX_VALUES = 1_000_000;
