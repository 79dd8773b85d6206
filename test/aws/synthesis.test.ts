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

/** What no app writes, after everything that one has written. */
const END = '=== end of an app ===';

/** Synthesises one app after the other in one process: to load what the framework validates with takes ten times as long as to validate. */
const APPS = `
for (const { app, out, context } of JSON.parse(process.env.APPS)) {
  Object.assign(process.env, { CDK_OUTDIR: out, CDK_CONTEXT_JSON: context });
  for (const file of Object.keys(require.cache)) if (file.startsWith(__dirname)) delete require.cache[file];
  require(app);
  for (const stream of [process.stdout, process.stderr]) stream.write('${END}');
}`;

interface App {
  readonly app: string;
  readonly context: string;
}

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
  const { privateKeyPem } = generateIdentityKey();
  const planted = String(privateKeyPem.split('\n')[1]);
  let folder: string;
  let plain: Synthesis;
  let flagged: Synthesis;
  let broken: Synthesis;

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
    writeFileSync(join(folder, 'broken.js'), BROKEN_APP);
    const app = join(folder, 'aws', 'app.js');
    [plain, flagged, broken] = synthesise(
      [
        { app, context: '{}' },
        { app, context: RECOMMENDED_FLAGS },
        { app: join(folder, 'broken.js'), context: '{}' },
      ],
      { PORTCULLIS_IDENTITY_KEY: privateKeyPem, AWS_SECRET_ACCESS_KEY: planted },
    ) as [Synthesis, Synthesis, Synthesis];
  }, SYNTHESIS_TIMEOUT_MS);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function synthesise(apps: readonly App[], environment: Readonly<Record<string, string>>): readonly Synthesis[] {
    const asked = apps.map((app) => ({ ...app, out: mkdtempSync(join(folder, 'out-')) }));
    writeFileSync(join(folder, 'apps.js'), APPS);
    // Variables of the test run that would change the synthesis are left out: above all the one that turns validation off.
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'apps.js')], {
      cwd: ROOT,
      env: { PATH, HOME, ...environment, APPS: JSON.stringify(asked) },
      encoding: 'utf8',
      timeout: SYNTHESIS_TIMEOUT_MS,
    });
    const [written, warned] = [stdout.split(END), stderr.split(END)];
    return asked.map(({ out }, index) => ({
      status,
      output: `${written[index]}${warned[index]}`,
      folder: out,
    }));
  }

  test.each([
    ['no feature flag', () => plain],
    ['all recommended feature flags', () => flagged],
  ])('synthesise with %s and pass the framework’s own validation, without a warning', (_, synthesised) => {
    const synthesis = synthesised();
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
  });

  test('are told from each other by the flags: some change a template', () => {
    expect(template(flagged)).not.toEqual(template(plain));
  });

  test('would not pass it with a broken resource: the validation was on', () => {
    expect(violations(broken)).not.toEqual([]);
    expect(broken.output).not.toBe('');
  });

  test(
    'come to the template that aws-cdk-lib alone would make, so that bench/synth.mjs compares like with like',
    () => {
      const texts = join(folder, 'texts.json');
      writeFileSync(texts, JSON.stringify(textsOf(template(plain))));
      const [bare] = synthesise([{ app: join(ROOT, 'bench/bare-app/app.cjs'), context: '{}' }], {
        CDK_VALIDATION: 'false',
        BARE_TEXTS: texts,
      });
      expect(bare).toMatchObject({ status: 0, output: '' });
      expect(template(bare!)).toEqual(template(plain));
    },
    SYNTHESIS_TIMEOUT_MS,
  );

  test('write no secret of the environment into any file or line', () => {
    for (const { folder: out, output } of [plain, flagged]) {
      const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
        statSync(join(out, file)).isFile(),
      );
      expect(files).toContain('Orders.template.json');
      const holding = files.filter((file) => readFileSync(join(out, file), 'utf8').includes(planted));
      expect(holding).toEqual([]);
      expect(output).not.toContain(planted);
    }
  });
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
