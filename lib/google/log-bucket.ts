import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectExclusion } from '@cdktf/provider-google/lib/logging-project-exclusion';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { Encryption } from './encryption';
import { resourceName } from './resource-name';

/** Properties of {@link LogBucket}. */
export interface LogBucketProps {
  /** Id of the project. */
  readonly project: string;
  readonly region: string;
  readonly encryption: Encryption;
  /** Name of the machine whose containers it keeps the lines of. */
  readonly machine: string;
  /** @default 365 */
  readonly retentionDays: number | undefined;
  /** @default false */
  readonly locked: boolean | undefined;
}

const LEAST_DAYS = 1;
const MOST_DAYS = 3650;

/** What the containers wrote, encrypted; it outlives the machine, because that is when it is asked for. */
export class LogBucket extends Construct {
  public readonly resource: LoggingProjectBucketConfig;
  public readonly sink: LoggingProjectSink;
  /** Keeps the lines out of the project's own bucket, which has another key and other readers. */
  public readonly exclusion: LoggingProjectExclusion;

  /** @throws UnsafeConfigurationError `LogRetentionInvalid`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { project, region, encryption, machine, retentionDays = 365, locked = false } = props;
    assertRetention(retentionDays);
    this.resource = new LoggingProjectBucketConfig(this, 'Resource', {
      project,
      location: region,
      bucketId: resourceName(this),
      description: 'Lines of the containers of Restate',
      retentionDays,
      locked,
      cmekSettings: { kmsKeyName: encryption.keyId },
      lifecycle: { preventDestroy: true },
      dependsOn: [encryption.forLogs],
    });
    // A bucket of the same project needs no right of the sink's own.
    const filter = `logName="projects/${project}/logs/gcplogs-docker-driver" AND jsonPayload.instance.name="${machine}"`;
    this.sink = new LoggingProjectSink(this, 'Sink', {
      name: resourceName(this),
      project,
      destination: `logging.googleapis.com/${this.resource.id}`,
      filter,
      uniqueWriterIdentity: true,
    });
    this.exclusion = new LoggingProjectExclusion(this, 'Exclusion', {
      name: resourceName(this),
      description: 'Kept in a bucket of its own',
      project,
      filter,
      dependsOn: [this.sink],
    });
  }
}

function assertRetention(days: number): void {
  if (Number.isInteger(concrete('logRetentionDays', days)) && days >= LEAST_DAYS && days <= MOST_DAYS) return;
  throw new UnsafeConfigurationError({
    code: 'LogRetentionInvalid',
    given: `logRetentionDays ${quote(days)}`,
    because: 'Cloud Logging keeps no log for so long',
    write: `leave it out, or give a whole number of days from ${LEAST_DAYS} to ${MOST_DAYS}`,
  });
}
