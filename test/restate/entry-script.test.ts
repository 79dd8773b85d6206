import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderEntryScript } from '../../lib/restate/entry-script';
import { generateIdentityKey } from '../../lib/restate/request-identity';
import { refusal } from '../core/refusal';

/** Stands in for the server: shows what it was given, and what can be seen of its process. */
const FAKE_SERVER = '#!/bin/sh\necho "args: $*"\ntr "\\0" "\\n" < /proc/$$/environ\necho "pid: $$"\n';

const { privateKeyPem } = generateIdentityKey();
let folder: string;
let keyFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entry-script-'));
  keyFile = join(folder, 'identity.pem');
  writeFileSync(join(folder, 'restate-server'), FAKE_SERVER);
  chmodSync(join(folder, 'restate-server'), 0o755);
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(environment: Record<string, string>): { status: number | null; output: string; pid: number } {
  const script = renderEntryScript({ identityKeyFile: keyFile, spillDirectory: join(folder, 'spill.tmp') });
  const env = { PATH: `${folder}:/usr/bin:/bin`, ...environment };
  const { status, stdout, stderr, pid } = spawnSync('/bin/sh', ['-c', script], {
    env,
    encoding: 'utf8',
    timeout: 5_000,
  });
  return { status, output: stdout + stderr, pid };
}

describe('the entry script', () => {
  test('writes the key to its file, readable by the server alone, line by line as it was', () => {
    run({ PORTCULLIS_IDENTITY_KEY: privateKeyPem });

    expect(readFileSync(keyFile, 'utf8').trimEnd()).toBe(privateKeyPem.trimEnd());
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  test('becomes the server, which sees nothing of the key and the rest of the environment', () => {
    const { status, output, pid } = run({ PORTCULLIS_IDENTITY_KEY: privateKeyPem, RESTATE_NODE_NAME: 'n1' });

    expect(status).toBe(0);
    expect(output).toContain('args: --no-logo');
    expect(output).toContain(`pid: ${pid}`);
    expect(output).toContain('RESTATE_NODE_NAME=n1');
    expect(output).not.toContain('PORTCULLIS_IDENTITY_KEY');
    expect(output).not.toContain(privateKeyPem.split('\n')[1]);
  });

  test('gives the server an empty folder of its own to spill to, whatever an earlier one left there', () => {
    mkdirSync(join(folder, 'spill.tmp', 'left'), { recursive: true });
    const { output } = run({ PORTCULLIS_IDENTITY_KEY: privateKeyPem });

    expect(output).toContain(`TMPDIR=${join(folder, 'spill.tmp')}`);
    expect(readdirSync(join(folder, 'spill.tmp'))).toEqual([]);
    expect(statSync(join(folder, 'spill.tmp')).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['missing', {}],
    ['empty', { PORTCULLIS_IDENTITY_KEY: '' }],
    ['no key', { PORTCULLIS_IDENTITY_KEY: 'hunter2' }],
    ['JSON', { PORTCULLIS_IDENTITY_KEY: JSON.stringify({ key: privateKeyPem }) }],
  ])('ends with 1 and does not start the server when the variable is %s', (_, environment) => {
    const { status, output } = run(environment);

    expect(status).toBe(1);
    expect(output).toContain('PORTCULLIS_IDENTITY_KEY holds no PKCS#8 private key');
    expect(output).not.toContain('args:');
    expect(output).not.toMatch(/hunter2|BEGIN/);
  });

  test('ends, and does not start the server, when the file cannot be written', () => {
    rmSync(keyFile, { force: true });
    const script = renderEntryScript({ identityKeyFile: '/nowhere/identity.pem' });
    const env = { PATH: `${folder}:/usr/bin:/bin`, PORTCULLIS_IDENTITY_KEY: privateKeyPem };
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' });

    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).not.toContain(privateKeyPem.split('\n')[1]);
  });

  test('refuses a file name that a shell would read as something else', () => {
    for (const identityKeyFile of ['relative.pem', '/run/a b', '/run/$(id)', "/run/'x'", '/run/../x', '']) {
      expect(refusal(() => renderEntryScript({ identityKeyFile })).code).toBe('ServerPathInvalid');
    }
  });
});
