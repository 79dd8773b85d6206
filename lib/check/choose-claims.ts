import { CLAIMS } from '../claims/claims';
import { nearIds } from '../claims/near-ids';
import type { CheckedClaim } from './checked-claim';

/** An id was asked for that no decided claim has. Nothing was looked at. */
export class UnknownClaimError extends Error {
  public constructor(id: string, known: readonly string[]) {
    const near = nearIds(id, known);
    const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : '--list shows all of them';
    const attacked = CLAIMS.some((claim) => claim.id === id)
      ? 'the files alone do not show it; `portcullis prove` attacks it'
      : hint;
    super(`there is no claim ${JSON.stringify(id)} that is decided from the files; ${attacked}`);
    this.name = 'UnknownClaimError';
  }
}

/**
 * How the claims with these ids are decided; all of them when nothing is asked for.
 *
 * @throws UnknownClaimError
 */
export function chooseClaims(
  ids: readonly string[] | undefined,
  deciders: readonly CheckedClaim[],
): readonly CheckedClaim[] {
  if (ids === undefined) return deciders;
  const known = [...new Set(deciders.map(({ id }) => id))];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UnknownClaimError(unknown, known);
  return deciders.filter(({ id }) => ids.includes(id));
}
