import type { RegisteredApiKey } from '../../core/api-key-registry';
import { textTable } from '../text-table';

/** A key, and what it is worth. */
export interface ListedApiKey extends RegisteredApiKey {
  readonly state: 'good' | 'expired' | 'revoked';
}

const DAY_MS = 86_400_000;

/** Renders keys for people, those that end first at the top. */
export function keyTable(keys: readonly ListedApiKey[], now: number): string {
  const columns = [
    { heading: 'id', width: 20 },
    { heading: 'name', width: 14 },
    { heading: 'state', width: 18 },
    { heading: 'audiences and scopes' },
    { heading: 'expires', width: 10 },
  ];
  const rows = keys
    .toSorted((one, other) => one.expires.localeCompare(other.expires))
    .map((key) => [
      key.id,
      key.name,
      state(key, now),
      [...key.audiences, key.scopes.join(' ') || 'no scope'].join('\n'),
      key.expires.slice(0, 10),
    ]);
  return rows.length === 0 ? 'no keys\n' : `${textTable(columns, rows)}\n`;
}

function state(key: ListedApiKey, now: number): string {
  if (key.state === 'revoked') return `revoked ${(key.revoked ?? '').slice(0, 10)}`;
  if (key.state === 'expired') return 'expired';
  const days = Math.ceil((Date.parse(key.expires) - now) / DAY_MS);
  return `${days} ${days === 1 ? 'day' : 'days'} left`;
}
