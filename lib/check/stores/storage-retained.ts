import type { EncryptionKey } from '../../artifact/encryption-key';
import type { Fate, Store } from '../../artifact/store';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { storesOf } from './related';
import { storeClaim } from './store-claim';

/** Kinds that hold data which is gone with them. What is in a topic is on its way, and a machine's own disk is nobody's store. */
const KEEPING: readonly Store['kind'][] = ['disk', 'bucket', 'secret', 'log', 'queue', 'file-system'];
/** Where a journal can lie. */
const OF_JOURNAL: readonly Store['kind'][] = ['disk', 'file-system', 'bucket'];
/** The clouds' own default is longer; a shorter time is over before a lost key is missed. */
const LEAST_PENDING_DAYS = 7;

/** What the deployment keeps outlives its stack: disks, buckets, logs, secrets, and the keys without which none of it can be read. */
export const STORAGE_RETAINED: CheckedClaim = storeClaim('storage-retained', (deployment) => {
  const stores = storesOf(deployment).filter((store) => KEEPING.includes(store.kind));
  const keys = (deployment.artifact.keys ?? []).filter(({ id }) =>
    storesOf(deployment).some(({ encryption }) => encryption.kind === 'own-key' && encryption.of === id),
  );
  return [
    ...journalFindings(deployment, stores),
    ...stores.map(({ id, kind, fate }) => fateFinding(id, kind, fate)),
    ...keys.map(keyFinding),
  ];
});

/** A server whose journal lies on what comes and goes with its task or machine keeps nothing. */
function journalFindings({ server }: CheckedDeployment, stores: readonly Store[]): readonly Finding[] {
  if (server === undefined || stores.some(({ kind }) => OF_JOURNAL.includes(kind))) return [];
  const ended =
    server.host.machine?.endsByMistake === true
      ? ', and nothing keeps the machine from being ended by mistake (DisableApiTermination)'
      : '';
  const evidence = `the journal of ${server.host.id} lies on what is deleted with its task or machine: the file has no disk, file system or bucket that it uses${ended}`;
  return [{ verdict: 'broken', subject: server.host.id, evidence }];
}

function keyFinding({ id, fate, pendingDays }: EncryptionKey): Finding {
  if (pendingDays !== undefined && pendingDays < LEAST_PENDING_DAYS) {
    return { verdict: 'broken', subject: id, evidence: `key ${id} is gone ${pendingDays} days after its deletion` };
  }
  return fateFinding(id, 'key', fate);
}

function fateFinding(id: string, kind: string, { onDelete, onReplace }: Fate): Finding {
  const fates = [onDelete, onReplace];
  if (fates.includes('deleted')) {
    const when = onDelete === 'deleted' ? 'with the stack' : 'when another takes its place';
    return { verdict: 'broken', subject: id, evidence: `${kind} ${id} is deleted ${when}` };
  }
  if (fates.includes('unknown')) {
    return { verdict: 'unproven', subject: id, evidence: `what becomes of ${kind} ${id} is not known from the file` };
  }
  return {
    verdict: 'holds',
    subject: id,
    evidence: `${kind} ${id} is kept on deletion (${onDelete}) and replacement (${onReplace})`,
  };
}
