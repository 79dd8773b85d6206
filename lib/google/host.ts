import { quote, UnsafeConfigurationError } from '../core/errors';
import type { ServerHost } from './restate-server-props';

/** Why the server cannot stand there, for good. */
const UNFIT: Readonly<Record<Exclude<ServerHost, 'compute-engine'>, string>> = {
  'cloud-run-service':
    'RocksDB needs a disk that outlives the instance, and a service has memory alone; its one port leaves none for the fabric, and ' +
    'ten seconds after SIGTERM it is killed, in the middle of its work',
  'cloud-run-worker-pool':
    'RocksDB needs a real disk, and a worker pool mounts NFS and buckets, on which it loses data; nothing can connect to it, no caller ' +
    'and no fabric, and ten seconds after SIGTERM it is killed, in the middle of its work',
};

/**
 * Refuses to host the server where it would lose data.
 *
 * @throws UnsafeConfigurationError `HostUnfit`
 */
export function assertHost(host: ServerHost = 'compute-engine'): void {
  if (host === 'compute-engine') return;
  throw new UnsafeConfigurationError({
    code: 'HostUnfit',
    given: `host ${quote(host)}`,
    because: UNFIT[host] ?? 'nothing is known of a server there',
    write:
      "leave it out, which is 'compute-engine': a virtual machine with a disk. Services behind Restate are what Cloud Run is for: CloudRunService",
  });
}
