import type { CheckSummary } from '../../../check';
import { VERDICTS } from '../findings';

/** How many claims came to what. */
export function counts(summary: Pick<CheckSummary, (typeof VERDICTS)[number]>): string {
  const items = VERDICTS.filter((verdict) => summary[verdict] > 0).map(
    (verdict) => `<li class="badge ${verdict}">${summary[verdict]} ${verdict}</li>`,
  );
  return `<ul class="counts">${items.join('')}</ul>`;
}
