import type { CatalogueClaim } from './catalogue-claim';
import { BENCHMARK, MEASURED_SERVER, OPERATORS } from './sources';

/** The processes themselves, and staying up. */
export const OPERATION_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'unprivileged',
    statement: 'containers run as non-root, with a read-only root, no capabilities and no way to gain any',
    source: BENCHMARK,
    fix: {
      aws: 'set user, readonlyRootFilesystem, drop ALL capabilities and no-new-privileges on each container',
      google: 'run each container with --user, --read-only, --cap-drop ALL and --security-opt no-new-privileges',
    },
  },
  {
    id: 'node-replaced-with-its-disk',
    statement: 'a lost node comes back with its data',
    source: OPERATORS,
    fix: {
      aws: "keep the server's data on a volume that outlives the task, under a fixed node name",
      google:
        "keep the server's data on a google_compute_disk of its own, which the machine that follows is given, under a fixed node name",
    },
  },
  {
    id: 'no-acknowledged-loss',
    statement: 'kill -9 of a node under load loses and doubles nothing acknowledged',
    source: MEASURED_SERVER,
    fix: {
      aws: 'call with an idempotency key, and keep the data on a volume that outlives the task',
      google: 'call with an idempotency key, and keep the data on a google_compute_disk that outlives the machine',
    },
  },
  {
    id: 'deploy-drains',
    statement: 'in-flight calls survive a deployment of the task within its stop time',
    source: OPERATORS,
    fix: {
      aws: "set the server's stopTimeout",
      google: "stop the server's container by docker stop --time, and give its unit a longer TimeoutStopSec",
    },
  },
  {
    id: 'snapshot-restores',
    statement: 'a snapshot or backup restores to a working server',
    source: OPERATORS,
    fix: 'keep all that the server writes on the disk that snapshots are taken of, and its node name fixed',
  },
];
