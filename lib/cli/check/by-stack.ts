import type { CheckReport, CheckResult } from '../../check';

/** The rows of one stack. */
export interface StackRows {
  /** Name of the stack, or what was given where there is but one. */
  readonly name: string;
  /** With subjects as they are called within the stack. */
  readonly claims: readonly CheckResult[];
}

/** The rows of a report by stack; each row belongs to the stack whose name stands before its subject. */
export function byStack({ artifact, claims, checks }: CheckReport): readonly StackRows[] {
  if (checks === undefined) return [{ name: artifact, claims }];
  return checks.map(({ artifact: name }) => ({
    name,
    claims: claims
      .filter(({ subject }) => subject.startsWith(`${name}/`))
      .map((claim) => ({ ...claim, subject: claim.subject.slice(name.length + 1) })),
  }));
}
