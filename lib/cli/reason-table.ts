import { textTable } from './text-table';

/** Something that was left out, and why. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** One row a reason, because many of those share one. */
export function reasonTable(heading: string, leftOut: readonly LeftOut[]): string {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  const rows = reasons.map((reason) => {
    const ids = leftOut.filter((item) => item.reason === reason).map(({ id }) => id);
    return [ids.join(', '), reason];
  });
  return textTable([{ heading, width: 47 }, { heading: 'because' }], rows);
}
