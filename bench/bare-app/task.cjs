const { Duration, Size } = require('aws-cdk-lib');
const ecs = require('aws-cdk-lib/aws-ecs');
const iam = require('aws-cdk-lib/aws-iam');
const { Construct } = require('constructs');

exports.task = (restate, { images, logGroup, secret, texts }) => {
  const scope = new Construct(restate, 'Task');
  const executionRole = new iam.Role(new Construct(scope, 'ExecutionRole'), 'Resource', {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
  executionRole.addToPolicy(
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [images.restate.repositoryArn, images.envoy.repositoryArn],
    }),
  );
  executionRole.addToPolicy(new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));

  const definition = new ecs.Ec2TaskDefinition(scope, 'Definition', {
    networkMode: ecs.NetworkMode.AWS_VPC,
    executionRole,
    volumes: [
      { name: 'data', host: { sourcePath: '/var/lib/portcullis/data' } },
      { name: 'proxy-tls', host: { sourcePath: '/run/portcullis/tls' } },
    ],
  });
  definition.node.defaultChild.addMetadata('portcullis:intent', texts.intent);
  const add = (name, id, user, options) => {
    const linuxParameters = new ecs.LinuxParameters(scope, id, { initProcessEnabled: false });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    return definition.addContainer(name, {
      user: `${user}:${user}`,
      readonlyRootFilesystem: true,
      privileged: false,
      dockerSecurityOptions: ['no-new-privileges'],
      linuxParameters,
      ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 65536, hardLimit: 65536 }],
      logging: ecs.LogDrivers.awsLogs({
        streamPrefix: 'restate',
        logGroup,
        mode: ecs.AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(25),
      }),
      ...options,
    });
  };
  const image = (repository, rest) => ecs.ContainerImage.fromRegistry(`${repository.repositoryUri}${rest}`);

  const certificate = add('certificate', 'Certificate', 65532, {
    image: image(images.certificate, texts.images.certificate),
    essential: false,
    memoryLimitMiB: 64,
    entryPoint: ['/bin/sh', '-c'],
    command: texts.commands.certificate,
  });
  certificate.addMountPoints({ sourceVolume: 'proxy-tls', containerPath: '/run/portcullis/tls', readOnly: false });

  const server = add('restate', 'Restate', 65531, {
    image: image(images.restate, texts.images.restate),
    memoryLimitMiB: 4608,
    entryPoint: ['/bin/sh', '-c'],
    command: texts.commands.restate,
    environment: texts.environment,
    dockerLabels: { 'portcullis.identity': 'publickeyv1_AYu6VksKvoHSUpgfsPy5Khzpr3t8xJ9re8kGgcipMsgx' },
    secrets: { PORTCULLIS_IDENTITY_KEY: ecs.Secret.fromSecretsManager(secret) },
    healthCheck: {
      command: texts.healthCheck,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 6,
      startPeriod: Duration.seconds(120),
    },
    stopTimeout: Duration.seconds(60),
  });
  server.addMountPoints({ sourceVolume: 'data', containerPath: '/var/lib/restate', readOnly: false });
  server.linuxParameters.addTmpfs({
    containerPath: '/run/secrets',
    size: 1,
    mountOptions: ['noexec', 'nosuid', 'nodev', 'mode=0700', 'uid=65531', 'gid=65531'],
  });

  const envoy = add('envoy', 'Envoy', 65532, {
    image: image(images.envoy, texts.images.envoy),
    memoryLimitMiB: 512,
    entryPoint: ['/usr/local/bin/envoy'],
    command: texts.commands.envoy,
    portMappings: [{ containerPort: 8443 }, { containerPort: 8081 }],
    stopTimeout: Duration.seconds(30),
  });
  envoy.addMountPoints({ sourceVolume: 'proxy-tls', containerPath: '/run/portcullis/tls', readOnly: true });
  envoy.addContainerDependencies(
    { container: certificate, condition: ecs.ContainerDependencyCondition.SUCCESS },
    { container: server, condition: ecs.ContainerDependencyCondition.HEALTHY },
  );
  return definition;
};
