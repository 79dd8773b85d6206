import type { PlaceName } from './attack';
import { CATALOGUE } from './catalogue';

/** An attack as `--list` shows it. */
export interface ListedAttack {
  readonly id: string;
  readonly claim: string;
  readonly from: PlaceName;
  readonly attempt: string;
  readonly expected: string;
  readonly control: string;
  /** Runs under `--slow` alone. */
  readonly slow: boolean;
}

/** Every attack that there is. */
export function listAttacks(): readonly ListedAttack[] {
  return CATALOGUE.map(({ id, claim, from, attempt, expected, control, slow = false }) => ({
    id,
    claim,
    from,
    attempt,
    expected,
    control: control.attempt,
    slow,
  }));
}
