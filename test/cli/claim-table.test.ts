import type { ClaimResult } from '../../lib/artifact/claim';
import { claimTable } from '../../lib/cli/claim-table';

function claim(id: string, overrides: Partial<ClaimResult> = {}): ClaimResult {
  return {
    id,
    verdict: 'unproven',
    subject: 'Task',
    evidence: 'it did not boot',
    fix: 'mend it',
    source: 'Task',
    ...overrides,
  };
}

function table(...claims: readonly ClaimResult[]): string {
  return claimTable(claims, [], [], (verdict) => verdict);
}

test('why nothing could be tested is said once, beside every claim that it leaves in doubt', () => {
  const text = table(claim('admin-closed'), claim('tls-outside'), claim('paths-closed', { verdict: 'not-applicable' }));
  expect(text.match(/it did not boot/g)).toHaveLength(1);
  expect(text).toMatch(/^admin-closed +unproven +it did not boot\ntls-outside +fix: mend it$/m);
  expect(text).not.toContain('paths-closed');
});

test.each([
  ['another reason', { evidence: 'its control failed' }],
  ['another remedy', { fix: 'name peers' }],
  ['another verdict', { verdict: 'broken' }],
] as const)('a claim with %s has a row of its own', (_, overrides) => {
  const text = table(claim('admin-closed'), claim('tls-outside', overrides));
  expect(text).toMatch(/^tls-outside +(?:unproven|broken) +/m);
});
