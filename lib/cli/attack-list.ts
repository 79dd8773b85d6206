import type { ListedAttack } from '../prove';
import { textTable } from './text-table';

/** Renders the catalogue for people: what is tried, for which claim, from where, and what must come of it. */
export function attackList(attacks: readonly ListedAttack[]): string {
  const columns = [
    { heading: 'attack', width: 31 },
    { heading: 'claim', width: 27 },
    { heading: 'from', width: 8 },
    { heading: 'expected' },
  ];
  const rows = attacks.map(({ id, claim, from, expected, slow }) => [
    id,
    claim,
    from,
    slow ? `${expected} (--slow)` : expected,
  ]);
  return `${textTable(columns, rows)}\n`;
}
