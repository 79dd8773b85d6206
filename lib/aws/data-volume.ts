import { Aws, type CfnTag, Fn, RemovalPolicy, Size, Tags } from 'aws-cdk-lib';
import { CfnVolume, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { MARKER_TAG } from './data-volume-script';

/** Tag of the volume, and of each of its snapshots: those that the schedule is about. */
export const SNAPSHOT_TAG = 'portcullis:snapshots';

/** Properties of {@link DataVolume}. */
export interface DataVolumeProps {
  /** The subnet of the node: a volume can be attached in its own zone alone. */
  readonly subnet: ISubnet;
  readonly encryptionKey: IKey;
  /** @default Size.gibibytes(64) */
  readonly size: Size | undefined;
  /** Whose data the disk holds: the name of the Restate cluster. */
  readonly marker: string;
  /** The snapshot that the disk is made of, `snap-...`. @default - an empty disk */
  readonly restoreFrom: string | undefined;
}

/** The disk that holds the journal and the state. It outlives machines, and the stack. */
export class DataVolume extends Construct {
  public readonly resource: CfnVolume;
  /** Id of the volume, `vol-...`. */
  public readonly volumeId: string;
  /** Value of the tag that its snapshots are taken by: of this disk alone, and not of the one that it was restored from. */
  public readonly snapshotTag: string;

  public constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const { restoreFrom } = props;
    if (restoreFrom !== undefined) assertSnapshot(restoreFrom);
    // Another snapshot is another disk: the one before it is kept, too.
    this.resource = new CfnVolume(this, restoreFrom ?? 'Resource', {
      availabilityZone: props.subnet.availabilityZone,
      encrypted: true,
      kmsKeyId: props.encryptionKey.keyArn,
      size: (props.size ?? Size.gibibytes(64)).toGibibytes(),
      volumeType: 'gp3',
      ...(restoreFrom !== undefined && { snapshotId: restoreFrom, tags: holdsDataOf(props.marker) }),
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.volumeId = this.resource.ref;
    this.snapshotTag = Fn.join('-', [Fn.select(2, Fn.split('/', Aws.STACK_ID)), this.resource.node.addr.slice(-12)]);
    Tags.of(this.resource).add(SNAPSHOT_TAG, this.snapshotTag);
  }
}

/** A disk that must hold data is never formatted, and one that holds another's is refused: that is what the machine reads from this tag. */
function holdsDataOf(marker: string): CfnTag[] {
  return [{ key: MARKER_TAG, value: marker }];
}

function assertSnapshot(restoreFrom: string): void {
  if (/^snap-[0-9a-f]{8,17}$/.test(concrete('restoreFrom', restoreFrom))) return;
  throw new UnsafeConfigurationError({
    code: 'SnapshotIdInvalid',
    given: `restoreFrom ${quote(restoreFrom)}`,
    because: 'a disk is restored from a snapshot of it, in any zone and under the key of this server',
    write: "give 'snap-...'; of a disk that is left, take one: aws ec2 create-snapshot --volume-id vol-...",
  });
}
