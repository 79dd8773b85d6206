import { runAttacks } from '../../lib/prove/run';
import type { Observation } from '../../lib/prove/attack';
import { fakeDeployment, REFUSED, scripted, THROUGH } from './fake-deployment';

const options = { subject: 'Task' };

test('a result says what was tried, from where, what was seen and who refused', async () => {
  const { attacks } = await runAttacks(fakeDeployment(), [scripted(REFUSED, THROUGH)], options);
  expect(attacks).toEqual([
    {
      id: 'scripted',
      claim: 'admin-closed',
      subject: 'Task',
      from: 'stranger',
      attempt: 'tries',
      expected: 'refused',
      observed: 'no answer',
      refusedBy: 'firewall: TaskGroup',
      verdict: 'holds',
      control: { from: 'stranger', attempt: 'tries what is allowed', observed: 'got in', verdict: 'succeeded' },
      durationMs: expect.any(Number),
    },
  ]);
});

test('nobody is named as having refused an attack that succeeded', async () => {
  const attack = scripted({ ...THROUGH, refusedBy: 'firewall: TaskGroup' }, THROUGH);
  const { attacks } = await runAttacks(fakeDeployment(), [attack], options);
  expect(attacks[0]).toMatchObject({ verdict: 'broken' });
  expect(attacks[0]).not.toHaveProperty('refusedBy');
});

test('an attempt that throws leaves the verdict unproven', async () => {
  const attack = scripted(() => Promise.reject(new Error('no such place')), THROUGH);
  const { attacks } = await runAttacks(fakeDeployment(), [attack], options);
  expect(attacks[0]).toMatchObject({ verdict: 'unproven', observed: 'could not be tried: no such place' });
});

test('an attempt that hangs is given up, and its verdict is unproven', async () => {
  const attack = scripted(() => new Promise<Observation>(() => undefined), THROUGH);
  const { attacks } = await runAttacks(fakeDeployment(), [attack], { ...options, attemptTimeoutMs: 20 });
  expect(attacks[0]).toMatchObject({ verdict: 'unproven', observed: 'no outcome within 0.02 s' });
});

const NOTHING: Observation = { succeeded: false, observed: 'no answer' };

function inTurn(...seen: readonly Observation[]): () => Promise<Observation> {
  const left = [...seen];
  return () => Promise.resolve(left.shift() ?? seen.at(-1)!);
}

describe('a second try', () => {
  test.each<[string, Observation, string]>([
    ['who refused', REFUSED, 'holds'],
    ['that it got in', THROUGH, 'broken'],
    ['nothing again', NOTHING, 'unproven'],
  ])('is given to an attack that showed nothing, and may show %s', async (_name, second, verdict) => {
    const { attacks } = await runAttacks(fakeDeployment(), [scripted(inTurn(NOTHING, second), THROUGH)], options);
    expect(attacks[0]).toMatchObject({ verdict, secondTry: true });
  });

  test('is not given to one that got in, nor to one that was refused', async () => {
    const attacks = [
      scripted(inTurn(THROUGH, REFUSED), THROUGH, { id: 'got-in' }),
      scripted(inTurn(REFUSED, THROUGH), THROUGH, { id: 'refused' }),
    ];
    const result = await runAttacks(fakeDeployment(), attacks, options);
    expect(result.attacks.map(({ verdict, secondTry }) => [verdict, secondTry])).toEqual([
      ['broken', undefined],
      ['holds', undefined],
    ]);
  });

  test('is given to nobody where most attacks show nothing', async () => {
    const attacks = Array.from({ length: 7 }, (_, index) =>
      scripted(inTurn(NOTHING, REFUSED), THROUGH, { id: `attack-${index}` }),
    );
    const result = await runAttacks(fakeDeployment(), attacks, options);
    expect(result.attacks.every(({ verdict }) => verdict === 'unproven')).toBe(true);
  });
});

test('an attack that does not apply, or needs the real timers, is skipped with the reason', async () => {
  const attacks = [
    scripted(REFUSED, THROUGH, { id: 'foreign', notApplicable: () => 'no such door' }),
    scripted(REFUSED, THROUGH, { id: 'late', slow: true }),
  ];
  const result = await runAttacks(fakeDeployment(), attacks, options);
  expect(result.attacks).toEqual([]);
  expect(result.skipped.map(({ id, reason }) => [id, reason])).toEqual([
    ['foreign', 'no such door'],
    ['late', 'needs --slow'],
  ]);
  expect((await runAttacks(fakeDeployment({ slow: true }), attacks, options)).attacks).toHaveLength(1);
});

test('no more run at once than allowed, and exclusive ones run alone after all others', async () => {
  let running = 0;
  const seen: string[] = [];
  const work = (id: string) => async (): Promise<Observation> => {
    running += 1;
    seen.push(`${id}${running}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    return REFUSED;
  };
  const attacks = [
    scripted(work('x'), THROUGH, { exclusive: true }),
    ...['a', 'b', 'c'].map((id) => scripted(work(id), THROUGH)),
  ];
  await runAttacks(fakeDeployment(), attacks, { ...options, concurrency: 2 });
  expect(seen.slice(0, 3).every((entry) => /^[abc][12]$/.test(entry))).toBe(true);
  expect(seen[1]).toMatch(/2$/);
  expect(seen[3]).toBe('x1');
});

test('progress is told after each attack', async () => {
  const events: unknown[] = [];
  await runAttacks(fakeDeployment(), [scripted(REFUSED, THROUGH)], {
    ...options,
    onProgress: (event) => events.push(event),
  });
  expect(events).toEqual([{ kind: 'attack', id: 'scripted', verdict: 'holds', done: 1, total: 1 }]);
});

test('a secret of the run that an attempt saw does not stand in its result', async () => {
  const secrets = { 'identity-key': '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----' };
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln';
  const leaky = { succeeded: true, observed: `environ holds MC4CAQAwBQYDK2Vw\nand ${token}` };
  const { attacks } = await runAttacks(fakeDeployment({ secrets }), [scripted(leaky, THROUGH)], options);
  expect(attacks[0]?.observed).toBe('environ holds <identity-key> and <token>');
});
