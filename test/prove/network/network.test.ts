import { join } from 'node:path';
import { runScenario, testInSandbox } from './in-sandbox';
import type { Tried } from './network-scenario';

interface Found {
  readonly found: Readonly<Record<string, Tried>>;
  readonly metadata: Tried;
  readonly reachedMetadata: readonly string[];
  readonly emulated: readonly string[];
  readonly unproven: readonly string[];
}

/** What the groups of the deployment admit, over which families. The way out for a remote key set is a way to private addresses, too. */
const ADMITTED: Readonly<Record<string, readonly string[]>> = {
  'internet > balancer:443': ['4', '6'],
  'caller > balancer:443': ['4', '6'],
  'stranger > balancer:443': ['4', '6'],
  'balancer > task:8443': ['4', '6'],
  'task > service:9080': ['4', '6'],
  'task > internet:443': ['4'],
  'task > balancer:443': ['4'],
  'task > stranger:443': ['4'],
};

/** Neither is filtered by a group of the deployment, so what they do between themselves says nothing. */
const BETWEEN_OTHERS = /^(caller|stranger) > internet:/;

testInSandbox('real packets go where the groups admit them, and a refusal names the group that refused', () => {
  const { found, metadata, reachedMetadata, emulated, unproven } = runScenario(
    join(__dirname, 'network-scenario.ts'),
    15_000,
  ) as Found;
  const refusedBy = (flow: string): string | undefined => found[flow]?.refusedBy;

  const connected = Object.keys(found).filter(
    (flow) => found[flow]?.outcome === 'connected' && !BETWEEN_OTHERS.test(flow),
  );
  const admitted = Object.entries(ADMITTED).flatMap(([flow, families]) =>
    families.map((family) => `${flow} ${family}`),
  );
  expect(connected.toSorted()).toEqual(admitted.toSorted());
  for (const family of ['4', '6']) {
    expect(refusedBy(`stranger > task:8443 ${family}`)).toBe('TaskGroup (in)');
    expect(refusedBy(`stranger > task:5122 ${family}`)).toBe('TaskGroup (in)');
    expect(refusedBy(`stranger > service:9080 ${family}`)).toBe('ServicesGroup (in)');
    expect(refusedBy(`service > task:8443 ${family}`)).toBe('ServicesGroup (out)');
    expect(refusedBy(`service > balancer:443 ${family}`)).toBe('ServicesGroup (out)');
    expect(refusedBy(`balancer > task:5122 ${family}`)).toBe('BalancerGroup (out)');
    expect(refusedBy(`balancer > service:9080 ${family}`)).toBe('BalancerGroup (out)');
    expect(refusedBy(`task > stranger:9080 ${family}`)).toBe('TaskGroup (out)');
    expect(refusedBy(`task > internet:80 ${family}`)).toBe('TaskGroup (out)');
    expect(refusedBy(`internet > task:8443 ${family}`)).toBe('no route from the internet to the task');
    expect(refusedBy(`caller > task:5122 ${family}`)).toBe('no route from the internet to the task');
    expect(refusedBy(`balancer > internet:443 ${family}`)).toBe('no route from the balancer to the internet');
  }
  expect(refusedBy('task > internet:443 6')).toBe('TaskGroup (out)');
  for (const [flow, tried] of Object.entries(found)) {
    expect([flow, tried.outcome === 'connected']).toEqual([flow, tried.refusedBy === undefined]);
  }

  expect(metadata).toEqual({ outcome: 'failed', by: 'unreachable' });
  expect(reachedMetadata).toEqual([]);
  expect(emulated.join('\n')).toMatch(/instance metadata: .* shut for the task/);
  expect(emulated.join('\n')).toMatch(/user data: read as text, and no line of it run; .*is believed/);
  expect(unproven).toEqual([]);
});
