// What it costs to synthesise 1, 10, 100 and 1,000 services of Cloud Run with portcullis/google, against the same resources with cdktf alone,
// as CPU time of a process of its own from the end of its imports: `npm run build && node bench/google-synth.mjs [rounds]`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { median, wholeProcess } from './google/whole-process.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = Number(process.argv[2] ?? 7);
const TARGET = 1.15;
const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
const accounts = join(folder, 'accounts.json');

const resources = (side) =>
  JSON.parse(readFileSync(join(folder, side, 'stacks/Services/cdk.tf.json'), 'utf8')).resource;
const ours = (count) => wholeProcess([join(root, 'bench/google/services-ours.cjs'), count, join(folder, 'ours')]);
const bare = (count) =>
  wholeProcess([join(root, 'bench/google/services-bare.cjs'), count, join(folder, 'bare'), accounts]);

const numberOf = (id) => Number(/service(\d+)/.exec(id)?.[1]);
const each = (few, many) => (many.our - few.our) / (many.count - few.count);

function measure(count) {
  ours(count);
  const ids = Object.values(resources('ours').google_service_account).map(({ account_id }) => account_id);
  writeFileSync(accounts, JSON.stringify(ids.toSorted((one, other) => numberOf(one) - numberOf(other))));
  bare(count);
  if (!isDeepStrictEqual(resources('ours'), resources('bare'))) throw new Error('the resources differ');
  return Array.from({ length: rounds }, (_, round) => {
    const first = round % 2 === 0 ? ours(count) : bare(count);
    const second = round % 2 === 0 ? bare(count) : ours(count);
    return round % 2 === 0 ? [first, second] : [second, first];
  });
}

try {
  const costs = [1, 10, 100, 1000].map((count) => {
    const pairs = measure(String(count));
    const [our, their] = [0, 1].map((side) => median(pairs.map((pair) => pair[side].work)));
    const ratio = (time) => median(pairs.map(([one, other]) => one[time] / other[time]));
    console.log(
      `${count} services: ours ${our} ms, cdktf alone ${their} ms, ratio ${ratio('work').toFixed(2)}; with all that is imported ${ratio('cpu').toFixed(2)}`,
    );
    if (ratio('work') > TARGET) process.exitCode = 1;
    return { count, our };
  });
  const [one, , hundred, thousand] = costs;
  console.log(
    `each further service: ${each(one, hundred).toFixed(2)} ms up to 100, ${each(hundred, thousand).toFixed(2)} ms up to 1,000`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
