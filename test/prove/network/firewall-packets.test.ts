import { join } from 'node:path';
import type { Judged } from './firewall-scenario';
import { runScenario, testInSandbox } from './in-sandbox';

testInSandbox('for random groups, every connection is admitted or refused, and by whom, as AWS documents', () => {
  const judged = runScenario(join(__dirname, 'firewall-scenario.ts'), 25_000) as readonly Judged[];
  const refused = judged.filter(({ expected }) => expected !== 'connected');
  expect(judged.filter(({ expected, observed }) => expected !== observed)).toEqual([]);
  // Both answers must be common, or agreement says little.
  expect(refused.length).toBeGreaterThan(60);
  expect(judged.length - refused.length).toBeGreaterThan(60);
});
