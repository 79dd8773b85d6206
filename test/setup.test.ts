import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const setup = resolve(__dirname, '../.ci');

function node(...words: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 25_000 });
  return { status, said: stdout + stderr };
}

test('setup is silent when nothing is missing', () => {
  expect(node(join(setup, 'setup.mjs'))).toEqual({ status: 0, said: '' });
});

describe('packages are installed again', () => {
  const one = { version: '1.0.0', integrity: 'sha512-one' };
  const lock = {
    '': { version: '9.9.9' },
    'node_modules/one': one,
    'node_modules/other-os': { ...one, optional: true },
  };
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portcullis-setup-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['not when all that is locked is there', { 'node_modules/one': one }, true],
    ['when nothing is there', undefined, false],
    ['when a package is missing', {}, false],
    ['when a package is of another version', { 'node_modules/one': { ...one, version: '1.0.1' } }, false],
    ['when a package has another hash', { 'node_modules/one': { ...one, integrity: 'sha512-two' } }, false],
  ])('%s', (_name, installed, expected) => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
    mkdirSync(join(folder, 'node_modules'));
    if (installed !== undefined) {
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
    }
    const url = pathToFileURL(join(setup, 'packages.mjs')).href;
    const script = `import { packagesInstalled } from '${url}'; console.log(packagesInstalled(process.argv[1]));`;
    expect(node('--input-type=module', '--eval', script, folder)).toEqual({ status: 0, said: `${expected}\n` });
  });
});

test('what is missing of the system is asked for by the exact command, or by name, unless root can install it', () => {
  const url = pathToFileURL(join(setup, 'system-tools.mjs')).href;
  const script = `
    process.getuid = () => 1000;
    const { installSystemTools } = await import('${url}');
    process.exitCode = installSystemTools([
      { tool: 'nft', debianPackage: 'nftables' },
      { tool: 'unshare', debianPackage: 'util-linux' },
      { tool: 'setpriv', debianPackage: 'util-linux' },
    ]);`;
  const { status, said } = node('--input-type=module', '--eval', script);
  expect(status).toBe(1);
  expect(said).toMatch(/the proof needs nft, unshare, setpriv for/);
  expect(said).toMatch(
    /sudo apt-get install --yes --no-install-recommends nftables util-linux\n|calls nftables, util-linux with/,
  );
});
