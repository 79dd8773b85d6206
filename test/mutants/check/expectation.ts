/** What is to be said of the candidates at some places. */
export type Expectation = Expected & {
  /** Type, role and place of a candidate, with spaces between them. */
  readonly at: RegExp;
  /** Its operator. Absent: every one. */
  readonly by?: RegExp;
};

type Expected =
  /** A guard is gone: one of these claims must become broken or unproven. */
  | { readonly claims: readonly string[] }
  /** Nothing is less secure, for this reason: every verdict stays what it was. */
  | { readonly harmless: string }
  /** The cloud, or the program that reads it, takes no such file, or makes nothing of it: whatever is said, nothing may fail. */
  | { readonly refused: string };

/** The first row that fits. */
export function expectationOf(
  rows: readonly Expectation[],
  {
    type,
    role,
    place,
    operator,
  }: { readonly type: string; readonly role: string; readonly place: string; readonly operator: string },
): Expectation | undefined {
  const name = `${type} ${role} ${place}`;
  return rows.find(({ at, by }) => at.test(name) && (by === undefined || by.test(operator)));
}
