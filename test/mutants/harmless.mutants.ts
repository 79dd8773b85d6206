import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HARMLESS } from './harmless';
import type { Example } from './mutant';
import { prove } from './prove';
import { secureTemplate } from './secure-template';

const HAND_WRITTEN = join(__dirname, '..', 'fixtures', 'hand-written.yaml');

/** Green, and as much looked at as the secure template itself would be. */
async function expectProven(text: string): Promise<void> {
  const { exitCode, report } = await prove(text);
  const doubtful = report.claims.filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven');
  expect({ exitCode, doubtful }).toEqual({ exitCode: 0, doubtful: [] });
  expect(report.attacks.length).toBeGreaterThan(70);
}

test.each<[Example, string]>([
  ['Orders', 'other logical ids, and no metadata'],
  ['Billing', 'YAML, with every rule beside its group'],
])('%s in other words is as safe: %s', async (example, change) => {
  await expectProven(HARMLESS[change]?.(secureTemplate(example)) ?? '');
});

test('a template that was written by hand is proven like one of ours', async () => {
  await expectProven(readFileSync(HAND_WRITTEN, 'utf8'));
});
