import type { ServerRecords } from '../deployment';

interface Row {
  readonly id: string;
  readonly target_service_key: string | null;
  readonly idempotency_key: string | null;
}

/** Ids of the invocations that the server itself has on record for marks, which are keys of objects or idempotency keys: mark to id. */
export async function invocationsOf(
  records: ServerRecords,
  marks: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const quoted = marks.map((mark) => `'${mark.replaceAll("'", "''")}'`).join(', ');
  const query = `SELECT id, target_service_key, idempotency_key FROM sys_invocation WHERE target_service_key IN (${quoted}) OR idempotency_key IN (${quoted})`;
  const answer = await records.admin('/query', { method: 'POST', json: { query }, timeoutMs: 8_000 });
  if (answer.status !== 200) throw new Error(`the server's records answered ${answer.status}`);
  const { rows } = JSON.parse(answer.body) as { rows: readonly Row[] };
  const marked = rows.flatMap(({ id, target_service_key: key, idempotency_key: idempotencyKey }) =>
    [key, idempotencyKey].flatMap((mark) => (mark !== null && marks.includes(mark) ? [[mark, id] as const] : [])),
  );
  return new Map(marked);
}
