import type { Verdict } from '../../artifact/claim';
import type { CheckResult } from '../report';
import type { Change } from './diff-report';

const BADNESS: Readonly<Record<Verdict, number>> = {
  broken: 2,
  unproven: 1,
  holds: 0,
  accepted: 0,
  'not-applicable': 0,
};

/** Claims of one stack that are worse, or better, than they were: by the worst of what each was found about. */
export function compareClaims(before: readonly CheckResult[], after: readonly CheckResult[]): readonly Change[] {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  return ids.flatMap((id): readonly Change[] => {
    const [was, is] = [worst(before, id), worst(after, id)];
    const [badBefore, badNow] = [badness(was), badness(is)];
    if (badBefore === badNow) return [];
    const told = is ?? was;
    if (told === undefined) return [];
    const { subject, source } = badNow > badBefore ? told : (was ?? told);
    const what = `${id}: ${was?.verdict ?? 'not there'} before, ${is?.verdict ?? 'not there'} now${is === undefined ? '' : `: ${is.evidence}`}`;
    return [{ change: badNow > badBefore ? 'opened' : 'closed', kind: 'claim', subject, what, source }];
  });
}

function worst(rows: readonly CheckResult[], id: string): CheckResult | undefined {
  return rows
    .filter((row) => row.id === id && row.verdict !== 'accepted')
    .toSorted((one, other) => BADNESS[other.verdict] - BADNESS[one.verdict])[0];
}

function badness(row: CheckResult | undefined): number {
  return row === undefined ? 0 : BADNESS[row.verdict];
}
