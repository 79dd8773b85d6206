import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readArtifacts } from '../../../lib/artifact/read';

const NETWORK = { resource: { google_compute_network: { n: { name: 'n' } } } };
const SUBNET = {
  resource: [
    { google_compute_subnetwork: { s: { network: '${google_compute_network.n.id}', ip_cidr_range: '10.7.0.0/24' } } },
  ],
};
const PLAN = { format_version: '1.2', terraform_version: '1.11.4', resource_changes: [] };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-terraform-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, unknown>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function manifest(path: unknown): object {
  return { version: '0.21.0', stacks: { restate: { name: 'restate', synthesizedStackPath: path } } };
}

test.each<[string, Readonly<Record<string, unknown>>, string, readonly string[]]>([
  [
    'what cdktf synth wrote',
    { 'manifest.json': manifest('stacks/restate/cdk.tf.json'), 'stacks/restate/cdk.tf.json': NETWORK },
    '',
    ['restate'],
  ],
  ['one cdk.tf.json, named after its folder', { 'restate/cdk.tf.json': NETWORK }, 'restate/cdk.tf.json', ['restate']],
  ['a folder with one file', { 'restate/cdk.tf.json': NETWORK }, 'restate', ['restate']],
  [
    'a folder of several files, which are one',
    { 'whole/a.tf.json': NETWORK, 'whole/b.tf.json': SUBNET },
    'whole',
    ['whole'],
  ],
  ['a plan', { 'plan.json': PLAN }, 'plan.json', ['plan']],
])('%s is read', (_what, files, path, names) => {
  expect(readArtifacts(join(lay(files), path)).map(({ name }) => name)).toEqual(names);
});

test('files of one folder know each other', () => {
  const [artifact] = readArtifacts(lay({ 'a.tf.json': NETWORK, 'b.tf.json': SUBNET }));
  expect(artifact).toMatchObject({ networkCidrs: ['10.128.0.0/9', '10.7.0.0/24'], unreadable: [] });
});

test.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
  [
    'HCL',
    { 'main.tf': 'resource "x" "y" {}' },
    'main.tf',
    /HCL.*; give cdk\.tf\.json, or the plan as JSON \(terraform show -json\)/,
  ],
  ['a folder of HCL', { 'main.tf': '' }, '', /main\.tf, which is written in HCL/],
  ['HCL beside JSON', { 'main.tf': '', 'cdk.tf.json': NETWORK }, '', /main\.tf, which is written in HCL/],
  [
    'values beside the defaults',
    { 'cdk.tf.json': NETWORK, 'terraform.tfvars': '' },
    '',
    /terraform\.tfvars, whose values overrule/,
  ],
  [
    'values that are taken by themselves',
    { 'cdk.tf.json': NETWORK, 'x.auto.tfvars.json': {} },
    '',
    /x\.auto\.tfvars\.json/,
  ],
  [
    'files that overrule others',
    { 'cdk.tf.json': NETWORK, 'x_override.tf.json': {} },
    '',
    /x_override\.tf\.json, which overrules/,
  ],
  [
    'a plan for Terraform alone',
    { plan: 'PK\u0003\u0004...' },
    'plan',
    /give the plan as JSON \(terraform show -json\)/,
  ],
  ['a plan that failed', { 'plan.json': { ...PLAN, errored: true } }, 'plan.json', /ended with an error/],
  [
    'a state',
    { 'state.json': { format_version: '1.0', terraform_version: '1.11.4', values: {} } },
    'state.json',
    /the state of Terraform.*; give the plan/,
  ],
  ['JSON of something else', { 'x.json': { a: 1 } }, 'x.json', /no CloudFormation template.*nor is it a plan/],
  ['a configuration of nothing', { 'x.tf.json': { a: 1 } }, 'x.tf.json', /neither resource nor module/],
  ['broken JSON', { 'cdk.tf.json': '{"resource":' }, '', /no JSON/],
  ['JSON without end', { 'cdk.tf.json': `${'{"resource":'.repeat(300)}1${'}'.repeat(300)}` }, '', /nested deeper/],
  [
    'a manifest that points out of its folder',
    { 'manifest.json': manifest('../cdk.tf.json') },
    '',
    /which is no file of its folder/,
  ],
  [
    'a manifest with an absolute path',
    { 'manifest.json': manifest('/etc/passwd') },
    '',
    /which is no file of its folder/,
  ],
  ['a manifest without a path', { 'manifest.json': manifest(undefined) }, '', /which is no file of its folder/],
  [
    'a manifest whose stack is gone',
    { 'manifest.json': manifest('stacks/x/cdk.tf.json') },
    '',
    /there is no such file/,
  ],
  ['a manifest of HCL', { 'manifest.json': manifest('cdk.tf'), 'cdk.tf': '' }, '', /HCL/],
  ['a file without end', { 'cdk.tf.json': `{"resource": "${'x'.repeat(5_000_000)}"}` }, '', /larger than/],
  [
    'a template that is as long as a plan',
    { 'x.json': { Resources: { a: 'x'.repeat(5_000_000) } } },
    'x.json',
    /larger than/,
  ],
])('%s is refused with what to do', (_what, files, path, message) => {
  expect(() => readArtifacts(join(lay(files), path))).toThrow(message);
});
