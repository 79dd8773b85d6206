/**
 * A test where nothing is missing for it. Where something is, it is skipped, and a line of its own says so: in the summary of a run
 * nobody sees one.
 *
 * @param without what is not shown then: `the words of units are not read by systemd`
 */
export function testUnless(missing: string | undefined, without: string): jest.It {
  if (missing !== undefined) process.stderr.write(`\nSKIPPED: ${without}: ${missing}\n\n`);
  return missing === undefined ? test : test.skip;
}
