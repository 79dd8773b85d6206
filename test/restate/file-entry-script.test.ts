import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderFileEntryScript } from '../../lib/restate/entry-script';
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
  writeFileSync(join(folder, 'restate-server'), FAKE_SERVER, { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(key: string | undefined): { status: number | null; output: string; pid: number } {
  if (key !== undefined) writeFileSync(keyFile, key, { mode: 0o400 });
  const script = renderFileEntryScript({ identityKeyFile: keyFile, spillDirectory: join(folder, 'spill.tmp') });
  const env = { PATH: `${folder}:/usr/bin:/bin`, RESTATE_NODE_NAME: 'n1' };
  const { status, stdout, stderr, pid } = spawnSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' });
  return { status, output: stdout + stderr, pid };
}

describe('the entry script of a server whose key is a file', () => {
  test('becomes the server, which sees nothing of the key and the rest of the environment', () => {
    const { status, output, pid } = run(privateKeyPem);

    expect(status).toBe(0);
    expect(output).toContain('args: --no-logo');
    expect(output).toContain(`pid: ${pid}`);
    expect(output).toContain('RESTATE_NODE_NAME=n1');
    expect(output).not.toMatch(/first=|BEGIN/);
    expect(output).not.toContain(privateKeyPem.split('\n')[1]);
  });

  test('gives the server an empty folder of its own to spill to, whatever an earlier one left there', () => {
    mkdirSync(join(folder, 'spill.tmp', 'left'), { recursive: true });
    const { output } = run(privateKeyPem.trimEnd());

    expect(output).toContain(`TMPDIR=${join(folder, 'spill.tmp')}`);
    expect(readdirSync(join(folder, 'spill.tmp'))).toEqual([]);
    expect(statSync(join(folder, 'spill.tmp')).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['no key', 'hunter2'],
    ['a key in another form', '-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----\n'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n'],
    ['JSON', JSON.stringify({ key: privateKeyPem })],
  ])('ends with 1 and does not start the server when the file is %s', (_, key) => {
    const { status, output } = run(key);

    expect(status).toBe(1);
    expect(output).toContain('identity.pem holds no PKCS#8 private key');
    expect(output).not.toContain('args:');
    expect(output).not.toMatch(/hunter2|BEGIN/);
  });

  test('refuses a file name that a shell would read as something else', () => {
    for (const identityKeyFile of ['relative.pem', '/run/a b', '/run/$(id)', "/run/'x'", '/run/../x', '']) {
      expect(refusal(() => renderFileEntryScript({ identityKeyFile })).code).toBe('ServerPathInvalid');
    }
  });
});
