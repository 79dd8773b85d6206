/**
 * The keys of the server's configuration, by section. Each was read back from `restate-server --dump-config` of 1.7.12; of those that are not
 * here some are ignored without a word, and others were never tried. Keys at the root that have moved to a section are left out: they are
 * read with a warning for one more minor release.
 */
const KEYS: Readonly<Record<string, string>> = {
  '':
    'advertised-address advertised-host auto-provision base-dir bind-address bind-ip bind-port cluster-name ' +
    'default-idempotency-retention default-journal-retention default-num-partitions default-replication ' +
    'default-thread-pool-size default-workflow-completion-retention disable-config-sql-table disable-prometheus ' +
    'disable-telemetry experimental-enable-vqueues force-node-id gossip-extras-exchange-frequency ' +
    'gossip-failure-threshold gossip-fd-stability-threshold gossip-loneliness-threshold gossip-num-peers ' +
    'gossip-suspect-interval gossip-tick-interval gossip-time-skew-threshold hlc-max-drift initialization-timeout ' +
    'listen-mode location log-disable-ansi-codes log-filter log-format max-journal-retention ' +
    'metadata-fetch-from-peer-timeout metadata-update-interval node-name rocksdb-disable-wal-compression ' +
    'rocksdb-max-write-rate-per-second rocksdb-perf-level rocksdb-total-memory-size rocksdb-total-memtables-ratio ' +
    'roles shutdown-timeout storage-high-priority-bg-threads storage-low-priority-bg-threads tracing-endpoint ' +
    'tracing-filter tracing-json-path tracing-runtime-endpoint tracing-services-endpoint use-random-ports',
  admin:
    'advertised-address advertised-host bind-address bind-ip bind-port concurrent-api-requests-limit ' +
    'deployment-routing-headers disable-web-ui heartbeat-interval listen-mode use-random-ports',
  'admin.query-engine': 'memory-size query-parallelism tmp-dir',
  'admin.query-engine.rate-limiting': 'capacity rate',
  bifrost:
    'append-retry-max-interval append-retry-min-interval auto-recovery-interval default-provider ' +
    'disable-auto-improvement record-cache-memory-size record-size-limit seal-retry-interval',
  'bifrost.local':
    'rocksdb-block-size rocksdb-compaction-readahead-size rocksdb-disable-auto-compactions ' +
    'rocksdb-disable-direct-io-for-flush-and-compactions rocksdb-disable-direct-io-for-reads ' +
    'rocksdb-disable-l0-l1-compression rocksdb-disable-statistics rocksdb-disable-wal ' +
    'rocksdb-disable-wal-compression rocksdb-disable-wal-fsync rocksdb-log-keep-file-num rocksdb-log-level ' +
    'rocksdb-log-max-file-size rocksdb-max-background-compactions rocksdb-max-background-flushes ' +
    'rocksdb-memory-budget rocksdb-memory-ratio rocksdb-statistics-level writer-batch-commit-count ' +
    'writer-batch-commit-duration',
  'bifrost.read-retry-policy': 'factor initial-interval max-attempts max-interval type',
  'bifrost.replicated-loglet':
    'default-nodeset-size maximum-inflight-records read-batch-size readahead-records readahead-trigger-ratio ' +
    'rpc-timeout sequencer-inactivity-timeout store-timeout',
  'default-retry-policy': 'exponentiation-factor initial-interval max-attempts max-interval on-max-attempts',
  ingress:
    'advertised-address advertised-host bind-address bind-ip bind-port concurrent-api-requests-limit ' +
    'http2-max-concurrent-streams kafka-clusters listen-mode request-size-limit use-random-ports',
  'ingress.ingestion': 'inflight-memory-budget request-batch-size',
  'ingress.ingestion.connection-retry-policy': 'factor initial-interval max-interval type',
  'log-server':
    'always-commit-in-background incoming-network-queue-length rocksdb-block-size ' +
    'rocksdb-compaction-readahead-size rocksdb-disable-auto-compactions ' +
    'rocksdb-disable-direct-io-for-flush-and-compactions rocksdb-disable-direct-io-for-reads ' +
    'rocksdb-disable-l0-l1-compression rocksdb-disable-statistics rocksdb-disable-wal-compression ' +
    'rocksdb-disable-wal-fsync rocksdb-enable-blob-separation rocksdb-l0-num-compaction-trigger ' +
    'rocksdb-log-keep-file-num rocksdb-log-level rocksdb-log-max-file-size rocksdb-max-background-compactions ' +
    'rocksdb-max-file-size rocksdb-max-sub-compactions rocksdb-memory-budget rocksdb-memory-ratio ' +
    'rocksdb-partition-sst-by-log rocksdb-partition-sst-by-loglet rocksdb-statistics-level ' +
    'rocksdb-writable-file-max-buffer-size',
  'metadata-client':
    'addresses aws-access-key-id aws-allow-http aws-endpoint-url aws-profile aws-region aws-secret-access-key ' +
    'aws-session-token connect-timeout keep-alive-interval keep-alive-timeout message-size-limit path type',
  'metadata-client.backoff-policy': 'factor initial-interval max-attempts max-interval type',
  'metadata-server':
    'auto-join log-trim-threshold raft-election-tick raft-heartbeat-tick raft-tick-interval request-queue-length ' +
    'rocksdb-block-size rocksdb-compaction-readahead-size rocksdb-disable-auto-compactions ' +
    'rocksdb-disable-direct-io-for-flush-and-compactions rocksdb-disable-direct-io-for-reads ' +
    'rocksdb-disable-l0-l1-compression rocksdb-disable-statistics rocksdb-disable-wal-compression ' +
    'rocksdb-log-keep-file-num rocksdb-log-level rocksdb-log-max-file-size rocksdb-max-background-compactions ' +
    'rocksdb-max-background-flushes rocksdb-memory-budget rocksdb-memory-ratio rocksdb-statistics-level ' +
    'status-update-interval',
  'network-error-retry-policy': 'factor initial-interval max-attempts max-interval type',
  networking:
    'connect-timeout data-stream-window-size disable-compression handshake-timeout http2-adaptive-window ' +
    'http2-keep-alive-interval http2-keep-alive-timeout',
  'networking.connect-retry-policy': 'factor initial-interval max-attempts max-interval type',
  tls: 'allowed-subject-names ca-files cert-file key-file mode refresh-interval require-client-auth',
  worker:
    'cleanup-interval data-service-memory-limit durability-mode internal-queue-length max-command-batch-bytes ' +
    'max-command-batch-size num-timers-in-memory-limit rule-book-poll-interval self-proposal-queue-memory-limit ' +
    'trim-delay-interval',
  'worker.invoker':
    'abort-timeout aws-assume-role-external-id aws-profile concurrent-invocations-limit connect-timeout ' +
    'disable-eager-state eager-state-size-limit http-proxy http2-idle-connection-timeout ' +
    'http2-initial-connection-window-size http2-initial-stream-window-size http2-keep-alive-interval ' +
    'http2-keep-alive-jitter http2-keep-alive-timeout http2-max-frame-size http2-streams-per-connection-limit ' +
    'in-memory-queue-length-limit inactivity-timeout max-awaited-future-depth memory-limit message-size-limit ' +
    'message-size-warning no-proxy per-invocation-initial-memory per-invocation-memory-limit ' +
    'request-compression-threshold request-identity-expiration request-identity-private-key-pem-file tmp-dir',
  'worker.invoker.action-throttling': 'capacity rate',
  'worker.invoker.invocation-throttling': 'capacity rate',
  'worker.shuffle': 'inflight-memory-budget request-batch-size',
  'worker.shuffle.connection-retry-policy': 'factor initial-interval max-interval type',
  'worker.snapshots':
    'aws-access-key-id aws-allow-http aws-endpoint-url aws-profile aws-region aws-secret-access-key ' +
    'aws-session-token destination num-retained snapshot-interval snapshot-interval-num-records',
  'worker.snapshots.object-store-retry-policy': 'factor initial-interval max-attempts max-interval type',
  'worker.storage':
    'rocksdb-block-size rocksdb-compaction-readahead-size rocksdb-disable-auto-compactions ' +
    'rocksdb-disable-auto-memory-reclaimer rocksdb-disable-direct-io-for-flush-and-compactions ' +
    'rocksdb-disable-direct-io-for-reads rocksdb-disable-l0-l1-compression rocksdb-disable-statistics ' +
    'rocksdb-disable-wal-compression rocksdb-l0-num-compaction-trigger rocksdb-log-keep-file-num ' +
    'rocksdb-log-level rocksdb-log-max-file-size rocksdb-max-background-compactions ' +
    'rocksdb-max-background-flushes rocksdb-max-file-size rocksdb-max-sub-compactions rocksdb-memory-budget ' +
    'rocksdb-memory-ratio rocksdb-statistics-level rocksdb-writable-file-max-buffer-size',
};

/** Sections whose keys are names that the user chooses. */
const OPEN_SECTIONS = /^(?:tracing-headers|worker\.invoker\.additional-request-headers)\.[^.]+$/;

const KNOWN: ReadonlySet<string> = new Set(
  Object.entries(KEYS).flatMap(([section, keys]) =>
    keys.split(' ').map((key) => (section === '' ? key : `${section}.${key}`)),
  ),
);

/** Whether the server is known to read a key: `admin.bind-address`. */
export function isKnownKey(key: string): boolean {
  return KNOWN.has(key) || OPEN_SECTIONS.test(key);
}

/** The known key that one was perhaps meant to be: it differs in a letter or two, or in the section that it stands in. */
export function nearestKey(key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const near = [...KNOWN].filter((each) => isNear(each, key) || each.replaceAll('.', '-') === key.replaceAll('.', '-'));
  const moved = [...KNOWN].filter((each) => each.endsWith(`.${name}`));
  return near[0] ?? (moved.length === 1 ? moved[0] : undefined);
}

/** Whether two words differ by at most two letters that are left out, put in or exchanged. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[other.length] ?? 3) <= 2;
}
