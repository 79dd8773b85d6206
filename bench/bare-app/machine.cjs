const { ArnFormat, Aws, Stack, Tags } = require('aws-cdk-lib');
const autoscaling = require('aws-cdk-lib/aws-autoscaling');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');

const EVENTS = ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map(
  (name) => `autoscaling:EC2_INSTANCE_${name}`,
);

exports.machine = (restate, { vpc, subnet, key, volume, topic, scalingRoleArn, securityGroup, logGroup, texts }) => {
  const scope = new Construct(restate, 'Machine');
  const stack = Stack.of(restate);
  const cluster = new ecs.Cluster(scope, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
  const roleScope = new Construct(scope, 'Role');
  const role = new iam.Role(roleScope, 'Resource', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const arn = (service, resource, resourceName) => stack.formatArn({ service, resource, resourceName });
  const allow = (resource, actions, conditions) =>
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
  const viaEc2 = { 'kms:ViaService': `ec2.${stack.region}.amazonaws.com` };
  const volumeArn = arn('ec2', 'volume', volume.ref);
  const instance = `i-${'?'.repeat(17)}`;

  allow(cluster.clusterArn, ['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance']);
  allow(cluster.clusterArn, [
    'ecs:SubmitAttachmentStateChanges',
    'ecs:SubmitContainerStateChange',
    'ecs:SubmitTaskStateChange',
  ]);
  allow(arn('ecs', 'container-instance', `${cluster.clusterName}/${'?'.repeat(32)}`), [
    'ecs:Poll',
    'ecs:StartTelemetrySession',
  ]);
  allow('*', ['ecs:DiscoverPollEndpoint']);
  allow(volumeArn, ['ec2:AttachVolume']);
  allow(arn('ec2', 'instance', instance), ['ec2:AttachVolume'], {
    StringEquals: { 'ec2:ResourceTag/portcullis:volume': volume.ref },
  });
  allow(volumeArn, ['ec2:CreateTags'], {
    Null: { 'aws:ResourceTag/portcullis:marker': 'true' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['portcullis:marker'] },
  });
  allow('*', ['ec2:DescribeVolumes']);
  allow(key.keyArn, ['kms:Decrypt'], { StringEquals: viaEc2 });
  allow(key.keyArn, ['kms:CreateGrant'], { StringEquals: viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  const streams = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${logGroup.logGroupName}:log-stream:machine/${instance}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  allow(streams, ['logs:CreateLogStream', 'logs:PutLogEvents']);
  allow(arn('ec2', 'instance', instance), ['ssm:UpdateInstanceInformation']);
  allow('*', [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ]);

  const values = {
    Volume: volume.ref,
    Cluster: cluster.clusterName,
    Logs: logGroup.logGroupName,
    region: Aws.REGION,
    urlSuffix: Aws.URL_SUFFIX,
  };
  const template = new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType: new ec2.InstanceType('m7g.large'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-central-1': 'ami-00000000000000000' }),
    role,
    securityGroup,
    associatePublicIpAddress: false,
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        volume: ec2.BlockDeviceVolume.ebs(30, {
          encrypted: true,
          kmsKey: key,
          volumeType: ec2.EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3,
          deleteOnTermination: true,
        }),
      },
    ],
    userData: ec2.UserData.custom(
      texts.userData.map((part) => (typeof part === 'string' ? part : values[part.value])).join(''),
    ),
  });
  Tags.of(template).add('portcullis:volume', volume.ref);
  template.node.defaultChild.addMetadata('portcullis:accepted', texts.accepted.machine);

  const group = new autoscaling.CfnAutoScalingGroup(scope, 'AutoScalingGroup', {
    minSize: '0',
    maxSize: '1',
    desiredCapacity: '1',
    vpcZoneIdentifier: [subnet.subnetId],
    launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
    instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 },
    serviceLinkedRoleArn: scalingRoleArn,
    notificationConfigurations: [{ topicArn: topic.topicArn, notificationTypes: EVENTS }],
    tags: [{ key: 'Name', value: scope.node.path, propagateAtLaunch: true }],
  });
  group.cfnOptions.updatePolicy = { autoScalingRollingUpdate: { minInstancesInService: 0, maxBatchSize: 1 } };
  group.node.addDependency(roleScope, key);
  return { cluster, group };
};
