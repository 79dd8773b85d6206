import { onlyOf } from './network-of';
import { type Asked, serverResources } from './template-of';

const SNAPSHOT = 'projects/my-project/global/snapshots/orders-1';

function userDataOf(asked: Asked): string {
  const resources = serverResources(() => asked);
  const { metadata } = onlyOf(resources, 'google_compute_instance_template');
  return (metadata as Record<string, string>)['user-data'] ?? '';
}

function policyOf(asked: Asked = {}): unknown {
  const resources = serverResources(() => asked);
  return onlyOf(resources, 'google_compute_resource_policy')['snapshot_schedule_policy'];
}

const diskOf = (asked: Asked = {}): Readonly<Record<string, unknown>> =>
  onlyOf(
    serverResources(() => asked),
    'google_compute_disk',
  );

describe('the data disk', () => {
  test('is one that RocksDB is fast on, and may be another such', () => {
    expect(diskOf()).toMatchObject({ type: 'pd-ssd', size: 64, zone: 'europe-west1-b' });
    expect(diskOf({ diskType: 'pd-balanced', diskSizeGib: 500 })).toMatchObject({ type: 'pd-balanced', size: 500 });
  });

  test('waits for the right to its key', () => {
    expect(diskOf()['depends_on']).toEqual([
      expect.stringMatching(/^google_kms_crypto_key_iam_member\.Restate_Encryption_DiskAgent/),
    ]);
  });

  test('of a snapshot is another disk by name, so that the one before it stays beside it', () => {
    const [blank, restored, later] = [{}, { restoreFrom: SNAPSHOT }, { restoreFrom: `${SNAPSHOT}2` }].map(diskOf);
    expect(restored).toMatchObject({ snapshot: SNAPSHOT, lifecycle: { prevent_destroy: true } });
    expect(new Set([blank?.['name'], restored?.['name'], later?.['name']]).size).toBe(3);
  });

  test('of a snapshot is never formatted, which the machine is told', () => {
    const told = /ExecStart=\/bin\/bash \/etc\/portcullis\/data-disk .* (new|restored)$/m;
    expect(told.exec(userDataOf({}))?.[1]).toBe('new');
    expect(told.exec(userDataOf({ restoreFrom: SNAPSHOT }))?.[1]).toBe('restored');
  });
});

describe('snapshots', () => {
  test('are taken every six hours, kept a week in the region, and outlive the disk', () => {
    expect(policyOf()).toEqual({
      schedule: { hourly_schedule: { hours_in_cycle: 6, start_time: '00:00' } },
      retention_policy: { max_retention_days: 7, on_source_disk_delete: 'KEEP_AUTO_SNAPSHOTS' },
      snapshot_properties: { storage_locations: ['europe-west1'] },
    });
  });

  test('of a day are counted in days', () => {
    expect(policyOf({ snapshots: { everyHours: 24, keepDays: 30 } })).toMatchObject({
      schedule: { daily_schedule: { days_in_cycle: 1, start_time: '00:00' } },
      retention_policy: { max_retention_days: 30 },
    });
  });

  test('are of the one disk', () => {
    expect(onlyOf(serverResources(), 'google_compute_disk_resource_policy_attachment')).toMatchObject({
      disk: expect.stringContaining('google_compute_disk.Restate_Data') as string,
      name: expect.stringContaining('google_compute_resource_policy.Restate_Snapshots') as string,
    });
  });

  test('that were turned off are a risk that every report shows', () => {
    const resources = serverResources(() => ({ snapshots: false }));
    expect(resources['google_compute_resource_policy']).toBeUndefined();
    expect(onlyOf(resources, 'google_compute_disk')['//']).toMatchObject({
      'portcullis:accepted': [{ claim: 'snapshot-restores' }],
    });
    expect(diskOf()['//']).not.toHaveProperty('portcullis:accepted');
  });
});

describe('logs', () => {
  const resources = serverResources();
  const sink = onlyOf(resources, 'google_logging_project_sink');

  test('of the containers are kept for a year, and may be locked', () => {
    expect(onlyOf(resources, 'google_logging_project_bucket_config')).toMatchObject({
      retention_days: 365,
      locked: false,
      location: 'europe-west1',
    });
    const locked = serverResources(() => ({ lockLogs: true, logRetentionDays: 30 }));
    expect(onlyOf(locked, 'google_logging_project_bucket_config')).toMatchObject({ retention_days: 30, locked: true });
  });

  test('are those of this machine alone, and stand in no other bucket', () => {
    const { name } = onlyOf(resources, 'google_compute_per_instance_config');
    expect(sink['filter']).toBe(
      `logName="projects/my-project/logs/gcplogs-docker-driver" AND jsonPayload.instance.name="${String(name)}"`,
    );
    expect(onlyOf(resources, 'google_logging_project_exclusion')['filter']).toBe(sink['filter']);
  });
});

describe('a key of the user', () => {
  const key = 'projects/keys/locations/europe-west1/keyRings/all/cryptoKeys/restate';
  const resources = serverResources(() => ({
    encryptionKey: key,
    logEncryptionAgent: 'cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com',
  }));

  test('stands in place of one that is made', () => {
    expect(resources['google_kms_crypto_key']).toBeUndefined();
    expect(onlyOf(resources, 'google_compute_disk')['disk_encryption_key']).toEqual({ kms_key_self_link: key });
  });

  test('admits the agents that are named', () => {
    expect(Object.values(resources['google_kms_crypto_key_iam_member'] ?? {})).toMatchObject([
      { crypto_key_id: key, member: expect.stringContaining('@compute-system.') as string },
      { crypto_key_id: key, member: 'serviceAccount:cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com' },
    ]);
  });
});
