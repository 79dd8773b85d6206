import { CfnAutoScalingGroup, ScalingEvent } from 'aws-cdk-lib/aws-autoscaling';
import { Aws, Size, Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceClass,
  InstanceSize,
  InstanceType,
  LaunchTemplate,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import type { CfnLaunchTemplate, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RevocationObject } from '../core/revocation-object';
import { acceptRisk } from './accepted-risk';
import type { DataVolume } from './data-volume';
import type { Encryption } from './encryption';
import type { ServerImages } from './images';
import { assertPinnedImage } from './machine-image';
import { MachineRole, VOLUME_TAG } from './machine-role';
import type { Notices } from './notices';
import { renderUserData } from './user-data';

/** Properties of {@link Machine}. */
export interface MachineProps {
  readonly vpc: IVpc;
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  readonly volume: DataVolume;
  readonly encryption: Encryption;
  /** Where it is told when it is replaced. */
  readonly notices: Notices;
  /** What the machine reports to. */
  readonly logGroup: ILogGroup;
  /** @default - m7g.large */
  readonly instanceType?: InstanceType;
  readonly images: Pick<ServerImages, 'machine'>;
  /** Name of the Restate cluster: what the disk must carry. */
  readonly marker: string;
  /** The revocation list that it fetches, where callers show certificates. */
  readonly revocation: RevocationObject | undefined;
}

/** The one machine: replaced when it fails or changes, the old one ending before the new one starts. */
export class Machine extends Construct {
  /** The ECS cluster of this machine alone. */
  public readonly cluster: Cluster;
  public readonly role: MachineRole;
  public readonly launchTemplate: LaunchTemplate;
  public readonly autoScalingGroup: CfnAutoScalingGroup;

  public constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    this.cluster = new Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ContainerInsights.ENHANCED });
    this.role = new MachineRole(this, 'Role', {
      cluster: this.cluster,
      volumeId: props.volume.volumeId,
      encryptionKey: props.encryption.key,
      logGroup: props.logGroup,
      revocation: props.revocation,
    });
    this.launchTemplate = this.renderLaunchTemplate(props);
    this.autoScalingGroup = this.renderAutoScalingGroup(props);
  }

  private renderLaunchTemplate(props: MachineProps): LaunchTemplate {
    const instanceType = props.instanceType ?? InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE);
    const template = new LaunchTemplate(this, 'LaunchTemplate', {
      instanceType,
      machineImage: props.images.machine,
      role: this.role.role,
      securityGroup: props.securityGroup,
      associatePublicIpAddress: false,
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      blockDevices: [{ deviceName: '/dev/xvda', volume: rootDisk(props.encryption) }],
      userData: UserData.custom(
        renderUserData({
          clusterName: this.cluster.clusterName,
          volumeId: props.volume.volumeId,
          marker: props.marker,
          logGroupName: props.logGroup.logGroupName,
          revocation: props.revocation,
          region: Aws.REGION,
          urlSuffix: Aws.URL_SUFFIX,
        }),
      ),
    });
    assertPinnedImage(template.node.defaultChild as CfnLaunchTemplate);
    Tags.of(template).add(VOLUME_TAG, props.volume.volumeId);
    acceptRisk(template.node.defaultChild as CfnLaunchTemplate, {
      claim: 'admin-closed',
      reason:
        'break-glass: whoever may start a Session Manager session on this machine is root there and reaches the admin socket; ' +
        'whom the account grants ssm:StartSession decides that',
    });
    return template;
  }

  private renderAutoScalingGroup({ subnet, encryption, notices }: MachineProps): CfnAutoScalingGroup {
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
      notificationConfigurations: [{ topicArn: notices.topic.topicArn, notificationTypes: [...REPLACEMENTS] }],
      tags: [{ key: 'Name', value: this.node.path, propagateAtLaunch: true }],
    });
    group.cfnOptions.updatePolicy = { autoScalingRollingUpdate: { minInstancesInService: 0, maxBatchSize: 1 } };
    group.node.addDependency(this.role, encryption.key);
    return group;
  }
}

/** All that becomes of a machine. */
const REPLACEMENTS = [
  ScalingEvent.INSTANCE_LAUNCH,
  ScalingEvent.INSTANCE_LAUNCH_ERROR,
  ScalingEvent.INSTANCE_TERMINATE,
  ScalingEvent.INSTANCE_TERMINATE_ERROR,
];

function rootDisk({ key }: Encryption): BlockDeviceVolume {
  return BlockDeviceVolume.ebs(Size.gibibytes(30).toGibibytes(), {
    encrypted: true,
    kmsKey: key,
    volumeType: EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3,
    deleteOnTermination: true,
  });
}
