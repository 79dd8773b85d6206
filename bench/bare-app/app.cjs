// The public example written with aws-cdk-lib alone. Its template equals the example's: test/aws/synthesis.test.ts holds it. Long texts (scripts,
// Envoy's configuration, the server's environment) are read from the file named by BARE_TEXTS: here nobody renders or validates them.
const { readFileSync } = require('node:fs');
const { App, Aws, Duration, Fn, RemovalPolicy, Stack, Tags } = require('aws-cdk-lib');
const acm = require('aws-cdk-lib/aws-certificatemanager');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecr = require('aws-cdk-lib/aws-ecr');
const ecs = require('aws-cdk-lib/aws-ecs');
const elb = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const logs = require('aws-cdk-lib/aws-logs');
const s3 = require('aws-cdk-lib/aws-s3');
const sns = require('aws-cdk-lib/aws-sns');
const secretsmanager = require('aws-cdk-lib/aws-secretsmanager');
const { Construct } = require('constructs');
const { endpoints } = require('./endpoints.cjs');
const { machine } = require('./machine.cjs');
const { monitoring } = require('./monitoring.cjs');
const { securityGroups } = require('./security-groups.cjs');
const { snapshots } = require('./snapshots.cjs');
const { task } = require('./task.cjs');

const texts = JSON.parse(readFileSync(process.env.BARE_TEXTS, 'utf8'));
const accept = (construct, risks) => construct.node.defaultChild.addMetadata('portcullis:accepted', risks);

const app = new App();
const stack = new Stack(app, 'Orders', { terminationProtection: true });
const archive = s3.Bucket.fromBucketName(stack, 'LogArchive', 'example-log-archive');
const vpc = new ec2.Vpc(stack, 'Network', {
  maxAzs: 2,
  natGateways: 1,
  subnetConfiguration: [
    { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
    { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  ],
  restrictDefaultSecurityGroup: false,
});
const images = {
  restate: ecr.Repository.fromRepositoryName(stack, 'RestateImage', 'mirror/restatedev/restate'),
  envoy: ecr.Repository.fromRepositoryName(stack, 'EnvoyImage', 'mirror/envoyproxy/envoy'),
  certificate: ecr.Repository.fromRepositoryName(stack, 'CertificateImage', 'mirror/envoyproxy/envoy'),
};
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'IdentityKey', 'orders/restate-identity-key');
const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', texts.certificateArn);
const restate = new Construct(stack, 'Restate');
const subnet = vpc.privateSubnets[0];

const encryption = new Construct(restate, 'Encryption');
const key = new kms.Key(encryption, 'Key', { description: 'Restate: disks and logs', enableKeyRotation: true });
const stackId = Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID)));
const scalingRole = new iam.CfnServiceLinkedRole(encryption, 'AutoScalingRole', {
  awsServiceName: 'autoscaling.amazonaws.com',
  customSuffix: Fn.join('', [...[0, 1, 2, 3].map((part) => Fn.select(part, stackId)), encryption.node.addr.slice(-12)]),
  description: 'Starts the machine of Restate with its encrypted disk',
});
const scalingRoleArn = stack.formatArn({
  service: 'iam',
  region: '',
  resource: 'role',
  resourceName: `aws-service-role/autoscaling.amazonaws.com/${scalingRole.attrRoleName}`,
});
const admit = (principal, actions, conditions) =>
  key.addToResourcePolicy(new iam.PolicyStatement({ principals: [principal], actions, resources: ['*'], conditions }));
admit(new iam.ArnPrincipal(scalingRoleArn), [
  'kms:DescribeKey',
  'kms:Decrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateDataKey',
]);
admit(new iam.ArnPrincipal(scalingRoleArn), ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
admit(
  new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`),
  ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
  { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) } },
);
const sourceAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
admit(new iam.ServicePrincipal('delivery.logs.amazonaws.com'), ['kms:Decrypt', 'kms:GenerateDataKey'], sourceAccount);
admit(new iam.ServicePrincipal('cloudwatch.amazonaws.com'), ['kms:Decrypt', 'kms:GenerateDataKey'], sourceAccount);

const topic = new sns.Topic(new Construct(restate, 'Notices'), 'Topic', { masterKey: key, enforceSSL: true });
topic.addToResourcePolicy(
  new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: sourceAccount,
  }),
);

const logGroup = new logs.LogGroup(restate, 'Logs', {
  encryptionKey: key,
  retention: logs.RetentionDays.ONE_YEAR,
  removalPolicy: RemovalPolicy.RETAIN,
});
const volume = new ec2.CfnVolume(new Construct(restate, 'Data'), 'Resource', {
  availabilityZone: subnet.availabilityZone,
  encrypted: true,
  kmsKeyId: key.keyArn,
  size: 64,
  volumeType: 'gp3',
});
volume.applyRemovalPolicy(RemovalPolicy.RETAIN);
const snapshotTag = Fn.join('-', [Fn.select(2, Fn.split('/', Aws.STACK_ID)), volume.node.addr.slice(-12)]);
Tags.of(volume).add('portcullis:snapshots', snapshotTag);
const policy = snapshots(new Construct(restate, 'Snapshots'), { volume, key, snapshotTag });

const groups = securityGroups(restate, vpc, texts.publicAddresses);
accept(groups.task, texts.accepted.task);
const doors = endpoints(restate, { vpc, subnet, securityGroup: groups.endpoints });

const { cluster, group } = machine(restate, {
  vpc,
  subnet,
  key,
  volume,
  topic,
  scalingRoleArn,
  securityGroup: groups.host,
  logGroup,
  texts,
});
const definition = task(restate, { images, logGroup, secret, texts });

const service = new ecs.Ec2Service(restate, 'Service', {
  cluster: ecs.Cluster.fromClusterAttributes(restate, 'ClusterWithMachine', {
    clusterName: cluster.clusterName,
    clusterArn: cluster.clusterArn,
    vpc,
  }),
  taskDefinition: definition,
  desiredCount: 1,
  minHealthyPercent: 0,
  maxHealthyPercent: 100,
  availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED,
  circuitBreaker: { enable: true, rollback: true },
  healthCheckGracePeriod: Duration.seconds(180),
  vpcSubnets: { subnets: [subnet] },
  securityGroups: [groups.task],
  enableExecuteCommand: false,
});
service.node.addDependency(group, restate.node.findChild('Task').node.findChild('ExecutionRole'));
group.node.addDependency(restate.node.findChild('SecurityGroups'), doors);

const balancer = new Construct(restate, 'Balancer');
const accessLogs = new Construct(balancer, 'AccessLogs');
const bucket = new s3.Bucket(accessLogs, 'Bucket', {
  encryption: s3.BucketEncryption.KMS,
  encryptionKey: key,
  bucketKeyEnabled: true,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) }],
  removalPolicy: RemovalPolicy.RETAIN,
});
bucket.node.defaultChild.loggingConfiguration = {
  destinationBucketName: archive.bucketName,
  logFilePrefix: 'Orders/Restate/Balancer/AccessLogs/',
};
for (const [action, resource] of [
  ['s3:PutObject', bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
  ['s3:GetBucketAcl', bucket.bucketArn],
]) {
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      conditions: sourceAccount,
      actions: [action],
      resources: [resource],
    }),
  );
}
bucket.policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
const loadBalancer = new elb.NetworkLoadBalancer(balancer, 'LoadBalancer', {
  vpc,
  internetFacing: true,
  vpcSubnets: { subnets: vpc.publicSubnets },
  securityGroups: [groups.balancer],
  crossZoneEnabled: true,
  deletionProtection: true,
});
loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
loadBalancer.node.addDependency(bucket.policy);
const targets = new elb.NetworkTargetGroup(balancer, 'Targets', {
  vpc,
  port: 8443,
  protocol: elb.Protocol.TLS,
  targetType: elb.TargetType.IP,
  targets: [service.loadBalancerTarget({ containerName: 'envoy', containerPort: 8443 })],
  preserveClientIp: true,
  deregistrationDelay: Duration.seconds(30),
  connectionTermination: true,
  healthCheck: {
    protocol: elb.Protocol.HTTP,
    port: '8081',
    path: '/healthz',
    healthyHttpCodes: '200',
    interval: Duration.seconds(10),
    timeout: Duration.seconds(5),
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
  },
});
accept(targets, texts.accepted.targets);
loadBalancer.addListener('Listener', {
  port: 443,
  protocol: elb.Protocol.TLS,
  certificates: [certificate],
  sslPolicy: elb.SslPolicy.TLS13_RES,
  alpnPolicy: elb.AlpnPolicy.HTTP2_PREFERRED,
  defaultTargetGroups: [targets],
});
monitoring(restate, { policy, logGroup, targets, certificate, service, vpc, key, topic, texts });
stack.exportValue(groups.services.securityGroupId);
app.synth();
