import type { Deployed } from './expected/example';
import { SECRET_VALUE } from './given-world';

/** A template that is edited. */
export interface Edited {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly Resources: Record<string, { Type: string; Properties: any; DependsOn?: string | string[] }>;
}

/** One thing that is wrong in what is deployed, and who must see it. */
export interface Fault {
  readonly fault: string;
  readonly example: Deployed;
  readonly edit: (template: Edited) => void;
  readonly seenBy: string;
}

const RULES = 'the rules of each group are those of the model, in and out';
const BALANCERS = 'kind, scheme, subnets and protection of each balancer';
const LISTENERS = 'port, protocol, TLS policy and certificate of each listener, and where it leads';
const TARGETS = 'port, protocol and health check of what each listener leads to';
const ROLES = 'who may take each role on, and what it may do';
const KEY = 'the key rotates, and who may use it';
const BUCKET = 'the bucket of access logs is encrypted, versioned and closed';
const CONTAINERS = 'images, users and rights of the containers';
const MACHINE = 'the machine asks for tokens, encrypts its disk, has no key and no public address';
const ALARMS = 'each alarm looks at what there is, and is raised when nothing is heard of what must be';
const TOLD = 'who is told, and who may tell';

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any;

/** The one resource whose logical id begins so, and, where two do, is of a type that ends so. */
function named(template: Edited, name: string, type = ''): readonly [string, Any] {
  const found = Object.entries(template.Resources).filter(
    ([id, { Type }]) => id.replace(/[0-9A-F]{8}$/, '') === name && Type.endsWith(type),
  );
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} resources are named ${name}`);
  return found[0];
}

const at = (template: Edited, name: string, type?: string): Any => named(template, name, type)[1].Properties;

const idOf = (template: Edited, name: string): string => named(template, name)[0];

const container = (template: Edited, name: string): Any =>
  at(template, 'RestateTaskDefinition').ContainerDefinitions.find((each: Any) => each.Name === name);

const statement = (template: Edited, name: string, action: string): Any =>
  at(template, name).PolicyDocument.Statement.find((each: Any) => [each.Action].flat().includes(action));

function openTask(template: Edited, port: number): void {
  const GroupId = { Ref: idOf(template, 'RestateSecurityGroupsTask') };
  const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/16' };
  template.Resources['Opened'] = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId, ...rule } };
}

const on = (
  seenBy: string,
  ...faults: readonly (readonly [string, (template: Edited) => void, Deployed?])[]
): Fault[] => faults.map(([fault, edit, example = 'Ledger']) => ({ fault, example, edit, seenBy }));

/** Each assertion fails where what it guards is gone. */
export const FAULTS: readonly Fault[] = [
  ...on(
    RULES,
    [
      'everybody comes in at the door of operators',
      (t) => (at(t, 'RestateSecurityGroupsAdminBalancer').SecurityGroupIngress[1].CidrIp = '0.0.0.0/0'),
      'Billing',
    ],
    ['the network reaches the admin port', (t) => openTask(t, 9070)],
    ['the network reaches the fabric', (t) => openTask(t, 5122)],
    ['a group says nothing of where it goes', (t) => delete at(t, 'RestateSecurityGroupsServices').SecurityGroupEgress],
    [
      'the task goes everywhere',
      (t) => at(t, 'RestateSecurityGroupsTask').SecurityGroupEgress.push({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
    ],
  ),
  ...on('who wears which group', [
    'the task wears the group of services',
    (t) =>
      (at(t, 'RestateService').NetworkConfiguration.AwsvpcConfiguration.SecurityGroups = [
        { Ref: idOf(t, 'RestateSecurityGroupsServices') },
      ]),
  ]),
  ...on('which subnets lead to the internet, and by what', [
    'the subnet of the machine leads to the internet',
    (t) => {
      const RouteTableId = { Ref: idOf(t, 'NetworkIsolatedSubnet1RouteTable') };
      const Properties = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: idOf(t, 'NetworkIGW') } };
      t.Resources['Way'] = { Type: 'AWS::EC2::Route', Properties, DependsOn: idOf(t, 'NetworkVPCGW') };
    },
  ]),
  ...on('where task, machine and endpoints stand, none with a public address', [
    'the task has a public address',
    (t) => (at(t, 'RestateService').NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = 'ENABLED'),
  ]),
  ...on('what may pass each endpoint', [
    'anything passes the endpoint of secrets',
    (t) => delete at(t, 'RestateEndpointsSecretsManager').PolicyDocument,
  ]),
  ...on('what flows is logged, all of it', [
    'only what is refused is logged',
    (t) => (at(t, 'RestateMonitoringFlowLogs', 'FlowLog').TrafficType = 'REJECT'),
  ]),
  ...on(
    BALANCERS,
    ['the balancer faces the internet', (t) => (at(t, 'RestateBalancerLoadBalancer').Scheme = 'internet-facing')],
    [
      'the balancer can be deleted',
      (t) => (at(t, 'RestateBalancerLoadBalancer').LoadBalancerAttributes[0].Value = 'false'),
    ],
  ),
  ...on(
    LISTENERS,
    [
      'old TLS is spoken',
      (t) => (at(t, 'RestateBalancerLoadBalancerListener').SslPolicy = 'ELBSecurityPolicy-2016-08'),
      'Orders',
    ],
    [
      'the door of operators shows the certificate of callers',
      (t) =>
        (at(t, 'RestateAdminBalancerLoadBalancerListener').Certificates = at(
          t,
          'RestateBalancerLoadBalancerListener',
        ).Certificates),
      'Billing',
    ],
  ),
  ...on(
    TARGETS,
    ['Envoy is spoken to without TLS', (t) => (at(t, 'RestateBalancerTargets').Protocol = 'TCP'), 'Orders'],
    ['health is asked at the port of callers', (t) => (at(t, 'RestateBalancerTargets').HealthCheckPort = '8443')],
    [
      'callers come from the address of the balancer',
      (t) => (at(t, 'RestateBalancerTargets').TargetGroupAttributes[1].Value = 'false'),
    ],
  ),
  ...on(
    ROLES,
    [
      'the machine may attach any disk',
      (t) => (statement(t, 'RestateMachineRoleDefaultPolicy', 'ec2:AttachVolume').Resource = '*'),
    ],
    [
      'the task may do everything',
      (t) =>
        (at(t, 'RestateTaskDefinitionTaskRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']),
    ],
    [
      'anybody takes the role of the machine on',
      (t) => (at(t, 'RestateMachineRole').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' }),
    ],
    [
      'every secret can be read',
      (t) => (statement(t, 'RestateTaskExecutionRoleDefaultPolicy', 'secretsmanager:GetSecretValue').Resource = '*'),
    ],
  ),
  ...on('the role that starts machines is one of this stack alone', [
    'the role that starts machines has a name that others guess',
    (t) => (at(t, 'RestateEncryptionAutoScalingRole').CustomSuffix = 'guessed'),
  ]),
  ...on(
    KEY,
    ['the key does not rotate', (t) => (at(t, 'RestateEncryptionKey').EnableKeyRotation = false)],
    ['anybody decrypts', (t) => (at(t, 'RestateEncryptionKey').KeyPolicy.Statement[1].Principal = { AWS: '*' })],
  ),
  ...on('what the machine is', [
    'the machine is what starts tasks',
    (t) => (at(t, 'RestateMachineLaunchTemplateProfile').Roles = [{ Ref: idOf(t, 'RestateTaskExecutionRole') }]),
  ]),
  ...on('the data volume is encrypted with the key of this server', [
    'the disk is encrypted with the key of the account',
    (t) => delete at(t, 'RestateData').KmsKeyId,
  ]),
  ...on(
    'logs are encrypted, and kept for a year',
    ['logs are gone after a day', (t) => (at(t, 'RestateLogs').RetentionInDays = 1)],
    ['the log of flows is not encrypted', (t) => delete at(t, 'RestateMonitoringFlowLogs', 'LogGroup').KmsKeyId],
  ),
  ...on(
    BUCKET,
    [
      'the bucket may become public',
      (t) => (at(t, 'RestateBalancerAccessLogsBucket').PublicAccessBlockConfiguration.BlockPublicPolicy = false),
    ],
    ['what is overwritten is gone', (t) => delete at(t, 'RestateBalancerAccessLogsBucket').VersioningConfiguration],
    [
      'the bucket is read without TLS',
      (t) => at(t, 'RestateBalancerAccessLogsBucketPolicy').PolicyDocument.Statement.shift(),
    ],
    ['nobody hears who reads the logs', (t) => delete at(t, 'RestateBalancerAccessLogsBucket').LoggingConfiguration],
  ),
  ...on(
    CONTAINERS,
    ['Restate is root', (t) => (container(t, 'restate').User = '0:0')],
    ['Envoy writes where it runs', (t) => (container(t, 'envoy').ReadonlyRootFilesystem = false)],
    ['Envoy is privileged', (t) => (container(t, 'envoy').Privileged = true)],
    ['an image is what its tag says', (t) => (container(t, 'restate').Image = 'example.com/mirror/restate:1.7.12')],
    [
      'the admin port is published',
      (t) => container(t, 'envoy').PortMappings.push({ ContainerPort: 9070, Protocol: 'tcp' }),
    ],
  ),
  ...on('what may be mounted where', [
    'Envoy writes its own keys',
    (t) => (container(t, 'envoy').MountPoints[0].ReadOnly = false),
    'Orders',
  ]),
  ...on('Restate listens on loopback or on a socket alone', [
    'the admin API listens everywhere',
    (t) =>
      (container(t, 'restate').Environment.find((each: Any) => each.Name === 'RESTATE_ADMIN__BIND_ADDRESS').Value =
        '0.0.0.0:9070'),
  ]),
  ...on('secrets are given by reference alone', [
    'Restate is given the key of the certificate',
    (t) => (container(t, 'restate').Secrets[0].ValueFrom = container(t, 'envoy').Secrets[1].ValueFrom),
  ]),
  ...on('no value of a secret is in what was made', [
    'a secret stands in the environment',
    (t) => container(t, 'envoy').Environment.push({ Name: 'KEY', Value: SECRET_VALUE }),
  ]),
  ...on(
    'roles, network and volumes of the task',
    [
      'the task is what starts it',
      (t) => (at(t, 'RestateTaskDefinition').TaskRoleArn = at(t, 'RestateTaskDefinition').ExecutionRoleArn),
    ],
    ['the data is kept where it is lost', (t) => (at(t, 'RestateTaskDefinition').Volumes[0].Host.SourcePath = '/tmp')],
  ),
  ...on('the service runs this task once, behind these balancers', [
    'two servers share one disk',
    (t) => (at(t, 'RestateService').DesiredCount = 2),
  ]),
  ...on(
    MACHINE,
    [
      'a request alone reads the credentials of the machine',
      (t) => (at(t, 'RestateMachineLaunchTemplate').LaunchTemplateData.MetadataOptions.HttpTokens = 'optional'),
    ],
    [
      'the machine has a public address',
      (t) =>
        (at(t, 'RestateMachineLaunchTemplate').LaunchTemplateData.NetworkInterfaces[0].AssociatePublicIpAddress = true),
    ],
    [
      'the disk of the machine is not encrypted',
      (t) => {
        const { Ebs } = at(t, 'RestateMachineLaunchTemplate').LaunchTemplateData.BlockDeviceMappings[0];
        Ebs.Encrypted = false;
        delete Ebs.KmsKeyId;
      },
    ],
  ),
  ...on('the machine is told the disk, the cluster and the log group of this stack', [
    'the machine attaches another disk',
    (t) => {
      const { LaunchTemplateData: data } = at(t, 'RestateMachineLaunchTemplate');
      const other = JSON.stringify(data.UserData).replaceAll(`{"Ref":"${idOf(t, 'RestateData')}"}`, '"vol-0"');
      data.UserData = JSON.parse(other);
    },
  ]),
  ...on('one machine, of the newest template', [
    'two machines want one disk',
    (t) => (at(t, 'RestateMachineAutoScalingGroup').MaxSize = '2'),
  ]),
  ...on('the cluster reports on its containers', [
    'nobody hears of containers',
    (t) => (at(t, 'RestateMachineCluster').ClusterSettings[0].Value = 'disabled'),
  ]),
  ...on(
    ALARMS,
    ['no news is good news', (t) => (at(t, 'RestateMonitoringAlarmsHealth').TreatMissingData = 'notBreaching')],
    [
      'the alarm looks at nothing',
      (t) => (at(t, 'RestateMonitoringAlarmsHealth').Dimensions[1].Value = 'targetgroup/none/0'),
    ],
  ),
  ...on(
    TOLD,
    ['nobody is told', (t) => (at(t, 'RestateMonitoringAlarmsHealth').AlarmActions = [])],
    ['what is told is not encrypted', (t) => delete at(t, 'RestateNoticesTopic').KmsMasterKeyId],
    [
      'anybody tells',
      (t) => {
        const { PolicyDocument: said } = at(t, 'RestateNoticesTopicPolicy');
        said.Statement[1].Principal = { AWS: '*' };
      },
    ],
  ),
  ...on('what is counted in which log', [
    'refusals are not counted',
    (t) => (at(t, 'RestateMonitoringMetricsDenied').FilterPattern = '{ $.log = "nothing" }'),
  ]),
  ...on('the dashboard shows the alarms of this stack', [
    'an alarm is not shown',
    (t) => {
      const dashboard = at(t, 'RestateMonitoringDashboard');
      const alarm = { 'Fn::GetAtt': [idOf(t, 'RestateMonitoringAlarmsDisk'), 'Arn'] };
      dashboard.DashboardBody = JSON.parse(
        JSON.stringify(dashboard.DashboardBody).replace(JSON.stringify(alarm), '"another"'),
      );
    },
  ]),
];
