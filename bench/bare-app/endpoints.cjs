const { Aws } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');

const Service = ec2.InterfaceVpcEndpointAwsService;

const allow = (actions, conditions, resources = ['*']) =>
  new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions, resources, conditions });
const ours = (...actions) => allow(actions, { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } });
const onOurs = (...actions) =>
  allow(actions, {
    StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID },
  });
const pull = () => [
  ours('ecr:GetAuthorizationToken'),
  onOurs('ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'),
];

exports.endpoints = (restate, { vpc, subnet, securityGroup }) => {
  const scope = new Construct(restate, 'Endpoints');
  const endpoint = (id, service, statements, options = {}) => {
    const made = new ec2.InterfaceVpcEndpoint(scope, id, {
      vpc,
      service,
      subnets: { subnets: [subnet] },
      securityGroups: [securityGroup],
      open: false,
      privateDnsEnabled: true,
      ...options,
    });
    for (const statement of statements) made.addToPolicy(statement);
  };
  endpoint('Ec2', Service.EC2, [ours('ec2:DescribeVolumes'), onOurs('ec2:AttachVolume', 'ec2:CreateTags')]);
  endpoint('EcrApi', Service.ECR, pull());
  endpoint('EcrDocker', Service.ECR_DOCKER, pull());
  endpoint('Ecs', Service.ECS, [
    ours('ecs:DiscoverPollEndpoint'),
    onOurs(
      'ecs:RegisterContainerInstance',
      'ecs:DeregisterContainerInstance',
      'ecs:SubmitAttachmentStateChanges',
      'ecs:SubmitContainerStateChange',
      'ecs:SubmitTaskStateChange',
    ),
  ]);
  endpoint('EcsAgent', Service.ECS_AGENT, []);
  endpoint('EcsTelemetry', Service.ECS_TELEMETRY, []);
  endpoint('Logs', Service.CLOUDWATCH_LOGS, [onOurs('logs:CreateLogStream', 'logs:PutLogEvents')]);
  const layers = `arn:${Aws.PARTITION}:s3:::prod-${Aws.REGION}-starport-layer-bucket/*`;
  endpoint('S3', Service.S3, [allow(['s3:GetObject'], undefined, [layers])], {
    privateDnsOnlyForInboundResolverEndpoint: ec2.VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint.ALL_RESOLVERS,
  });
  endpoint('SecretsManager', Service.SECRETS_MANAGER, [
    onOurs('secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'),
  ]);
  endpoint('Ssm', Service.SSM, [onOurs('ssm:UpdateInstanceInformation')]);
  endpoint('SsmMessages', Service.SSM_MESSAGES, [
    ours(
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ),
  ]);
  return scope;
};
