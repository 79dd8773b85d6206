import { listAttacks } from '../../lib/prove';
import { attacksOf } from './attacks-of';
import { product } from './all-pairs';
import { attacksOf as attacksOnGoogle } from './google/attacks-of';
import { OPTIONS as GOOGLE_OPTIONS } from './google/options';
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

const CHOOSING_ON_GOOGLE = product({
  ...GOOGLE_OPTIONS,
  exposure: ['account'],
  certificate: ['proxy'],
  internet: ['nat'],
  snapshots: ['default'],
  alarms: ['none'],
  encryptionKey: ['own'],
} as const);

test.each([
  ['AWS', CHOOSING.map(attacksOf)],
  ['Google Cloud', CHOOSING_ON_GOOGLE.map(attacksOnGoogle)],
])('a short run on %s names attacks that there are, each once, and none that takes its time', (_, runs) => {
  const quick = listAttacks().flatMap(({ id, slow }) => (slow ? [] : [id]));
  for (const asked of runs) {
    expect(asked.filter((id) => !quick.includes(id))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
  }
});
