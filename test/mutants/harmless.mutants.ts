import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingForTerraform } from '../terraform/terraform';
import { GOOGLE } from './clouds';
import { GOOGLE_HARMLESS } from './google/harmless';
import { planned } from './google/planned';
import type { GoogleExample } from './google/secure-configuration';
import { HARMLESS } from './harmless';
import type { Example } from './mutant';
import { type Proof, prove, proveFile } from './prove';
import { secureTemplate } from './secure-template';

const FIXTURES = join(__dirname, '..', 'fixtures');

const missing = missingForTerraform();
if (missing !== undefined) process.stderr.write(`\nSKIPPED: no plan of terraform is proven: ${missing}\n\n`);

/** Green, and as much looked at as the secure example itself would be. */
function expectProven({ exitCode, report }: Proof): void {
  const doubtful = report.claims.filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven');
  expect({ exitCode, doubtful }).toEqual({ exitCode: 0, doubtful: [] });
  expect(report.attacks.length).toBeGreaterThan(70);
}

test.each<[Example, string]>([
  ['Orders', 'other logical ids, and no metadata'],
  ['Billing', 'YAML, with every rule beside its group'],
])('%s in other words is as safe: %s', async (example, change) => {
  expectProven(await prove(HARMLESS[change]?.(secureTemplate(example)) ?? ''));
});

test('a template that was written by hand is proven like one of ours', async () => {
  expectProven(await prove(readFileSync(join(FIXTURES, 'hand-written.yaml'), 'utf8')));
});

test.each<[GoogleExample, string]>([
  ['Storefront', 'other names of resources, and no metadata'],
  ['Invoices', 'single blocks as lists, and lists of one as blocks'],
])('%s of Google Cloud in other words is as safe: %s', async (example, change) => {
  const file = GOOGLE_HARMLESS[change]?.(GOOGLE.secure(example));
  expectProven(await proveFile(GOOGLE.fileName, JSON.stringify(file)));
});

// A plan holds no risk that was accepted in the configuration, and Storefront has none of those that are attacked.
(missing === undefined ? test : test.skip)('what terraform plans of Storefront is as safe', async () => {
  expectProven(await proveFile('plan.json', planned(GOOGLE.secure('Storefront'))));
});

test('a configuration that was written by hand is proven like one of ours', async () => {
  expectProven(
    await proveFile(GOOGLE.fileName, readFileSync(join(FIXTURES, 'google', 'hand-written.tf.json'), 'utf8')),
  );
});
