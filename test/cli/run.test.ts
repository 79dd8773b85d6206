import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import * as proving from '../../lib/prove';
import { recordingTerminal } from './recording-terminal';
import { REPORT } from './report-fixture';

jest.mock('../../lib/prove', () => {
  const real = jest.requireActual<typeof proving>('../../lib/prove');
  return { ...real, prove: jest.fn(), keep: jest.fn(), listAttacks: jest.fn() };
});
const prove = jest.mocked(proving.prove);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  prove.mockReset().mockResolvedValue(REPORT);
  jest.mocked(proving.keep).mockReset();
  jest.mocked(proving.listAttacks).mockReturnValue([
    {
      id: 'admin-from-stranger',
      claim: 'admin-closed',
      from: 'stranger',
      attempt: 'connects',
      expected: 'dropped',
      control: 'connects to a canary',
      slow: true,
    },
  ]);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function cli(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await run(words, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe('what cannot be looked at exits with 2 and says what to write', () => {
  test.each([
    [[], /Usage: portcullis/],
    [['chekc', 'cdk.out'], /unknown command 'chekc'/],
    [['prove'], /^portcullis: prove was given no path; write `portcullis prove cdk\.out`/],
    [['prove', 'cdk.out', 'other'], /too many arguments/],
    [['prove', 'cdk.out', '--fast'], /unknown option '--fast'/],
    [['prove', 'cdk.out', '--format', 'sarif'], /Allowed choices are table, json/],
    [['prove', 'cdk.out', '--only'], /option '--only <id\.\.\.>' argument missing/],
    [['prove', '--list', '--slow'], /'--list' cannot be used with option '--slow'/],
    [
      ['prove', 'cdk.out', '--output', '/nowhere/report.json'],
      /--output \/nowhere\/report\.json: \/nowhere is no folder/,
    ],
    [['prove', 'cdk.out', '--output', '/'], /--output \/ is a folder; name a file in it/],
    [['prove', 'cdk.out', '--keep', '--only', 'one'], /'--keep' cannot be used with option '--only/],
    [['prove', 'cdk.out', '--keep', '--output', 'file'], /'--keep' cannot be used with option '--output/],
    [['prove', '--only', 'no-token', 'cdk.out'], /--only took cdk\.out as an attack; write the path first/],
    [['prove', '--keep'], /prove was given no path/],
    [['prove', 'cdk.out', '--service', 'http://127.0.0.1:9080'], /--service was given without --keep/],
    [['prove', 'cdk.out', '--keep', '--service', 'https://127.0.0.1:9080'], /e\.g\. http:\/\/127\.0\.0\.1:9080/],
    [['prove', 'cdk.out', '--keep', '--service', '9080'], /e\.g\. http:\/\/127\.0\.0\.1:9080/],
    [['identity-key', '--output', '/nowhere/key.pem'], /cannot be created \(ENOENT\); name a file in a folder/],
  ])('portcullis %j', async (words, message) => {
    const { code, out, err } = await cli(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^ +at /m);
    expect(prove).not.toHaveBeenCalled();
    expect(proving.keep).not.toHaveBeenCalled();
  });

  test.each([
    ['a path with nothing in it', new proving.UnreadableError('nope', 'there is no such file', 'run `cdk synth`')],
    ['an attack that does not exist', new proving.UnknownAttackError('nope', [])],
  ])('%s', async (_name, error) => {
    prove.mockRejectedValue(error);
    const { code, err } = await cli('prove', 'nope');
    expect({ code, err }).toEqual({ code: 2, err: `portcullis: ${error.message}\n` });
  });

  test('a machine on which nothing can be kept up, without a stack', async () => {
    const error = Object.assign(new Error('no namespaces; run as root'), { name: 'CannotProveError' });
    jest.mocked(proving.keep).mockRejectedValue(error);
    expect(await cli('prove', 'cdk.out', '--keep')).toMatchObject({ code: 2, err: `portcullis: ${error.message}\n` });
  });

  test('a fault of ours is shown with its stack', async () => {
    prove.mockRejectedValue(new RangeError('off by one'));
    const { code, err } = await cli('prove', 'cdk.out');
    expect(code).toBe(2);
    expect(err).toMatch(/^portcullis: RangeError: off by one\n +at /);
  });
});

describe('prove', () => {
  test('hands its options on', async () => {
    await cli('prove', 'cdk.out', '--only', 'one', 'two', '--stack', 'Orders', '--slow');
    expect(prove).toHaveBeenCalledWith({
      path: 'cdk.out',
      only: ['one', 'two'],
      stack: 'Orders',
      slow: true,
      onProgress: expect.any(Function),
    });
  });

  test.each([0, 1] as const)('exits with %i when the summary says so', async (exitCode) => {
    prove.mockResolvedValue({ ...REPORT, summary: { ...REPORT.summary, exitCode } });
    expect((await cli('prove', 'cdk.out')).code).toBe(exitCode);
  });

  test('prints a table unless told otherwise', async () => {
    expect((await cli('prove', 'cdk.out')).out).toMatch(/^cdk\.out: Orders\/RestateTask\n\nclaim +verdict +evidence\n/);
  });

  test('prints the report and nothing else as json', async () => {
    expect(JSON.parse((await cli('prove', 'cdk.out', '--format', 'json')).out)).toEqual(REPORT);
  });

  test('--output writes the whole report to the file, nothing to stdout, and leaves nothing beside it', async () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'an older, longer report'.repeat(1_000));
    const { code, out, err } = await cli('prove', 'cdk.out', '--format', 'json', '--output', file);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: `written to ${file}\n` });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(REPORT);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('a proof that fails leaves the older report as it was', async () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'older');
    prove.mockRejectedValue(new Error('no'));
    await cli('prove', 'cdk.out', '--output', file);
    expect(readFileSync(file, 'utf8')).toBe('older');
  });

  test('tells on stderr how far it is, one line each where no terminal is', async () => {
    prove.mockImplementation(({ onProgress }) => {
      onProgress?.({ kind: 'deployment', subject: 'Orders/Task', index: 1, total: 2 });
      onProgress?.({ kind: 'step', text: 'installing Envoy' });
      onProgress?.({ kind: 'attack', id: 'one', verdict: 'holds', done: 1, total: 2 });
      onProgress?.({ kind: 'attack', id: 'two', verdict: 'broken', done: 2, total: 2 });
      return Promise.resolve(REPORT);
    });
    expect((await cli('prove', 'cdk.out')).err).toBe('proving Orders/Task (1 of 2)\ninstalling Envoy\ntwo: broken\n');
  });

  test('--list shows the catalogue and runs nothing', async () => {
    const { code, out } = await cli('prove', '--list');
    expect(code).toBe(0);
    expect(out).toMatch(/^admin-from-stranger +admin-closed +stranger +dropped \(--slow\)$/m);
    expect(JSON.parse((await cli('prove', '--list', '--format', 'json')).out)).toHaveLength(1);
    expect(prove).not.toHaveBeenCalled();
  });
});

describe('prove --keep', () => {
  test('hands its options on, prints what it is told, and ends well when it is told to end', async () => {
    const kept = { subject: 'Orders/Task' } as proving.KeptDeployment;
    jest.mocked(proving.keep).mockImplementation(async ({ onUp }) => onUp(kept));
    const words = ['cdk.out', '--stack', 'Orders', '--service', 'http://127.0.0.1:9080', '--format', 'json'];
    const { code, out, err } = await cli('prove', ...words, '--keep');
    expect({ code, kept: JSON.parse(out) as unknown }).toEqual({ code: 0, kept });
    expect(err).toMatch(/taken down; nothing of it is left\n$/);
    expect(proving.keep).toHaveBeenLastCalledWith(
      expect.objectContaining({ path: 'cdk.out', stack: 'Orders', service: new URL('http://127.0.0.1:9080') }),
    );
  });
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  expect(await cli('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});
