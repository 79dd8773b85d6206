import { CLAIMS } from '../../claims/claims';
import { textTable } from '../text-table';

/** A claim that the files can show. */
export interface ListedClaim {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  /** How it is decided. */
  readonly decided: string;
}

/** The claims that `check` decides, in the order of the catalogue. */
export function listClaims(): readonly ListedClaim[] {
  return CLAIMS.flatMap(({ id, statement, source, decided }) =>
    decided === undefined ? [] : [{ id, statement, source, decided }],
  );
}

/** Renders them for people. */
export function claimList(claims: readonly ListedClaim[]): string {
  const columns = [{ heading: 'claim', width: 32 }, { heading: 'what must hold' }];
  return `${textTable(
    columns,
    claims.map(({ id, statement }) => [id, statement]),
  )}\n`;
}
