import * as checking from '../../../lib/check';
import { run } from '../../../lib/cli/run';
import { recordingTerminal } from '../recording-terminal';

jest.mock('../../../lib/check', () => {
  const real = jest.requireActual<typeof checking>('../../../lib/check');
  return { ...real, diff: jest.fn() };
});
const diff = jest.mocked(checking.diff);

const REPORT: checking.DiffReport = {
  tool: 'portcullis',
  version: '0.0.0',
  before: 'main/cdk.out',
  after: 'cdk.out',
  changes: [
    {
      change: 'opened',
      kind: 'rule',
      subject: 'Group',
      what: 'tcp 443 from 10.0.0.0/8 | \u001B[2J',
      source: 'Orders/Group (a.json:3)',
    },
    {
      change: 'closed',
      kind: 'claim',
      subject: 'Task',
      what: 'admin-closed: broken before, holds now',
      source: 'Task',
    },
  ],
  summary: { opened: 1, closed: 1, exitCode: 1 },
};

beforeEach(() => void diff.mockReset().mockReturnValue(REPORT));

async function cli(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await run(['diff', ...words], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

test('hands its options on, and exits as the summary says', async () => {
  expect((await cli('main/cdk.out', 'cdk.out', '--stack', 'Orders')).code).toBe(1);
  expect(diff).toHaveBeenCalledWith({ before: 'main/cdk.out', after: 'cdk.out', stack: 'Orders' });
  diff.mockReturnValue({ ...REPORT, summary: { opened: 0, closed: 1, exitCode: 0 } });
  expect((await cli('main/cdk.out', 'cdk.out')).code).toBe(0);
});

test('prints what opened, then what closed', async () => {
  const { out } = await cli('main/cdk.out', 'cdk.out');
  expect(out).toMatch(/^opened +at +what\n[─ ]+\nrule +Group +tcp 443 from 10\.0\.0\.0\/8 \| \?\[2J\n/);
  expect(out).toMatch(/\n\nclosed +at +what\n[─ ]+\nclaim +Task +admin-closed: broken before, holds now\n/);
  expect(out).toMatch(/\n\n1 opened, 1 closed\n$/);
});

test('prints json and markdown', async () => {
  expect(JSON.parse((await cli('a', 'b', '--format', 'json')).out)).toEqual(REPORT);
  expect((await cli('a', 'b', '--format', 'markdown')).out).toContain(
    '| rule | Group<br>Orders/Group (a.json:3) | tcp 443 from 10.0.0.0/8 \\| ?\\[2J |',
  );
});

test.each([
  [[], /missing required argument 'before'/],
  [['a'], /missing required argument 'after'/],
  [['a', 'b', '--format', 'sarif'], /Allowed choices are table, json, markdown/],
])('portcullis diff %j exits with 2', async (words, message) => {
  const { code, out, err } = await cli(...words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});
