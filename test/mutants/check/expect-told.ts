import type { Cloud, Example } from '../../check/examples';
import { changed, type Generated, generatedOf, kindOf, nameOf, textOf } from './generated';
import { type Judged, judged } from './judged';
import { KNOWN_SURVIVORS } from './known-survivors';
import { sampled } from './sample';

/** How many changes of each kind are judged; every one where nothing is said. */
export interface Amounts {
  readonly security: number;
  readonly harmless: number;
  readonly refused: number;
}

/** Tests of a cloud: every change is classified, the sampled ones are judged, and each is told as it should be. */
export function tellsChangesOn(cloud: Cloud, amounts: Amounts): void {
  const secure = new Map<Example, Judged>();
  const judgedSecure = (example: Example): Judged => {
    const known = secure.get(example) ?? (judged(example, textOf(example)) as Judged);
    secure.set(example, known);
    return known;
  };
  const known = KNOWN_SURVIVORS.map(({ name }) => name);
  let all: readonly Generated[] = [];
  beforeAll(() => {
    all = generatedOf(cloud);
  });
  const chosen = (of: 'claims' | 'harmless' | 'refused', count: number): readonly Generated[] => {
    const fitting = all.filter(({ expectation }) => expectation !== undefined && of in expectation);
    return count === Infinity ? fitting : sampled(fitting, kindOf, count);
  };

  test('every change is classified', () => {
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.filter(({ expectation }) => expectation === undefined).map(nameOf)).toEqual([]);
  });

  test('a guard that is gone is told, by a claim that fits', () => {
    const security = [
      ...new Set([...chosen('claims', amounts.security), ...all.filter((each) => known.includes(nameOf(each)))]),
    ];
    const told = security.flatMap((mutant) => {
      const text = changed(mutant);
      return text === undefined ? [] : [{ mutant, result: judged(mutant.example, text) }];
    });
    expect(told.length).toBeGreaterThanOrEqual(Math.min(amounts.security, 300));
    const survivors = told.filter(({ mutant, result }) => !isTold(mutant, result)).map(({ mutant }) => nameOf(mutant));
    const expected = known.filter((name) => told.some(({ mutant }) => nameOf(mutant) === name));
    expect(survivors.sort()).toEqual([...expected].sort());
    const broken = told.filter(({ mutant, result }) => isBroken(mutant, result)).length;
    // what is told must mostly be known to be wrong, not only doubted
    expect(broken / told.length).toBeGreaterThan(told.length < 300 ? 0 : 0.5);
  }, 3_600_000);

  test('what is harmless changes no verdict', () => {
    const alarms = chosen('harmless', amounts.harmless).flatMap((each) => {
      const text = changed(each);
      const result = text === undefined ? undefined : judged(each.example, text);
      const { exitCode, verdicts } = judgedSecure(each.example);
      if (result === undefined) return [];
      return result !== 'refused' && result.exitCode === exitCode && String(result.verdicts) === String(verdicts)
        ? []
        : [nameOf(each)];
    });
    expect(alarms).toEqual([]);
  }, 3_600_000);

  test('nothing makes a decider fail', () => {
    const failures = chosen('refused', amounts.refused).flatMap((each) => {
      const text = changed(each);
      const result = text === undefined ? 'refused' : judged(each.example, text);
      return result === 'refused' ? [] : result.failed.map((failed) => `${nameOf(each)}: ${failed}`);
    });
    expect(failures).toEqual([]);
  }, 3_600_000);
}

function isTold({ expectation }: Generated, result: Judged | 'refused'): boolean {
  if (result === 'refused') return true;
  const claims = expectation !== undefined && 'claims' in expectation ? expectation.claims : [];
  return result.exitCode === 1 && claims.some((id) => result.broken.has(id) || result.unproven.has(id));
}

function isBroken({ expectation }: Generated, result: Judged | 'refused'): boolean {
  if (result === 'refused') return true;
  const claims = expectation !== undefined && 'claims' in expectation ? expectation.claims : [];
  return claims.some((id) => result.broken.has(id));
}
