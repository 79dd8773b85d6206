import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(__dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'portcullis-action-'));
afterAll(() => rmSync(home, { recursive: true }));

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly [{ readonly env: Readonly<Record<string, string>>; readonly run: string }];
  };
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

/** Runs the step with an `npx` that writes down what it is asked for, and ends as it is told for each command. */
function step(
  inputs: Readonly<Record<string, string>>,
  codes: { readonly check?: number; readonly diff?: number } = {},
) {
  const calls = join(home, 'calls');
  const summary = join(home, 'summary');
  writeFileSync(calls, '');
  writeFileSync(summary, '');
  const npx = `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >>"${calls}"\ncase "$*" in *" diff "*) exit ${codes.diff ?? 0};; esac\nexit ${codes.check ?? 0}\n`;
  writeFileSync(join(home, 'npx'), npx, { mode: 0o755 });
  const [{ env }] = action.runs.steps;
  const variables = Object.entries(env).map(([name, expression]) => {
    const [, input = ''] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(expression) ?? [];
    return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
  });
  const { status } = spawnSync('bash', [join(root, '.ci/action.sh')], {
    env: { ...Object.fromEntries(variables), PATH: `${home}:${process.env['PATH']}`, GITHUB_STEP_SUMMARY: summary },
    timeout: 20_000,
  });
  return { status, calls: readFileSync(calls, 'utf8').trimEnd().split('\n') };
}

test('no input is ever read as shell', () => {
  const [{ run }] = action.runs.steps;
  expect(action.runs.using).toBe('composite');
  expect(run).not.toContain('${{');
  step({ path: `$(touch ${home}/owned); cdk.out` });
  expect(() => readFileSync(join(home, 'owned'))).toThrow('ENOENT');
});

test('checks every path, and fetches nothing unless a version is named', () => {
  expect(step({ path: 'cdk.out\ncdktf.out\n', stack: 'Orders' })).toEqual({
    status: 0,
    calls: [
      '--no portcullis check cdk.out cdktf.out --stack Orders --format sarif --output portcullis.sarif',
      '--no portcullis check cdk.out cdktf.out --stack Orders --format markdown',
      '--no portcullis check cdk.out cdktf.out --stack Orders --no-color',
    ],
  });
  expect(step({ path: 'cdk.out', version: '0.1.0' }).calls[0]).toMatch(/^--yes portcullis@0\.1\.0 check cdk\.out /);
});

test.each([
  [{ check: 0, diff: 0 }, 0, 5],
  [{ check: 1, diff: 0 }, 1, 5],
  [{ check: 0, diff: 1 }, 1, 5],
  [{ check: 2, diff: 0 }, 2, 1],
  [{ check: 1, diff: 2 }, 2, 5],
])('exits as check and diff do: %j with %i', (codes, status, calls) => {
  const ran = step({ path: 'cdk.out', before: 'main/cdk.out' }, codes);
  expect({ status: ran.status, calls: ran.calls.length }).toEqual({ status, calls });
});
