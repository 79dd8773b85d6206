import type { ServerRecords } from '../deployment';

/** Ids of the invocations that the server itself has on record for keys of virtual objects: key to id. */
export async function invocationsByKey(
  records: ServerRecords,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const quoted = keys.map((key) => `'${key.replaceAll("'", "''")}'`).join(', ');
  const query = `SELECT id, target_service_key FROM sys_invocation WHERE target_service_key IN (${quoted})`;
  const answer = await records.admin('/query', { method: 'POST', json: { query }, timeoutMs: 8_000 });
  if (answer.status !== 200) throw new Error(`the server's records answered ${answer.status}`);
  const { rows } = JSON.parse(answer.body) as { rows: { id: string; target_service_key: string }[] };
  return new Map(rows.map((row) => [row.target_service_key, row.id]));
}
