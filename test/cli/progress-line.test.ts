import { stripVTControlCharacters } from 'node:util';
import { progressLine } from '../../lib/cli/progress-line';
import type { ProgressEvent } from '../../lib/prove';

const EVENTS: readonly ProgressEvent[] = [
  { kind: 'deployment', subject: 'Orders/Task', index: 1, total: 1 },
  { kind: 'step', text: 'booting the servers' },
  { kind: 'attack', id: 'admin-from-internet', verdict: 'holds', done: 1, total: 2 },
  { kind: 'attack', id: 'token-expired', verdict: 'broken', done: 2, total: 2 },
];

function written(isTTY: boolean): string {
  let text = '';
  const line = progressLine({ isTTY, columns: 80, write: (chunk) => (text += chunk) });
  for (const event of EVENTS) line.onProgress(event);
  line.stop();
  return text;
}

test('a line moves on a terminal, shows the last attack, and is cleared at the end', () => {
  const text = written(true);
  expect(stripVTControlCharacters(text)).toContain('2/2 token-expired');
  expect(text).not.toContain('\n');
  expect(text.slice(text.lastIndexOf('token-expired') + 'token-expired'.length)).toContain('\u001B[0K');
});

test('the cursor is never hidden, so a killed run leaves a usable terminal', () => {
  expect(written(true)).not.toContain('\u001B[?25l');
});

test('elsewhere each step is a line, and of the attacks those that did not hold', () => {
  expect(written(false)).toBe('proving Orders/Task (1 of 1)\nbooting the servers\ntoken-expired: broken\n');
});
