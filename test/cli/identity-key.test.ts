import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import { publicKeyOf } from '../../lib/restate/request-identity';
import { recordingTerminal } from './recording-terminal';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portcullis-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function identityKey(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await run(['identity-key', ...words], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe('identity-key', () => {
  test('writes the private half for its owner alone and prints the public half', async () => {
    const file = join(folder, 'identity.pem');
    const { code, out, err } = await identityKey('--output', file);
    const privateKey = readFileSync(file, 'utf8');
    expect(code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(out).toBe(`${publicKeyOf(privateKey)}\n`);
    expect(out + err).not.toContain('PRIVATE KEY');
  });

  test('says how the private half gets into the secrets manager of either cloud', async () => {
    const file = join(folder, "my keys'.pem");
    const { err } = await identityKey('--output', file, '--secret-name', 'orders/identity');
    expect(err).toContain('aws secretsmanager create-secret --name orders/identity --secret-string');
    expect(err).toContain(`'file://${folder}/my keys'\\''.pem'`);
    expect(err).toContain(`gcloud secrets create orders-identity --data-file='${folder}/my keys'\\''.pem'\n`);
    expect(err).toContain("its version is then '1'");
  });

  test.each([
    ['a file', (file: string) => writeFileSync(file, 'another key')],
    ['a link to nowhere', (file: string) => symlinkSync(join(folder, 'absent'), file)],
  ])('never overwrites %s', async (_name, make) => {
    const file = join(folder, 'identity.pem');
    make(file);
    const { code, out, err } = await identityKey('--output', file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`portcullis: ${file} exists already and is not overwritten; name another with --output\n`);
  });

  test('prints the private half only when asked to, and then alone', async () => {
    const { code, out, err } = await identityKey('--output', '-');
    expect(code).toBe(0);
    expect(err).toBe(`public key: ${publicKeyOf(out)}\n`);
  });

  test('makes another pair each time', async () => {
    const keys = await Promise.all([identityKey('--output', '-'), identityKey('--output', '-')]);
    expect(new Set(keys.map(({ out }) => out)).size).toBe(2);
  });
});
