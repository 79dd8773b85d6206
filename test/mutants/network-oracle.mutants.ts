import { compare } from '../check/network/oracle/disagreements';

const EACH = 1_000;

// A thousand networks a test, so that none waits longer than a test may.
test.each(Array.from({ length: 10 }, (_, at) => at * EACH))(
  'engine and packets agree about a thousand random networks from number %i',
  (from) => {
    const { asked, disagreements } = compare({ from, to: from + EACH });
    expect(disagreements).toEqual([]);
    expect(asked).toBeGreaterThan(EACH * 80);
  },
);
