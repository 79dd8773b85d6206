import { publicAddresses } from '../../../lib/core/public-addresses';
import { of, type Deployed } from './example';

const ENDPOINTS = [
  'Ec2',
  'EcrApi',
  'EcrDocker',
  'Ecs',
  'EcsAgent',
  'EcsTelemetry',
  'Logs',
  'S3',
  'SecretsManager',
  'Ssm',
  'SsmMessages',
];

const FOR_OURS = 'StringEquals aws:PrincipalAccount=111122223333';
const ON_OURS = `${FOR_OURS} and StringEquals aws:ResourceAccount=111122223333`;
const PULL = `Allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on * to * when ${ON_OURS}`;
const LOG_IN = `Allow ecr:GetAuthorizationToken on * to * when ${FOR_OURS}`;
const INTERFACE = ['Interface', 'private names true'];

/** Nobody but Envoy's own two ports is ever reached at the task, and 5122, 9070 and 8080 are nobody's. */
export function expectedNetwork(example: Deployed): Readonly<Record<string, unknown>> {
  const node = example === 'Orders' ? '{NetworkPrivateSubnet1Subnet}' : '{NetworkIsolatedSubnet1Subnet}';
  return {
    'the rules of each group are those of the model, in and out': rules(example).toSorted(),
    'who wears which group': [
      '{BalancerLoadBalancer}: {SecurityGroupsBalancer}',
      ...(example === 'Billing' ? ['{AdminBalancerLoadBalancer}: {SecurityGroupsAdminBalancer}'] : []),
      ...ENDPOINTS.map((name) => `{Endpoints${name}}: {SecurityGroupsEndpoints}`),
      '{Service}: {SecurityGroupsTask}',
    ].toSorted(),
    'which subnets lead to the internet, and by what': routes(example),
    'where task, machine and endpoints stand, none with a public address': {
      endpoints: [node],
      task: [[[node], 'DISABLED']],
      machines: [[node, 'no public address']],
    },
    'what may pass each endpoint': passes(example),
    'what flows is logged, all of it': [
      {
        of: '{Network}',
        traffic: 'ALL',
        to: '{RestateMonitoringFlowLogsB0CC3C25}',
        as: 'arn:aws:iam::111122223333:role/{MonitoringFlowLogsRole}',
      },
    ],
  };
}

function rules(example: Deployed): string[] {
  const callers = of(example, {
    Orders: [...publicAddresses(), '2000::/3'],
    Billing: ['{Shop}', '10.20.0.0/16'],
    Ledger: ['{Callers}'],
  });
  return [
    ...callers.map((caller) => `{SecurityGroupsBalancer} < ${caller} tcp 443`),
    ...flow('Balancer', 'Task', 8443),
    ...flow('Balancer', 'Task', 8081),
    ...flow('Task', 'Services', 9080),
    ...flow('Host', 'Endpoints', 443),
    // The framework's way of saying "nothing".
    ...['Services', 'Endpoints'].map((name) => `{SecurityGroups${name}} > 255.255.255.255/32 icmp 252-86`),
    ...of(example, {
      Orders: publicAddresses().map((cidr) => `{SecurityGroupsTask} > ${cidr} tcp 443`),
      Billing: [
        '{SecurityGroupsAdminBalancer} < {Operations} tcp 443',
        '{SecurityGroupsAdminBalancer} < 10.30.0.0/16 tcp 443',
        ...flow('AdminBalancer', 'Task', 8444),
        ...flow('AdminBalancer', 'Task', 8081),
        '{Shop} > 0.0.0.0/0 -1 all',
        '{Operations} > 0.0.0.0/0 -1 all',
      ],
      Ledger: ['{Callers} > 0.0.0.0/0 -1 all'],
    }),
  ];
}

/** The way out of one group is the way into the next. */
function flow(from: string, to: string, port: number): string[] {
  return [
    `{SecurityGroups${from}} > {SecurityGroups${to}} tcp ${port}`,
    `{SecurityGroups${to}} < {SecurityGroups${from}} tcp ${port}`,
  ];
}

function routes(example: Deployed): string[] {
  const inner = example === 'Orders' ? 'Private' : 'Isolated';
  const subnets = ['Public', inner].flatMap((kind) => [1, 2].map((zone) => `{Network${kind}Subnet${zone}Subnet}`));
  const out = subnets.flatMap((subnet) => {
    if (subnet.includes('Public')) return [`${subnet}: 0.0.0.0/0 by {NetworkIGW}`];
    return example === 'Orders' ? [`${subnet}: 0.0.0.0/0 by {NetworkPublicSubnet1NATGateway}`] : [];
  });
  return [...subnets.map((subnet) => `${subnet}: 10.0.0.0/16 by local`), ...out].toSorted();
}

function passes(example: Deployed): Readonly<Record<string, readonly string[]>> {
  const said: Readonly<Record<string, readonly string[]>> = {
    ec2: [
      `Allow ec2:DescribeVolumes on * to * when ${FOR_OURS}`,
      `Allow ec2:AttachVolume, ec2:CreateTags on * to * when ${ON_OURS}`,
    ],
    'ecr.api': [LOG_IN, PULL],
    'ecr.dkr': [LOG_IN, PULL],
    ecs: [
      `Allow ecs:DiscoverPollEndpoint on * to * when ${FOR_OURS}`,
      'Allow ecs:RegisterContainerInstance, ecs:DeregisterContainerInstance, ecs:SubmitAttachmentStateChanges, ' +
        `ecs:SubmitContainerStateChange, ecs:SubmitTaskStateChange on * to * when ${ON_OURS}`,
    ],
    // They take no policy: what the emulator gives whoever gave none.
    'ecs-agent': ['Allow * on * to *'],
    'ecs-telemetry': ['Allow * on * to *'],
    logs: [`Allow logs:CreateLogStream, logs:PutLogEvents on * to * when ${ON_OURS}`],
    s3: [
      'Allow s3:GetObject on arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/* to *',
      ...(example === 'Ledger'
        ? [`Allow s3:GetObject on arn:aws:s3:::example-callers-authority/callers.crl.pem to * when ${FOR_OURS}`]
        : []),
    ],
    secretsmanager: [`Allow secretsmanager:DescribeSecret, secretsmanager:GetSecretValue on * to * when ${ON_OURS}`],
    ssm: [`Allow ssm:UpdateInstanceInformation on * to * when ${ON_OURS}`],
    ssmmessages: [
      'Allow ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ' +
        `ssmmessages:OpenDataChannel on * to * when ${FOR_OURS}`,
    ],
  };
  return Object.fromEntries(Object.entries(said).map(([name, lines]) => [name, [...INTERFACE, ...lines]]));
}
