import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Aws, Size, Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceArchitecture,
  LaunchTemplate,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import type { IMachineImage, InstanceType, ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { AmiHardwareType, EcsOptimizedImage, type Cluster } from 'aws-cdk-lib/aws-ecs';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acceptRisk } from './accepted-risk';
import type { DataVolume } from './data-volume';
import type { Encryption } from './encryption';
import { MachineRole, VOLUME_TAG } from './machine-role';
import { renderUserData } from './user-data';

/** Properties of {@link Machine}. */
export interface MachineProps {
  readonly cluster: Cluster;
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  readonly volume: DataVolume;
  readonly encryption: Encryption;
  readonly instanceType: InstanceType;
  /** @default - the newest ECS-optimised Amazon Linux 2023 at each deployment */
  readonly machineImage: IMachineImage | undefined;
  /** Name of the Restate cluster: what the disk must carry. */
  readonly marker: string;
}

/** The one machine: replaced when it fails or changes, the old one ending before the new one starts. */
export class Machine extends Construct {
  public readonly cluster: Cluster;
  public readonly role: MachineRole;
  public readonly launchTemplate: LaunchTemplate;
  public readonly autoScalingGroup: CfnAutoScalingGroup;

  public constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    const { cluster, volume, encryption } = props;
    this.cluster = cluster;
    this.role = new MachineRole(this, 'Role', { cluster, volumeId: volume.volumeId, encryptionKey: encryption.key });
    this.launchTemplate = this.renderLaunchTemplate(props);
    this.autoScalingGroup = this.renderAutoScalingGroup(props);
    acceptRisk(this.role.role.node.defaultChild as CfnRole, {
      claim: 'admin-closed',
      reason:
        'break-glass: whoever may start a Session Manager session on this machine is root there and reaches the admin socket; ' +
        'grant ssm:StartSession to nobody by default',
    });
  }

  private renderLaunchTemplate(props: MachineProps): LaunchTemplate {
    const template = new LaunchTemplate(this, 'LaunchTemplate', {
      instanceType: props.instanceType,
      machineImage: props.machineImage ?? EcsOptimizedImage.amazonLinux2023(hardware(props.instanceType)),
      role: this.role.role,
      securityGroup: props.securityGroup,
      associatePublicIpAddress: false,
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      blockDevices: [{ deviceName: '/dev/xvda', volume: rootDisk(props.encryption) }],
      userData: UserData.custom(
        renderUserData({
          clusterName: props.cluster.clusterName,
          volumeId: props.volume.volumeId,
          marker: props.marker,
          region: Aws.REGION,
          urlSuffix: Aws.URL_SUFFIX,
        }),
      ),
    });
    Tags.of(template).add(VOLUME_TAG, props.volume.volumeId);
    return template;
  }

  private renderAutoScalingGroup({ subnet, encryption }: MachineProps): CfnAutoScalingGroup {
    const group = new CfnAutoScalingGroup(this, 'AutoScalingGroup', {
      minSize: '0',
      maxSize: '1',
      desiredCapacity: '1',
      vpcZoneIdentifier: [subnet.subnetId],
      launchTemplate: {
        launchTemplateId: this.launchTemplate.launchTemplateRef.launchTemplateId,
        version: this.launchTemplate.latestVersionNumber,
      },
      instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
      serviceLinkedRoleArn: encryption.autoScalingRoleArn,
      tags: [{ key: 'Name', value: this.node.path, propagateAtLaunch: true }],
    });
    group.cfnOptions.updatePolicy = { autoScalingRollingUpdate: { minInstancesInService: 0, maxBatchSize: 1 } };
    group.node.addDependency(this.role, encryption);
    return group;
  }
}

function rootDisk({ key }: Encryption): BlockDeviceVolume {
  return BlockDeviceVolume.ebs(Size.gibibytes(30).toGibibytes(), {
    encrypted: true,
    kmsKey: key,
    volumeType: EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3,
    deleteOnTermination: true,
  });
}

function hardware(instanceType: InstanceType): AmiHardwareType {
  return instanceType.architecture === InstanceArchitecture.ARM_64 ? AmiHardwareType.ARM : AmiHardwareType.STANDARD;
}
