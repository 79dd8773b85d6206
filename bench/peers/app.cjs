// The constructs of the peers, each in a stack of its own with the props that its README begins with: run in a folder that has them installed.
const {
  App,
  Duration,
  RemovalPolicy,
  Size,
  Stack,
  aws_ec2,
  aws_elasticloadbalancingv2,
  aws_iam,
  aws_lambda,
  aws_route53,
  aws_secretsmanager,
} = require('aws-cdk-lib');
const byoc = require('@restatedev/byoc');
const cdk = require('@restatedev/restate-cdk');

const env = { account: '123456789012', region: 'eu-central-1' };
const app = new App({ outdir: process.argv[2] ?? 'cdk.out' });

/** Three zones: byoc's default refuses fewer, and a stack of an account has them only when they are named. */
const networkOf = (stack) =>
  new aws_ec2.Vpc(stack, 'Network', {
    availabilityZones: ['a', 'b', 'c'].map((zone) => `${env.region}${zone}`),
    restrictDefaultSecurityGroup: false,
  });
const stackOf = (name) => new Stack(app, name, { env });

function singleNode(name, props) {
  const stack = stackOf(name);
  return new cdk.SingleNodeRestateDeployment(stack, 'Restate', { vpc: networkOf(stack), ...props });
}

function fargate(name, loadBalancer) {
  const stack = stackOf(name);
  const hostedZone = aws_route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName: 'example.com',
  });
  const props = { vpc: networkOf(stack), hostedZone, dnsName: 'restate.example.com', loadBalancer };
  return new cdk.FargateRestateDeployment(stack, 'Restate', props);
}

function greeterOf(stack) {
  return new aws_lambda.Function(stack, 'Greeter', {
    runtime: aws_lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: aws_lambda.Code.fromInline('exports.handler = () => {};'),
  });
}

/** A service of Lambda behind an environment, registered as the README does. */
function deployer(stack, environment, options) {
  const registrar = new cdk.ServiceDeployer(stack, 'Deployer');
  registrar.register(greeterOf(stack).currentVersion, environment, options);
}

function cluster(name, props) {
  const stack = stackOf(name);
  const vpc = networkOf(stack);
  const licenseKey = 'this-was-provided-to-you-by-restate';
  const ours = new byoc.RestateEcsFargateCluster(stack, 'Cluster', { licenseKey, vpc, ...props });
  return { stack, vpc, cluster: ours };
}

singleNode('SingleNode');
singleNode('SingleNodeSettings', {
  environment: { ORDERS_PASSWORD: 'planted-for-the-check' },
  restateConfig: { rocksdb: { totalMemorySize: Size.gibibytes(1) } },
});
const publicNode = singleNode('SingleNodeTls', {
  networkConfiguration: { subnetType: aws_ec2.SubnetType.PUBLIC },
  publicIngress: true,
  tlsTermination: cdk.TlsTermination.ON_HOST_SELF_SIGNED_CERTIFICATE,
});
deployer(Stack.of(publicNode), publicNode, { insecure: true });

fargate('Fargate');
fargate('FargateClosed', { internetFacing: true, open: false });

const cloud = stackOf('Cloud');
const apiKey = aws_secretsmanager.Secret.fromSecretNameV2(cloud, 'ApiKey', 'restate-api-key');
deployer(
  cloud,
  new cdk.RestateCloudEnvironment(cloud, 'Environment', { environmentId: 'env_201hy10cd3h6426jy80tb32n6en', apiKey }),
);

const existing = stackOf('Attributes');
const invokerRole = new aws_iam.Role(existing, 'Invoker', {
  assumedBy: new aws_iam.AccountPrincipal(env.account),
});
deployer(
  existing,
  cdk.RestateEnvironment.fromAttributes({ adminUrl: 'http://restate.example.com:9070', invokerRole }),
  {
    removalPolicy: RemovalPolicy.DESTROY,
  },
);

cluster('Byoc');
cluster('ByocDisks', {
  statefulNode: { ebsVolume: { volumeType: aws_ec2.EbsDeviceVolumeType.GP3, sizeInGiB: 200 } },
  monitoring: {
    otelCollector: {
      enabled: true,
      configuration: { exporters: { awsemf: { namespace: 'Restate' } }, metricExporterIds: ['awsemf'] },
    },
  },
});

// docs/authentication.md: the admin API behind a balancer that asks an identity provider.
const gated = cluster('ByocOidc');
const balancer = new aws_elasticloadbalancingv2.ApplicationLoadBalancer(gated.stack, 'Alb', {
  vpc: gated.vpc,
  internetFacing: true,
});
balancer.addListener('Admin', {
  port: 9070,
  protocol: aws_elasticloadbalancingv2.ApplicationProtocol.HTTPS,
  certificates: [
    { certificateArn: `arn:aws:acm:${env.region}:${env.account}:certificate/00000000-0000-4000-8000-000000000000` },
  ],
  defaultAction: aws_elasticloadbalancingv2.ListenerAction.authenticateOidc({
    authorizationEndpoint: 'https://login.example.com/authorize',
    clientId: 'restate-admin',
    clientSecret: aws_secretsmanager.Secret.fromSecretNameV2(gated.stack, 'Oidc', 'restate-oidc').secretValue,
    issuer: 'https://login.example.com',
    tokenEndpoint: 'https://login.example.com/token',
    userInfoEndpoint: 'https://login.example.com/userinfo',
    sessionTimeout: Duration.hours(1),
    next: aws_elasticloadbalancingv2.ListenerAction.forward([gated.cluster.targetGroups.admin.application]),
  }),
});

app.synth();
