import { listAttacks } from '../../lib/prove';
import { attacksOf } from './attacks-of';
import { product } from './all-pairs';
import { OPTIONS } from './options';

const CHOOSING = product({
  ...OPTIONS,
  exposure: ['group'],
  certificate: ['proxy'],
  adminCertificate: ['given'],
  network: ['with-a-way-out'],
  endpoints: ['own'],
  forwardQuery: ['delay'],
  forwardHeaders: ['default'],
  corsOrigins: ['none'],
  server: ['default'],
} as const);

test('a short run names attacks that there are, each once, and none that takes its time', () => {
  const quick = listAttacks().flatMap(({ id, slow }) => (slow ? [] : [id]));
  for (const combination of CHOOSING) {
    const asked = attacksOf(combination);
    expect(asked.filter((id) => !quick.includes(id))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
  }
});
