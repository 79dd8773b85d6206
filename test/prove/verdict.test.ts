import { summarise } from '../../lib/prove/report';
import { judge, attackVerdict } from '../../lib/prove/verdict';
import type { AttackResult, SkippedAttack } from '../../lib/prove/report';
import { NAMELESS, REFUSED, THROUGH } from './fake-deployment';

describe('an attack', () => {
  test.each([
    ['refused by somebody, control through', REFUSED, THROUGH, 'holds'],
    ['refused by nobody who can be named', NAMELESS, THROUGH, 'unproven'],
    ['refused by somebody, control refused too', REFUSED, NAMELESS, 'unproven'],
    ['through', THROUGH, THROUGH, 'broken'],
    ['through, although its control failed', THROUGH, NAMELESS, 'broken'],
    ['through by waiting', { ...THROUGH, byWaiting: true }, THROUGH, 'broken'],
    ['through by waiting, where its control failed', { ...THROUGH, byWaiting: true }, NAMELESS, 'unproven'],
  ] as const)('%s', (_, attack, control, verdict) => {
    expect(attackVerdict(attack, control)).toBe(verdict);
  });
});

const result = (id: string, verdict: AttackResult['verdict']): AttackResult => ({
  id,
  claim: 'admin-closed',
  subject: 'Task',
  from: 'stranger',
  attempt: 'tries',
  expected: 'refused',
  observed: `saw ${id}`,
  ...(verdict === 'holds' ? { refusedBy: 'firewall: TaskGroup' } : {}),
  verdict,
  control: { from: 'stranger', attempt: 'tries', observed: 'fine', verdict: 'succeeded' },
  durationMs: 1,
});

describe('a claim is as good as the worst of its attacks', () => {
  const skipped: SkippedAttack = {
    id: 'late',
    claim: 'admin-closed',
    subject: 'Task',
    verdict: 'not-applicable',
    reason: 'needs --slow',
  };

  test.each([
    ['broken', [result('a', 'holds'), result('b', 'unproven'), result('c', 'broken')], 'c from stranger: saw c'],
    ['unproven', [result('a', 'holds'), result('b', 'unproven')], 'b: nobody can be named who refused it: saw b'],
    ['holds', [result('a', 'holds')], 'a refused by firewall: TaskGroup; late: needs --slow'],
    ['not-applicable', [], 'late: needs --slow'],
  ] as const)('%s', (verdict, attacks, evidence) => {
    expect(judge(attacks, [skipped])).toEqual({ verdict, evidence });
  });

  test('nothing is said of a claim without attacks', () => {
    expect(judge([], [])).toBeUndefined();
  });
});

test('a report without an attack is no success, whatever it says of the claims', () => {
  const claim = { id: 'a', verdict: 'not-applicable', subject: 'Task', evidence: '', fix: '', source: '' } as const;
  expect(summarise([claim], [], 1).exitCode).toBe(1);
});
