import type { Artifact, Host, Unreadable } from '../../lib/artifact/artifact';
import { checkDeployment, FAULT } from '../../lib/check/check-artifact';
import type { CheckedClaim } from '../../lib/check/checked-claim';
import type { Finding } from '../../lib/check/finding';
import { summarise } from '../../lib/check/report';

const host: Host = {
  id: 'Task',
  network: 'awsvpc',
  containers: [],
  volumes: [],
  groups: ['TaskGroup'],
  publicAddress: false,
  internetRoute: 'none',
};

function artifactWith(more: Partial<Artifact> = {}): Artifact {
  return { name: 'Orders', file: 'none', hosts: [host], balancers: [], groups: [], unreadable: [], ...more };
}

function rows(deciders: readonly CheckedClaim[], more: Partial<Artifact> = {}, prefix = '') {
  return checkDeployment({ deployment: { artifact: artifactWith(more) }, prefix }, deciders);
}

function says(id: string, ...findings: readonly Finding[]): CheckedClaim {
  return { id, decide: () => findings };
}

const holds: Finding = { verdict: 'holds', subject: 'Task', evidence: 'nobody reaches it', restsOn: ['TaskGroup'] };
const broken: Finding = { ...holds, verdict: 'broken', evidence: 'everybody does' };

test('a row says what was found, and what to change where it is not safe', () => {
  const [first, second] = rows([says('admin-closed', holds), says('egress-closed', broken)]);
  expect(first).toEqual({
    id: 'admin-closed',
    verdict: 'holds',
    subject: 'Task',
    evidence: 'nobody reaches it',
    fix: '',
    source: 'Task',
  });
  expect(second).toMatchObject({ verdict: 'broken', fix: expect.stringContaining("the task's security group") });
  expect(rows([says('egress-closed', { ...broken, fix: 'close it' })])).toMatchObject([{ fix: 'close it' }]);
});

test('what mends a claim is said in the words of the cloud of the file', () => {
  expect(rows([says('egress-closed', broken)], { firewall: [] })[0]?.fix).toContain('google_compute_firewall');
});

test('rows stand in the order of the catalogue and then of subjects, whatever the order of the deciders', () => {
  const two = says('admin-closed', { ...holds, subject: 'b' }, { ...holds, subject: 'a' }, { ...holds, subject: 'B' });
  const found = rows([says('egress-closed', holds), two, says('ingress-authenticated', holds)]);
  expect(found.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
    'ingress-authenticated Task',
    'admin-closed B',
    'admin-closed a',
    'admin-closed b',
    'egress-closed Task',
  ]);
});

test('several deciders may each see to a part of a claim', () => {
  expect(rows([says('admin-closed', holds), says('admin-closed', broken)]).map(({ verdict }) => verdict)).toEqual([
    'broken',
    'holds',
  ]);
});

test('an accepted risk is a row of its own and hides nothing', () => {
  const accepted = [
    { claim: 'admin-closed', subject: 'Task', reason: 'we know' },
    { claim: 'bind-narrow', subject: 'Task', reason: 'nobody asked' },
  ];
  const found = rows([says('admin-closed', broken)], { accepted });
  expect(found.map(({ verdict }) => verdict)).toEqual(['broken', 'accepted']);
  expect(summarise(found).exitCode).toBe(1);
});

test('a subject is prefixed by its stack where there are several', () => {
  expect(rows([says('admin-closed', holds)], {}, 'Orders/')).toMatchObject([{ subject: 'Orders/Task' }]);
});

describe('what could not be decided is unproven', () => {
  test('a decider that fails', () => {
    const fails: CheckedClaim = {
      id: 'admin-closed',
      decide: () => {
        throw new RangeError('off by one');
      },
    };
    expect(rows([fails])).toMatchObject([{ verdict: 'unproven', subject: 'Orders', evidence: `${FAULT}off by one` }]);
  });

  test('a decider that says nothing', () => {
    expect(rows([says('admin-closed')])).toMatchObject([{ verdict: 'unproven' }]);
  });

  test.each<readonly [string, Unreadable, string]>([
    ['the subject itself', { subject: 'Task', reason: 'x' }, 'unproven'],
    ['something that it rests on', { subject: 'TaskGroup', reason: 'x' }, 'unproven'],
    ['a part of something that it rests on', { subject: 'TaskGroup/rule', reason: 'x' }, 'unproven'],
    ['the whole template', { subject: 'Transform', reason: 'x', concerns: 'template' }, 'unproven'],
    ['a way in', { subject: 'Classic', reason: 'x', concerns: 'ways-in' }, 'unproven'],
    ['another resource', { subject: 'Bucket', reason: 'x' }, 'holds'],
    ['one whose name begins alike', { subject: 'TaskGroup2', reason: 'x' }, 'holds'],
  ])('what holds, where %s was not read', (_what, unreadable, verdict) => {
    const found = rows([says('admin-closed', holds)], { unreadable: [unreadable] });
    expect(found).toMatchObject([{ verdict }]);
    if (verdict === 'unproven') expect(found[0]?.evidence).toContain(`${unreadable.subject}: x`);
  });

  test('a way in that was not read leaves claims about something else alone', () => {
    const unreadable: readonly Unreadable[] = [{ subject: 'Classic', reason: 'x', concerns: 'ways-in' }];
    expect(rows([says('images-by-digest', holds)], { unreadable })).toMatchObject([{ verdict: 'holds' }]);
  });

  test('what does not apply, where the template may become another', () => {
    const missing: Finding = { verdict: 'not-applicable', subject: 'Task', evidence: 'there is none' };
    const unread: Unreadable = { subject: 'Task', reason: 'x' };
    expect(rows([says('admin-closed', missing)], { unreadable: [{ ...unread, concerns: 'template' }] })).toMatchObject([
      { verdict: 'unproven' },
    ]);
    expect(rows([says('admin-closed', missing)], { unreadable: [unread] })).toMatchObject([
      { verdict: 'not-applicable' },
    ]);
  });

  test('what is broken stays broken', () => {
    const unreadable: readonly Unreadable[] = [{ subject: 'Transform', reason: 'x', concerns: 'template' }];
    expect(rows([says('admin-closed', broken)], { unreadable })).toMatchObject([{ verdict: 'broken' }]);
  });
});

test('a witness without end is cut', () => {
  const [row] = rows([says('admin-closed', { ...broken, evidence: 'x'.repeat(1_000_000) })]);
  expect(row?.evidence.length).toBeLessThan(5_000);
});

test.each([
  [['holds', 'accepted', 'not-applicable'], 0],
  [['holds', 'unproven'], 1],
  [['holds', 'broken'], 1],
  [['not-applicable', 'accepted'], 1],
  [[], 1],
] as const)('%j exits with %i: silence is no verdict', (verdicts, exitCode) => {
  const claims = verdicts.map((verdict) => ({ ...holds, id: 'admin-closed', fix: '', source: 'Task', verdict }));
  expect(summarise(claims).exitCode).toBe(exitCode);
});
