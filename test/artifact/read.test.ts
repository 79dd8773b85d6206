import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readArtifacts } from '../../lib/artifact/read';
import { UnreadableError } from '../../lib/artifact/unreadable-error';

const EMPTY = JSON.stringify({ Resources: {} });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-read-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function manifest(artifacts: object): string {
  return JSON.stringify({ version: '1', artifacts });
}

const stack = (templateFile: unknown, more: object = {}): object => ({
  type: 'aws:cloudformation:stack',
  properties: { templateFile },
  ...more,
});

describe('a folder with a manifest', () => {
  test('holds the stacks that the manifest names, by their display names, and no others', () => {
    write({
      'manifest.json': manifest({
        A: stack('A.template.json', { displayName: 'App/A' }),
        B: stack('B.template.json'),
        T: { type: 'cdk:tree' },
      }),
      'A.template.json': EMPTY,
      'B.template.json': EMPTY,
      'old.template.json': EMPTY,
    });
    expect(readArtifacts(folder).map(({ name }) => name)).toEqual(['App/A', 'B']);
  });

  test('holds the stacks of its stages', () => {
    write({
      'manifest.json': manifest({ Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } } }),
      'stage/manifest.json': manifest({ S: stack('S.template.json') }),
      'stage/S.template.json': EMPTY,
    });
    expect(readArtifacts(folder).map(({ name }) => name)).toEqual(['S']);
  });

  test.each([
    ['points out of its folder', stack('../../etc/passwd')],
    ['points at an absolute path', stack('/etc/passwd')],
    ['points at itself', stack('.')],
    ['names no file', stack(7)],
    ['names a stage that is the folder itself', { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } }],
    ['names a stage outside', { type: 'cdk:cloud-assembly', properties: { directoryName: '..' } }],
  ])('is refused when it %s', (_what, artifact) => {
    write({ 'manifest.json': manifest({ X: artifact }) });
    expect(() => readArtifacts(folder)).toThrow(/which is no file of its folder/);
  });
});

describe('a folder without one', () => {
  test('holds every template that lies in it, and skips what is none', () => {
    write({
      'b.yaml': 'Resources: {}',
      'a.json': EMPTY,
      'package.json': '{"name": "x"}',
      'README.md': '#',
      'sub/c.json': EMPTY,
    });
    expect(readArtifacts(folder).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

test.each([
  ['x.template.json', EMPTY, 'x'],
  ['x.json', EMPTY, 'x'],
  ['x.yaml', 'Resources: {}', 'x'],
  ['x.yml', 'Resources: {}', 'x'],
  ['x.template', EMPTY, 'x'],
  ['x', 'Resources: {}', 'x'],
])('a file %s is one artifact by its name', (file, text, name) => {
  write({ [file]: text });
  expect(readArtifacts(join(folder, file)).map((artifact) => artifact.name)).toEqual([name]);
});

test.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
  ['a path that is not there', {}, 'nothing', /there is no such file or folder; synthesise first/],
  ['an empty folder', {}, '.', /holds no CloudFormation template and nothing of Terraform; synthesise first/],
  ['a folder of other files', { 'package.json': '{}' }, '.', /holds no CloudFormation template/],
  ['a manifest without stacks', { 'manifest.json': manifest({}) }, '.', /holds no CloudFormation template/],
  ['a manifest that lists nothing', { 'manifest.json': '{}' }, '.', /lists no artifacts; synthesise again/],
  [
    'a manifest whose template is gone',
    { 'manifest.json': manifest({ A: stack('A.json') }) },
    '.',
    /there is no such file; synthesise again/,
  ],
  ['a file that is no template', { 'x.json': '{"a": 1}' }, 'x.json', /no CloudFormation template: it has no Resources/],
  ['a file that is nothing', { 'x.json': '' }, 'x.json', /no Resources/],
  ['a file that is no JSON', { 'x.json': '{' }, 'x.json', /no JSON/],
  ['a broken template among others', { 'a.json': EMPTY, 'b.json': '{' }, '.', /no JSON/],
  ['a list', { 'x.json': '[]' }, 'x.json', /no Resources/],
  ['Resources that are a list', { 'x.json': '{"Resources": []}' }, 'x.json', /no Resources/],
  ['a file of megabytes', { 'x.json': `{"Resources": "${'x'.repeat(5_000_000)}"}` }, 'x.json', /larger than/],
])('%s is refused with what to do', (_what, files, path, message) => {
  write(files);
  expect(() => readArtifacts(join(folder, path))).toThrow(UnreadableError);
  expect(() => readArtifacts(join(folder, path))).toThrow(message);
});

test('a device is no template', () => {
  symlinkSync('/dev/zero', join(folder, 'x.json'));
  expect(() => readArtifacts(join(folder, 'x.json'))).toThrow(UnreadableError);
});

const exportedGroup = (output: unknown): string =>
  JSON.stringify({
    Resources: { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } } },
    Outputs: { O: { Value: output, Export: { Name: 'A:Group' } } },
  });
const foreignRule = (imported: string): string =>
  JSON.stringify({
    Resources: {
      R: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { 'Fn::ImportValue': imported }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
      },
    },
  });
const doubtsOfA = (): readonly string[] =>
  readArtifacts(folder)
    .filter(({ name }) => name === 'A')
    .flatMap(({ unreadable }) => unreadable.map(({ subject, reason }) => `${subject} ${reason}`));

describe('a rule that another stack of the folder adds to a group', () => {
  test.each([[{ 'Fn::GetAtt': ['G', 'GroupId'] }], [{ 'Fn::GetAtt': 'G.GroupId' }], [{ Ref: 'G' }]])(
    'leaves the group in doubt that is exported as %j',
    (output) => {
      write({ 'A.json': exportedGroup(output), 'B.json': foreignRule('A:Group') });
      expect(doubtsOfA()).toEqual(['G gets the rule B/R from another stack']);
    },
  );

  test('is none of ours where it is for another group', () => {
    write({ 'A.json': exportedGroup({ Ref: 'G' }), 'B.json': foreignRule('C:Group') });
    expect(doubtsOfA()).toEqual([]);
  });
});
