import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/** What each room may import of ours (a room, or one file of it) and of others. Node's own modules are free. */
const DOORS: Readonly<Record<string, { readonly ours: readonly string[]; readonly packages: readonly string[] }>> = {
  'index.ts': { ours: ['core'], packages: [] },
  core: { ours: [], packages: ['ipaddr.js'] },
  restate: { ours: ['core'], packages: [] },
  proxy: { ours: ['core'], packages: [] },
  aws: { ours: ['core', 'restate', 'proxy'], packages: ['aws-cdk-lib', 'constructs'] },
  google: { ours: ['core', 'restate', 'proxy'], packages: ['cdktf', '@cdktf/provider-google', 'constructs'] },
  'api-key': { ours: ['core'], packages: ['jose'] },
  artifact: { ours: [], packages: ['ipaddr.js', 'yaml'] },
  claims: { ours: ['artifact'], packages: [] },
  check: { ours: ['artifact', 'claims', 'core', ...engineFacts()], packages: ['ipaddr.js', 'yaml'] },
  prove: {
    ours: ['artifact', 'claims', 'core', ...engineFacts()],
    packages: ['@peculiar/x509', 'ipaddr.js', 'reflect-metadata', 'smol-toml', 'yaml'],
  },
  cli: {
    ours: ['api-key', 'artifact', 'check', 'claims', 'core', 'prove', ...engineFacts()],
    packages: ['cli-progress', 'cli-table3', 'commander'],
  },
};

/** What an engine is, as opposed to how we configure it: the reading half may know it. */
function engineFacts(): readonly string[] {
  return ['restate/admin-api', 'restate/listeners', 'restate/request-identity', 'restate/versions'];
}

const IMPORT = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)'([^']+)'/g;

function importsOf(source: string): readonly string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? '');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The imports of a file, given as a path below lib, that its room has no door for. */
function throughWalls(file: string, source: string): readonly string[] {
  const room = file.split('/')[0] ?? '';
  const doors = DOORS[room];
  if (doors === undefined) return [`${file} stands in a room that has no row in DOORS`];
  const admitted = (target: string): boolean =>
    target.startsWith(`${room}/`) || doors.ours.some((door) => target === door || target.startsWith(`${door}/`));
  return importsOf(source)
    .filter((specifier) => !specifier.startsWith('node:'))
    .filter((specifier) =>
      specifier.startsWith('.')
        ? !admitted(posix.join(posix.dirname(file), specifier))
        : !doors.packages.includes(packageOf(specifier)),
    )
    .map((specifier) => `${file} imports ${specifier}`);
}

const sources: readonly { readonly file: string; readonly text: string }[] = readdirSync(join(root, 'lib'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(root, 'lib', file), 'utf8') }));

const committed: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

describe('doors between rooms', () => {
  test.each(Object.keys(DOORS))('lib/%s imports what it may and nothing else', (room) => {
    const files = sources.filter(({ file }) => file === room || file.startsWith(`${room}/`));
    expect(files.flatMap(({ file, text }) => throughWalls(file, text))).toEqual([]);
  });

  test('every folder of lib has a row', () => {
    expect(sources.filter(({ file }) => DOORS[file.split('/')[0] ?? ''] === undefined)).toEqual([]);
  });

  test.each([
    ['core', 'core/a.ts', "import { listeners } from '../restate/listeners';"],
    ['core', 'core/a.ts', "import type { IVpc } from 'aws-cdk-lib/aws-ec2';"],
    ['proxy', 'proxy/filters/a.ts', "import { RestateServer } from '../../aws/restate-server';"],
    ['artifact', 'artifact/a.ts', "import { Peer } from '../core/peer';"],
    ['claims', 'claims/a.ts', "import { check } from '../check';"],
    ['check', 'check/a.ts', "import { PROVEN_CLAIMS } from '../prove/claims';"],
    ['check', 'check/proxy/a.ts', "import { renderBootstrap } from '../../proxy/bootstrap';"],
    ['check', 'check/a.ts', "import { Stack } from 'aws-cdk-lib';"],
    ['prove', 'prove/a.ts', "import { check } from '../check';"],
    ['prove', 'prove/a.ts', "export * from '../proxy/bootstrap';"],
    ['prove', 'prove/a.ts', "const { renderServerEnvironment } = require('../restate/server-environment');"],
    ['prove', 'prove/deep/er/a.ts', "await import('../../../aws/index');"],
    ['cli', 'cli/a.ts', "import 'aws-cdk-lib';"],
    ['api-key', 'api-key/a.ts', "import { prove } from '../prove';"],
    ['aws', 'aws/a.ts', "import { readArtifacts } from '../artifact/read';"],
    ['aws', 'aws/a.ts', "import { TerraformStack } from 'cdktf';"],
    ['google', 'google/a.ts', "import { Port } from 'aws-cdk-lib/aws-ec2';"],
    ['google', 'google/machine/a.ts', "import { PORTS } from '../../aws/ports';"],
    ['artifact', 'artifact/terraform/a.ts', "import { Fn } from 'cdktf';"],
    ['nowhere', 'nowhere/a.ts', ''],
  ])('a hole in the wall of %s is seen: %s %s', (_room, file, source) => {
    expect(throughWalls(file, source)).toHaveLength(1);
  });
});

/** The files that Node has loaded after a file of dist. */
function loadedBy(file: string): readonly string[] {
  const script = `require(${JSON.stringify(join(root, 'dist', file))}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 20_000 });
  return JSON.parse(output) as string[];
}

describe('what is loaded', () => {
  const framework = /node_modules\/(?:aws-cdk-lib|cdktf|@cdktf|constructs)\//;

  test.each(['index.js', 'check/index.js', 'prove/index.js'])('%s loads no cloud framework', (file) => {
    expect(loadedBy(file).filter((path) => framework.test(path))).toEqual([]);
  });

  test.each(['aws/index.js', 'google/index.js'])('%s does, so that the tests above can fail', (file) => {
    expect(loadedBy(file).some((path) => framework.test(path))).toBe(true);
  });

  test('aws/index.js loads nothing of Terraform, and google/index.js nothing of CloudFormation', () => {
    expect(loadedBy('aws/index.js').filter((path) => /node_modules\/@?cdktf\//.test(path))).toEqual([]);
    expect(loadedBy('google/index.js').filter((path) => /node_modules\/aws-cdk-lib\//.test(path))).toEqual([]);
  });

  test("google/index.js takes the resources of Google's provider one by one", () => {
    expect(loadedBy('google/index.js').filter((path) => path.endsWith('@cdktf/provider-google/lib/index.js'))).toEqual(
      [],
    );
  });
});

describe('files', () => {
  test('none of lib is longer than 400 lines', () => {
    expect(sources.filter(({ text }) => text.trimEnd().split('\n').length > 400).map(({ file }) => file)).toEqual([]);
  });

  test('none is a catch-all by name', () => {
    const catchAll = /^(?:utils?|helpers?|commons?|types?|misc|shared|stuff)$/;
    const names = committed.flatMap((file) => [...dirname(file).split('/'), basename(file).split('.')[0] ?? '']);
    expect(names.filter((name) => catchAll.test(name))).toEqual([]);
  });

  test('none names the machine that it was written on', () => {
    const machine = [root, homedir()].filter((path) => path.split('/').length > 2);
    const naming = committed.filter((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return machine.some((path) => text.includes(path)) || /\bregistry\.[a-z0-9-]+\.(?:org|com|dev|io)\b/.test(text);
    });
    expect(naming).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
}

describe('the perimeter', () => {
  const rendering = sources.filter(({ file }) => /^(?:core|restate|proxy|aws|google)\//.test(file));
  const filesWith = (pattern: RegExp): readonly string[] =>
    rendering.filter(({ text }) => pattern.test(withoutComments(text))).map(({ file }) => file);

  test('a rule of a security group is made in one file', () => {
    const rule =
      /\.add(?:Ingress|Egress)Rule\b|\.allow(?:From|To|Internally|Default)|\bCfnSecurityGroup(?:Ingress|Egress)\(/;
    expect(filesWith(rule)).toEqual(['aws/security-groups.ts']);
  });

  test("a rule of Google's firewall is made in one file, and a right of Google's in another", () => {
    expect(filesWith(/\bnew ComputeFirewall\(/)).toEqual(['google/firewall-rules.ts']);
    expect(filesWith(/\bnew \w*Iam(?:Member|Binding|Policy)\w*\(/)).toEqual(['google/iam-members.ts']);
  });

  test('everybody is named in these files alone, and in the default route that Cloud NAT asks for', () => {
    expect(filesWith(/0\.0\.0\.0\/0|[^0-9a-f:]::\/0|\banyIpv[46]\b/)).toEqual([
      'google/firewall-rules.ts',
      'google/internet-route.ts',
    ]);
  });
});

describe('packages', () => {
  const imported = new Set(
    sources
      .flatMap(({ text }) => importsOf(text))
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map(packageOf),
  );

  test('every package that lib imports is a dependency or a peer, and every dependency is imported', () => {
    const peers = Object.keys(manifest.peerDependencies);
    expect(new Set([...imported].filter((name) => !peers.includes(name)))).toEqual(
      new Set(Object.keys(manifest.dependencies)),
    );
  });

  test('every runtime dependency has its reason in decisions/', () => {
    const notes = readFileSync(join(root, 'decisions', '0006-runtime-dependencies.md'), 'utf8');
    const reasons = [...notes.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]);
    expect(new Set(reasons)).toEqual(new Set(Object.keys(manifest.dependencies)));
  });

  test('versions are exact', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

test('every decision is dated and numbered without a gap', () => {
  const notes = readdirSync(join(root, 'decisions')).sort();
  expect(notes.map((note) => note.slice(0, 4))).toEqual(notes.map((_, index) => String(index + 1).padStart(4, '0')));
  for (const note of notes) {
    expect(readFileSync(join(root, 'decisions', note), 'utf8')).toMatch(/^# .+\n\n\d{4}-\d{2}-\d{2}\b/);
  }
});
