import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep, UnreadableError } from '../../lib/prove';

const TEMPLATE = join(__dirname, '../fixtures/hand-written.yaml');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portcullis-keep-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function onUp(): never {
  throw new Error('it came up');
}

/** Keeps what was told to end before it began; fails when it comes up all the same. */
function keepAborted(path: string): Promise<void> {
  return keep({ path, onUp, signal: AbortSignal.abort() });
}

test('a signal that came before is one that comes: nothing is booted', async () => {
  await expect(keepAborted(TEMPLATE)).resolves.toBeUndefined();
}, 60_000);

test('a path without a deployment is refused, whatever else comes', async () => {
  await expect(keepAborted(folder)).rejects.toThrow(UnreadableError);
});

test('of several deployments none is chosen for the user', async () => {
  for (const name of ['one', 'two']) copyFileSync(TEMPLATE, join(folder, `${name}.yaml`));
  await expect(keepAborted(folder)).rejects.toThrow(/one deployment can be kept.*one\/Work, two\/Work.*--stack/);
});
