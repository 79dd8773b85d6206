import { compare } from '../check/network/google/oracle/disagreements';

const EACH = 1_500;

// So many networks a test that none waits longer than a test may.
test.each(Array.from({ length: 8 }, (_, at) => at * EACH))(
  'engine and packets agree about random firewalls of Google from number %i',
  (from) => {
    const { asked, disagreements } = compare({ from, to: from + EACH });
    expect(disagreements).toEqual([]);
    expect(asked).toBeGreaterThan(EACH * 80);
  },
);
