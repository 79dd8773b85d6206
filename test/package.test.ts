import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { awsApp, examplesOf, GOOGLE_PAGE, googleApp, README } from './readme';

const root = resolve(__dirname, '..');

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

interface Attw {
  readonly analysis: {
    readonly entrypoints: Readonly<Record<string, unknown>>;
    readonly problems: readonly { readonly resolutionKind?: string }[];
  };
}

let folder: string;
let packed: Packed;
let project: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-package-'));
  const words = ['pack', '--ignore-scripts', '--json', '--loglevel=silent', '--pack-destination', folder];
  [packed] = JSON.parse(run('npm', words, root)) as [Packed];
  project = installed();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, words: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} exited with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** A CDK project elsewhere with the packed package unpacked into it, and beside it what its package.json asks for and nothing else. */
function installed(): string {
  const home = join(folder, 'project');
  const modules = join(home, 'node_modules');
  const own = join(modules, 'portcullis');
  mkdirSync(own, { recursive: true });
  run('tar', ['-xzf', join(folder, packed.filename), '--strip-components=1', '-C', own], folder);
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'peerDependencies',
    Record<string, string>
  >;
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  return home;
}

describe('the package', () => {
  test('is smaller than 1.5 MB', () => {
    expect(packed.size).toBeLessThan(1_500_000);
  });

  test('holds what runs and what is read, and nothing else', () => {
    const outside = packed.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^dist\/.*\.(?:js|d\.ts)$|^(?:README|GOOGLE|ERRORS|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(path),
      );
    expect(outside).toEqual([]);
    expect(packed.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'GOOGLE.md', 'ERRORS.md', 'CHANGELOG.md', 'LICENSE']),
    );
  });

  test('is well formed in the eyes of publint', () => {
    const publint = join(root, 'node_modules/.bin/publint');
    expect(run(publint, ['run', join(folder, packed.filename), '--strict'], folder)).toContain('All good!');
  });

  test('resolves with its types from CommonJS, ECMAScript modules and bundlers, in the eyes of attw', () => {
    const attw = join(root, 'node_modules/.bin/attw');
    const words = [join(folder, packed.filename), '--profile', 'node16', '--no-definitely-typed', '--format', 'json'];
    const { analysis } = JSON.parse(run(attw, words, folder)) as Attw;
    // the resolution of Node 10 knows no subpath exports
    expect(analysis.problems.filter(({ resolutionKind }) => resolutionKind !== 'node10')).toEqual([]);
    expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['.', './aws', './google', './prove']));
  });

  test('runs its command', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const main = join(project, 'node_modules/portcullis/dist/cli/main.js');
    expect(execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  test('gives ECMAScript modules its names', () => {
    const script =
      "import { RestateServer } from 'portcullis/aws'; import { CloudRunService } from 'portcullis/google'; import { prove } from 'portcullis/prove'; RestateServer.name; CloudRunService.name; prove.name;";
    expect(run(process.execPath, ['--input-type=module', '--eval', script], project)).toBe('');
  });
});

/** Compiles an app as strictly as the strictest user, and runs it. */
function synthesise(name: string, app: string, variables: readonly string[]): void {
  writeFileSync(join(project, `${name}.ts`), app);
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false'];
  const target = ['--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16', '--types', 'node'];
  run(join(root, 'node_modules/.bin/tsc'), [`${name}.ts`, ...strict, ...target], project);
  run('env', [...variables, process.execPath, `${name}.js`], project);
}

describe('the examples', () => {
  test('of the README compile strictly and synthesise against the installed package', () => {
    const main = join(project, 'node_modules/portcullis/dist/cli/main.js');
    run(process.execPath, [main, 'api-key', 'signing-key'], project);
    const examples = examplesOf(README);
    synthesise('aws', awsApp(examples), ['CDK_OUTDIR=cdk.out']);
    const written = readdirSync(join(project, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
    expect(written).toHaveLength(examples.length);
  }, 90_000);

  test('of the page about Google Cloud do, too', () => {
    const examples = examplesOf(GOOGLE_PAGE);
    synthesise('google', googleApp(examples), []);
    expect(readdirSync(join(project, 'cdktf.out/stacks'))).toHaveLength(examples.length);
  }, 90_000);
});
