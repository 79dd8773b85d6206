import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { textsOf } from '../../bench/bare-app/texts.cjs';
import { generateIdentityKey } from '../../lib/restate/request-identity';

const ROOT = resolve(__dirname, '../..');
const EXAMPLES = join(ROOT, 'examples', 'aws');
const SYNTHESIS_TIMEOUT_MS = 240_000;

/** Breaks the schema of its resource: what the framework's own validation must see. */
const BROKEN_APP = `
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const app = new App();
new CfnResource(new Stack(app, 'Broken'), 'Volume', { type: 'AWS::EC2::Volume', properties: { Encrypted: 'perhaps' } });
app.synth();`;

const RECOMMENDED_FLAGS = readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8');

interface Synthesis {
  readonly status: number | null;
  readonly output: string;
  readonly folder: string;
}

function template({ folder }: Synthesis, stack = 'Orders'): { readonly Resources: object } {
  return JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as { Resources: object };
}

function violations({ folder }: Synthesis): readonly unknown[] {
  const report = readFileSync(join(folder, 'validation-report.json'), 'utf8');
  return (JSON.parse(report) as { pluginReports: unknown[] }).pluginReports;
}

describe('the examples', () => {
  let folder: string;

  beforeAll(() => {
    // Inside the checkout, where the examples find the package by its own name.
    mkdirSync(join(ROOT, '.build'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.build', 'synthesis-'));
    const { status, stdout } = spawnSync('npx', ['tsc', '-p', 'examples', '--outDir', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: SYNTHESIS_TIMEOUT_MS,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, SYNTHESIS_TIMEOUT_MS);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function synthesise(app: string, context: string, environment: Record<string, string> = {}): Synthesis {
    const out = mkdtempSync(join(folder, 'out-'));
    // Variables of the test run that would change the synthesis are left out: above all the one that turns validation off.
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, CDK_OUTDIR: out, CDK_CONTEXT_JSON: context, ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [app], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
      timeout: SYNTHESIS_TIMEOUT_MS,
    });
    return { status, output: stdout + stderr, folder: out };
  }

  test.each([
    ['no feature flag', '{}'],
    ['all recommended feature flags', RECOMMENDED_FLAGS],
  ])(
    'synthesise with %s and pass the framework’s own validation, without a warning',
    (_, context) => {
      const synthesis = synthesise(join(folder, 'aws', 'app.js'), context);
      expect(synthesis).toMatchObject({ status: 0, output: '' });
      expect(violations(synthesis)).toEqual([]);
      const out = synthesis.folder;
      expect(readdirSync(out).filter((file) => file.endsWith('.template.json'))).toEqual([
        'Billing.template.json',
        'Ledger.template.json',
        'Orders.template.json',
      ]);
      for (const stack of ['Billing', 'Ledger', 'Orders']) {
        const { Resources } = template(synthesis, stack);
        expect(Object.keys(Resources).length).toBeGreaterThan(40);
        expect(Object.keys(Resources).length).toBeLessThan(100);
      }
      expect(readFileSync(join(out, 'manifest.json'), 'utf8')).not.toMatch(/"aws:cdk:(warning|error)"/);
    },
    SYNTHESIS_TIMEOUT_MS,
  );

  test(
    'would not pass it with a broken resource: the validation was on',
    () => {
      writeFileSync(join(folder, 'broken.js'), BROKEN_APP);
      expect(violations(synthesise(join(folder, 'broken.js'), '{}'))).not.toEqual([]);
    },
    SYNTHESIS_TIMEOUT_MS,
  );

  test(
    'come to the template that aws-cdk-lib alone would make, so that bench/synth.mjs compares like with like',
    () => {
      const unvalidated = { CDK_VALIDATION: 'false' };
      const ours = template(synthesise(join(folder, 'aws', 'app.js'), '{}', unvalidated));
      const texts = join(folder, 'texts.json');
      writeFileSync(texts, JSON.stringify(textsOf(ours)));
      const bare = synthesise(join(ROOT, 'bench/bare-app/app.cjs'), '{}', { ...unvalidated, BARE_TEXTS: texts });
      expect(bare.output).toBe('');
      expect(template(bare)).toEqual(ours);
    },
    SYNTHESIS_TIMEOUT_MS,
  );

  test(
    'write no secret of the environment into any file or line',
    () => {
      const { privateKeyPem } = generateIdentityKey();
      const planted = String(privateKeyPem.split('\n')[1]);
      const environment = {
        PORTCULLIS_IDENTITY_KEY: privateKeyPem,
        AWS_SECRET_ACCESS_KEY: planted,
        CDK_VALIDATION: 'false',
      };
      const out = mkdtempSync(join(folder, 'out-'));
      const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'aws', 'app.js')], {
        cwd: ROOT,
        env: { ...process.env, ...environment, CDK_OUTDIR: out },
        encoding: 'utf8',
        timeout: SYNTHESIS_TIMEOUT_MS,
      });
      const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
        statSync(join(out, file)).isFile(),
      );
      expect(files).toContain('Orders.template.json');
      const holding = files.filter((file) => readFileSync(join(out, file), 'utf8').includes(planted));
      expect(holding).toEqual([]);
      expect(stdout + stderr).not.toContain(planted);
    },
    SYNTHESIS_TIMEOUT_MS,
  );
});

describe('an example', () => {
  test.each(readdirSync(EXAMPLES))('%s is short, and needs the framework and this package alone', (file) => {
    const text = readFileSync(join(EXAMPLES, file), 'utf8');
    expect(text.split('\n').length).toBeLessThan(60);
    const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => String(name));
    expect(
      imported.filter((name) => !/^(aws-cdk-lib(\/aws-[a-z0-9]+)?|constructs|portcullis\/aws|\.\/[a-z-]+)$/.test(name)),
    ).toEqual([]);
  });

  test('says that its digests are fictitious, and they are no digest of anything', () => {
    const text = readFileSync(join(EXAMPLES, 'mirrored.ts'), 'utf8');
    expect(text).toContain('FICTITIOUS');
    expect(text.match(/digest: .*/g)).toEqual([
      "digest: `sha256:${'0'.repeat(64)}`,",
      "digest: `sha256:${'1'.repeat(64)}`,",
      "digest: `sha256:${'2'.repeat(64)}`,",
    ]);
  });
});
