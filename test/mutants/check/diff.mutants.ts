import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff } from '../../../lib/check/diff/diff';
import { OPENING_CHANGES } from '../../check/diff/changes';
import { testUnless } from '../../skip-loudly';
import { missingForTerraform } from '../../terraform/terraform';
import { planned } from '../google/planned';
import { secureConfiguration } from '../google/secure-configuration';
import { type EditedFile, EXAMPLES, exampleFile } from '../../check/examples';

const home = mkdtempSync(join(tmpdir(), 'portcullis-changes-'));
afterAll(() => rmSync(home, { recursive: true }));

testUnless(missingForTerraform(), 'plans of terraform are not compared')(
  'what terraform plans of two configurations is compared like them',
  () => {
    const sound = secureConfiguration('Invoices');
    const [before, after] = ['before', 'after'].map((name) => join(home, `${name}-plan.json`));
    writeFileSync(before!, planned(sound));
    const edited = structuredClone(sound) as EditedFile;
    const rules = Object.entries(edited['resource'].google_compute_firewall as Record<string, EditedFile>);
    rules.find(([name]) => name.includes('CallersByRange'))![1]['source_ranges'] = ['10.30.0.0/15'];
    writeFileSync(after!, planned(edited as typeof sound));
    const { changes, summary } = diff({ before: before!, after: after! });
    expect(summary.exitCode).toBe(1);
    expect(changes.filter(({ kind, change }) => kind === 'reachable' && change === 'opened')).toMatchObject([
      { what: expect.stringMatching(/^10\.31\.0\.0\/16: to Envoy's listener ingress /) as string },
    ]);
    expect(diff({ before: before!, after: before! }).changes).toEqual([]);
  },
);

describe.each(OPENING_CHANGES)('$example: $what', ({ example, edit, told }) => {
  const before = join(home, EXAMPLES[example] === 'aws' ? 'before.template.json' : 'before.tf.json');
  const after = join(home, EXAMPLES[example] === 'aws' ? 'after.template.json' : 'after.tf.json');

  beforeAll(() => {
    const sound = readFileSync(exampleFile(example), 'utf8');
    const edited = JSON.stringify(edit(JSON.parse(sound) as EditedFile), undefined, 1);
    expect(JSON.parse(edited)).not.toEqual(JSON.parse(sound));
    writeFileSync(before, JSON.stringify(JSON.parse(sound), undefined, 1));
    writeFileSync(after, edited);
  });

  test('is told as opened, with the line where it stands, and exits with 1', () => {
    const { changes, summary } = diff({ before, after });
    expect(summary.exitCode).toBe(1);
    for (const [kind, what] of told) {
      expect(changes).toContainEqual(
        expect.objectContaining({
          change: 'opened',
          kind,
          what: expect.stringMatching(what),
          source: expect.stringMatching(/:\d+\)$/),
        }),
      );
    }
  });

  test('is told as closed where it is taken back', () => {
    const { changes } = diff({ before: after, after: before });
    for (const [kind, what] of told) {
      const found = changes.filter((each) => each.change === 'closed' && each.kind === kind);
      expect(found.map((each) => (kind === 'denial' ? `no longer ${each.what}` : each.what))).toContainEqual(
        expect.stringMatching(what),
      );
    }
  });
});
