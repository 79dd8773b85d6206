import { join } from 'node:path';
import { runScenario } from '../sandbox/compiled';
import type { Replaced, Replacement } from './replacement-scenario';

/** Replaces a server whose container runs these lines first. */
function replace(script: string, within: Omit<Replacement, 'script'> = {}): Promise<Replaced> {
  const input: Replacement = { script, ...within };
  return runScenario(join(__dirname, 'replacement-scenario.ts'), { input, timeoutMs: 25_000 });
}

// The first process of a container is number 1 in it; one that runs the same lines later is not, and would be faster.
test('a container that is still its entry script is not asked by starting a second server', async () => {
  expect(await replace('[ $$ != 1 ] || sleep 0.4')).toEqual({ started: 1 });
});

test('a server that ends early is started again, as a service does with a task', async () => {
  expect(await replace('[ $starts != 1 ] || { printf x >> /data/started; exit 1; }')).toEqual({ started: 2 });
});

test.each([
  [
    'ends early every time',
    '[ $starts -lt 1 ] || { printf x >> /data/started; echo no disk; exit 1; }',
    {},
    3,
    /^the server that took the other's place ended early 3 times; it last wrote: [^]*no disk$/,
  ],
  [
    'never becomes healthy',
    '[ $starts -lt 1 ] || { echo waiting; sleep 60; }',
    { withinMs: 1000 },
    0,
    /^the server that took the other's place is not healthy after 1 s; it last wrote: [^]*waiting$/,
  ],
])('a server that %s is told with its last words', async (_, script, within, started, failure) => {
  expect(await replace(script, within)).toEqual({ started, failure: expect.stringMatching(failure) as string });
});
