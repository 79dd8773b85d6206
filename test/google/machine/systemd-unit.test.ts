import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../../lib/google/machine/systemd-unit';
import { testUnless } from '../../skip-loudly';
import { systemdWords } from './systemd-words';

const WORDS = [
  '/bin/echo',
  'plain',
  'a b',
  '',
  '"quoted"',
  "it's",
  'back\\slash',
  'ends in \\',
  '100%',
  '%H',
  '%%',
  '$HOME',
  '${HOME}',
  '$$',
  '$$$',
  ';',
  'a;b',
  '#',
  'line\nline\n',
  'tab\ttab',
  '{"a":"\\u0041\\n","b":["$1","%s"]}',
  '-',
  '!',
  '~',
  'ünïcödé',
];

describe('a command line of a unit', () => {
  test('hands on every word as it is, by the documentation of systemd', () => {
    expect(systemdWords(commandLine(WORDS))).toEqual(WORDS);
    for (const word of WORDS)
      expect(systemdWords(commandLine(['/bin/echo', word, 'x']))).toEqual(['/bin/echo', word, 'x']);
  });

  test('stays on one line', () => {
    expect(commandLine(WORDS)).not.toMatch(/[\n\t]/);
  });

  test('leaves alone what is plain, and what is known only at deployment', () => {
    const words = ['/usr/bin/docker', '--publish=443:8443', 'repository:1.7.12@sha256:00', 'a/${TfToken[TOKEN.3]}/b'];
    expect(commandLine(words)).toBe(words.join(' '));
    expect(commandLine(['a $ ${TfToken[TOKEN.3]}'])).toBe('"a $$ ${TfToken[TOKEN.3]}"');
  });

  test.each(['a $b', 'a %b', '"a', 'a \\q'])('is told from one that systemd would read otherwise: %s', (line) => {
    expect(() => systemdWords(line)).toThrow(/systemd|quote/);
  });

  const VERIFY = '/usr/bin/systemd-analyze';
  const missing = existsSync(VERIFY) ? undefined : `${VERIFY} is not on this machine`;
  const testWithSystemd = testUnless(missing, 'systemd does not judge the words of commands');

  /** What the real systemd complains about. */
  function complaints(line: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    const file = join(folder, 'words.service');
    writeFileSync(file, `[Service]\nType=oneshot\nExecStart=${line}\n`);
    const { stdout, stderr } = spawnSync(VERIFY, ['verify', '--man=no', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return (stdout + stderr)
      .split('\n')
      .filter((said) => said.includes('words.service'))
      .join('\n');
  }

  testWithSystemd('raises no complaint of the real systemd', () => {
    expect(complaints(commandLine(WORDS))).toBe('');
    expect(complaints('/bin/echo "a')).toContain('words.service');
    expect(complaints('/bin/echo a \\q')).toContain('words.service');
  });
});
