import { checkHostile, outcomeOf } from '../../check/check-hostile';
import { type Example, EXAMPLES } from '../../check/examples';
import { HOSTILE_ATTACKS, soundText } from '../../check/hostile-attacks';

/** Of each of five examples: five hundred in all in a minute or two. HOSTILE_EACH=2000 tries ten thousand, in half an hour. */
const EACH = Number(process.env['HOSTILE_EACH'] ?? 100);
const MINUTES = 60;
/** Longer than any of them takes on a machine with other work. */
const MOST_CPU_MS = 20_000;

test.each(Object.keys(EXAMPLES) as Example[])(
  'none of hundreds of hostile changes of %s makes the check fail or hang',
  (example) => {
    const outcomes = Array.from({ length: EACH }, (_, seed) => checkHostile(example, seed));
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'checked').length).toBeGreaterThan(EACH / 2);
  },
  MINUTES * 60_000,
);

test.each(HOSTILE_ATTACKS)('$example with $what is not taken for safe', ({ example, text, format, never }) => {
  const sound = soundText(example);
  const edited = text(sound);
  expect(edited).not.toBe(sound);
  const before = process.cpuUsage();
  const { outcome, faults, holds } = outcomeOf(example, edited, format);
  expect(faults).toEqual([]);
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(MOST_CPU_MS);
  expect(outcome).toBe(never === 'refused' ? 'refused' : 'checked');
  expect(holds).not.toContain(never);
});

test('what the attacks are held against is safe before them', () => {
  for (const { example, never } of HOSTILE_ATTACKS.filter(
    (attack) => attack.never !== undefined && attack.never !== 'refused',
  )) {
    expect(outcomeOf(example, soundText(example)).holds).toContain(never);
  }
}, 120_000);
