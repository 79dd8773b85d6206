import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const main = join(__dirname, '../../dist/cli/main.js');

describe('the command itself', () => {
  test.each([
    [['--version'], 0],
    [['prove', '--list'], 0],
    [['prove', '/nowhere/cdk.out'], 2],
    [['nonsense'], 2],
  ])('portcullis %j exits with %i', (words, code) => {
    const { status, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', timeout: 20_000 });
    expect(status).toBe(code);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('a reader that goes away is no error', async () => {
    const child = spawn(process.execPath, [main, 'prove', '--list', '--format', 'json'], { timeout: 20_000 });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += String(chunk)));
    const code = await new Promise((settle) => child.once('close', settle));
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
  });
});
