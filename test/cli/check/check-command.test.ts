import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as checking from '../../../lib/check';
import { listClaims } from '../../../lib/cli/check/claim-list';
import { run } from '../../../lib/cli/run';
import { recordingTerminal } from '../recording-terminal';
import { REPORT } from './report-fixture';

jest.mock('../../../lib/check', () => {
  const real = jest.requireActual<typeof checking>('../../../lib/check');
  return { ...real, check: jest.fn() };
});
const check = jest.mocked(checking.check);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  check.mockReset().mockReturnValue(REPORT);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function cli(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await run(['check', ...words], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

test('hands its options on', async () => {
  await cli('cdk.out', 'cdktf.out', '--stack', 'Orders', '--only', 'admin-closed', 'egress-closed');
  expect(check).toHaveBeenCalledWith({
    path: ['cdk.out', 'cdktf.out'],
    stack: 'Orders',
    only: ['admin-closed', 'egress-closed'],
  });
});

test.each([0, 1] as const)('exits with %i when the summary says so', async (exitCode) => {
  check.mockReturnValue({ ...REPORT, summary: { ...REPORT.summary, exitCode } });
  expect((await cli('cdk.out')).code).toBe(exitCode);
});

test.each([
  ['table', /^Orders\n\nclaim +verdict +evidence\n/],
  ['sarif', /^\{\n {2}"\$schema": ".*sarif-schema-2\.1\.0\.json"/],
  ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /],
  ['markdown', /^## portcullis check: not everything holds\n/],
])('prints %s', async (format, beginning) => {
  const { out, err } = await cli('cdk.out', '--format', format);
  expect(out).toMatch(beginning);
  expect(out).toMatch(/\n$/);
  expect(err).toBe('');
});

test('prints the report and nothing else as json', async () => {
  expect(JSON.parse((await cli('cdk.out', '--format', 'json')).out)).toEqual(REPORT);
});

test('--output writes the whole report to the file, and nothing to stdout', async () => {
  const file = join(folder, 'report.sarif');
  const { code, out, err } = await cli('cdk.out', '--format', 'sarif', '--output', file);
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: `written to ${file}\n` });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(readdirSync(folder)).toEqual(['report.sarif']);
});

test('--list shows the claims that are decided, and decides none', async () => {
  const { code, out } = await cli('--list');
  expect(code).toBe(0);
  for (const { id } of listClaims()) expect(out).toMatch(new RegExp(`^${id}  `, 'm'));
  expect(JSON.parse((await cli('--list', '--format', 'json')).out)).toEqual(listClaims());
  expect(check).not.toHaveBeenCalled();
});

describe('what cannot be looked at exits with 2 and says what to write', () => {
  test.each([
    [[], /^portcullis: check was given no path; write `portcullis check cdk\.out`/],
    [['--only', 'admin-closed', 'cdk.out'], /--only took cdk\.out as a claim; write the path first/],
    [['cdk.out', '--format', 'html'], /Allowed choices are table, json, sarif, junit, markdown/],
    [['--list', '--format', 'junit'], /--list has no format junit/],
    [['--list', '--only', 'admin-closed'], /'--list' cannot be used with option '--only/],
    [['cdk.out', '--output', '/nowhere/report.json'], /\/nowhere is no folder/],
  ])('portcullis check %j', async (words, message) => {
    const { code, out, err } = await cli(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(check).not.toHaveBeenCalled();
  });

  test.each([
    ['a path with nothing in it', new checking.UnreadableError('nope', 'there is no such file', 'run `cdk synth`')],
    ['a claim that does not exist', new checking.UnknownClaimError('admin-close', ['admin-closed'])],
  ])('%s', async (_name, error) => {
    check.mockImplementation(() => {
      throw error;
    });
    expect(await cli('nope')).toEqual({ code: 2, out: '', err: `portcullis: ${error.message}\n` });
  });
});

test.each([
  ['admin-close', 'did you mean admin-closed'],
  ['zzz', '--list shows all of them'],
  ['token-header-only', '`portcullis prove` attacks it'],
])('a claim %s that is not decided is answered with what to write', (id, message) => {
  expect(new checking.UnknownClaimError(id, ['admin-closed']).message).toContain(message);
});
