/** Ends a scenario: prints what it found, as JSON, or why it failed. */
export function report(scenario: () => Promise<unknown>): void {
  scenario().then(
    (found) => process.stdout.write(JSON.stringify(found), () => process.exit(0)),
    (error: unknown) => process.stderr.write(`${String((error as Error).stack)}\n`, () => process.exit(1)),
  );
}
