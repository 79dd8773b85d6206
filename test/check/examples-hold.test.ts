import { check } from '../../lib/check';
import { FAULT } from '../../lib/check/check-artifact';
import { exampleFolder } from './examples';

const reports = new Map<'aws' | 'google', ReturnType<typeof check>>();
function reportOf(cloud: 'aws' | 'google'): ReturnType<typeof check> {
  const known = reports.get(cloud) ?? check({ path: exampleFolder(cloud) });
  reports.set(cloud, known);
  return known;
}

function isWrong(verdict: string): boolean {
  return verdict === 'broken' || verdict === 'unproven';
}

test('every claim that applies holds of the examples of AWS', () => {
  const { claims, summary } = reportOf('aws');
  const wrong = claims.filter(({ verdict }) => isWrong(verdict));
  expect(wrong.map(({ id, subject, evidence }) => `${id} ${subject}: ${evidence}`)).toEqual([]);
  expect(summary).toMatchObject({ exitCode: 0 });
  expect(summary.holds).toBeGreaterThan(300);
});

describe.each(['aws', 'google'] as const)('on the examples of %s', (cloud) => {
  test('no decider fails or is silent', () => {
    const { claims } = reportOf(cloud);
    expect(claims.filter(({ evidence }) => evidence.startsWith(FAULT) || evidence.startsWith('nothing that'))).toEqual(
      [],
    );
  });

  test('each row has a witness, and each that is wrong says what mends it', () => {
    const { claims } = reportOf(cloud);
    expect(claims.filter(({ evidence }) => evidence.trim() === '')).toEqual([]);
    expect(claims.filter(({ verdict, fix }) => isWrong(verdict) !== (fix !== ''))).toEqual([]);
  });

  test('a second look says the same, in the same order', () => {
    expect(check({ path: exampleFolder(cloud) }).claims).toEqual(reportOf(cloud).claims);
  });
});

test('one stack, and one claim, can be asked for', () => {
  const { claims, checks } = check({ path: exampleFolder('aws'), stack: 'Billing', only: ['requests-signed'] });
  expect(claims.map(({ id, verdict, subject }) => [id, verdict, subject.split('/')[0]])).toEqual([
    ['requests-signed', 'holds', 'Billing'],
  ]);
  expect(checks).toBeUndefined();
});
