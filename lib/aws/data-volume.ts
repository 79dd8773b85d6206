import { RemovalPolicy, Size } from 'aws-cdk-lib';
import { CfnVolume, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** Properties of {@link DataVolume}. */
export interface DataVolumeProps {
  /** The subnet of the node: a volume can be attached in its own zone alone. */
  readonly subnet: ISubnet;
  readonly encryptionKey: IKey;
  /** @default Size.gibibytes(64) */
  readonly size: Size | undefined;
}

/** The disk that holds the journal and the state. It outlives machines, and the stack. */
export class DataVolume extends Construct {
  /** Id of the volume, `vol-...`. */
  public readonly volumeId: string;

  public constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const volume = new CfnVolume(this, 'Resource', {
      availabilityZone: props.subnet.availabilityZone,
      encrypted: true,
      kmsKeyId: props.encryptionKey.keyArn,
      size: (props.size ?? Size.gibibytes(64)).toGibibytes(),
      volumeType: 'gp3',
    });
    volume.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.volumeId = volume.ref;
  }
}
