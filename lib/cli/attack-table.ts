import type { AttackResult } from '../prove';
import { textTable } from './text-table';
import type { WriteVerdict } from './verdict-colour';

/** The attacks that were run: from where, who refused (else what was seen), and whether the control came through. */
export function attackTable(attacks: readonly AttackResult[], verdict: WriteVerdict): string {
  const columns = [
    { heading: 'attack', width: 31 },
    { heading: 'from', width: 14 },
    { heading: 'verdict', width: 8 },
    { heading: 'refused by' },
    { heading: 'control', width: 9 },
  ];
  const rows = attacks.map((attack) => [
    attack.id,
    attack.from,
    verdict(attack.verdict),
    `${attack.refusedBy ?? attack.observed}${attack.secondTry === true ? ' (second try)' : ''}`,
    attack.control.verdict,
  ]);
  return textTable(columns, rows);
}
