import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { InternalStack } from '../../examples/google/internal-stack';
import { PublicStack } from '../../examples/google/public-stack';
import type { Artifact } from '../../lib/artifact/artifact';
import { readArtifacts } from '../../lib/artifact/read';
import { missingForTerraform, type Ran, terraform, type Terraform } from './terraform';

const missing = missingForTerraform();
if (missing !== undefined) process.stderr.write(`\nSKIPPED: terraform does not judge the examples: ${missing}\n\n`);

const STACKS = ['Invoices', 'Storefront'] as const;
const ROOT = join(__dirname, '../..');

const home = mkdtempSync(join(tmpdir(), 'portcullis-examples-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function said({ status, stdout, stderr }: Ran): string {
  return `${status} ${stdout}${stderr}`;
}

/** What both kinds of files can say: comments, and with them construct paths and risks, are in no plan. */
function common({ hosts, cloudRun, balancers }: Artifact): unknown {
  return {
    containers: hosts.flatMap(({ containers, network, instance }) => [
      containers,
      network,
      instance?.published,
      instance?.metadata,
    ]),
    services: cloudRun?.map(({ ingress, invokerCheck, port }) => ({ ingress, invokerCheck, port })),
    doors: balancers.map(({ type, scheme, listeners }) => [type, scheme, listeners.map(({ port }) => port)]),
  };
}

(missing === undefined ? describe : describe.skip)('the examples of Google Cloud', () => {
  let judge: Terraform;
  const folders = new Map<string, string>();

  beforeAll(() => {
    const app = new App({ outdir: join(home, 'cdktf.out') });
    new InternalStack(app, 'Invoices');
    new PublicStack(app, 'Storefront');
    app.synth();
    const types = STACKS.flatMap((name) => {
      folders.set(name, join(home, 'cdktf.out/stacks', name));
      const text = readFileSync(join(folders.get(name)!, 'cdk.tf.json'), 'utf8');
      return Object.keys((JSON.parse(text) as { resource: object }).resource);
    });
    judge = terraform([...new Set(types)]);
  }, 300_000);
  afterAll(() => judge?.dispose());

  test.each(STACKS)(
    '%s is valid, can be planned, and its plan reads like the files that it is of',
    (name) => {
      const run = judge.in(folders.get(name)!);
      expect(said(run('init', '-input=false'))).toMatch(/^0 /);
      expect(said(run('validate'))).toMatch(/^0 /);
      expect(said(run('plan', '-input=false', '-refresh=false', '-out=plan.bin'))).toMatch(/^0 /);
      const plan = join(home, `${name}.json`);
      writeFileSync(plan, run('show', '-json', 'plan.bin').stdout);

      const [fromFiles] = readArtifacts(join(folders.get(name)!, 'cdk.tf.json'));
      const [fromPlan] = readArtifacts(plan);
      expect(common(fromPlan!)).toEqual(common(fromFiles!));
      expect(fromPlan!.hosts[0]!.containers.length).toBeGreaterThanOrEqual(2);
    },
    60_000,
  );

  test('pass the tests that are written for them in the words of Terraform, which fail where a guard is gone', () => {
    const folder = folders.get('Invoices')!;
    cpSync(join(ROOT, 'examples/google/tests'), join(folder, 'tests'), { recursive: true });
    const run = judge.in(folder);
    expect(said(run('init', '-input=false'))).toMatch(/^0 /);
    expect(said(run('test'))).toMatch(/^0 [\s\S]*3 passed, 0 failed/);

    const file = join(folder, 'cdk.tf.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('INGRESS_TRAFFIC_INTERNAL_ONLY', 'INGRESS_TRAFFIC_ALL'));
    const broken = judge.in(folder);
    expect(said(broken('init', '-input=false'))).toMatch(/^0 /);
    expect(said(broken('test'))).toMatch(/^1 [\s\S]*it takes requests from the internet/);
  }, 60_000);
});
