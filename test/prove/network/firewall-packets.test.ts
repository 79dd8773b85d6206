import { join } from 'node:path';
import { runScenario, testInSandbox } from './in-sandbox';
import type { Judged } from './judged-packets';

testInSandbox('for random groups, every connection is admitted or refused, and by whom, as AWS documents', () => {
  const judged = runScenario(join(__dirname, 'firewall-scenario.ts'), 25_000) as readonly Judged[];
  const refused = judged.filter(({ expected }) => expected !== 'connected');
  expect(judged.filter(({ expected, observed }) => expected !== observed)).toEqual([]);
  // Both answers must be common, or agreement says little.
  expect(refused.length).toBeGreaterThan(60);
  expect(judged.length - refused.length).toBeGreaterThan(60);
});

testInSandbox(
  'for random rules of a VPC network, every connection is admitted or refused, and by whom, as Google documents',
  () => {
    const judged = runScenario(join(__dirname, 'vpc-firewall-scenario.ts'), 25_000) as readonly Judged[];
    const refused = judged.filter(({ expected }) => expected !== 'connected');
    const named = new Set(refused.map(({ expected }) => expected.replace(/\d+/, '')));
    expect(judged.filter(({ expected, observed }) => expected !== observed)).toEqual([]);
    expect(refused.length).toBeGreaterThan(60);
    expect(judged.length - refused.length).toBeGreaterThan(60);
    for (const who of ['rule- (in)', 'rule- (out)', 'implied deny (in)', 'unknown', 'docker: port not published']) {
      expect([...named]).toContain(who);
    }
  },
);
