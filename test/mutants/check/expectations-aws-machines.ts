import { ALARM, KEYS, LET_OUT, NODE, REACHED, TRAIL } from './claims-on-aws';
import type { Expectation } from './expectation';

/** What is said of single changes to templates of CloudFormation: machines, tasks and their scripts. */
export const EXPECTED_OF_AWS_MACHINES: readonly Expectation[] = [
  // Machine and task
  {
    at: /^AWS::AutoScaling::AutoScalingGroup \S+ \.Properties\.(?:MaxSize|DesiredCapacity)$/,
    by: /^(?:bigger|one-more)$/,
    claims: NODE,
  },
  {
    at: /^AWS::AutoScaling::AutoScalingGroup \S+ \.Properties\.LaunchTemplate\S*$/,
    by: /^delete$/,
    claims: [...NODE, 'unprivileged', 'disks-encrypted-own-key', 'instance-metadata-v2'],
  },
  {
    at: /^AWS::AutoScaling::AutoScalingGroup /,
    refused: 'a group that cannot be, or replaces its machine another way',
  },
  {
    at: /^AWS::EC2::LaunchTemplate .*\.MetadataOptions(?:\.HttpTokens|\.HttpPutResponseHopLimit)?$/,
    by: /^(?:delete|weaker-optional|bigger|one-more)$/,
    claims: ['instance-metadata-v2', 'metadata-unreachable'],
  },
  { at: /^AWS::EC2::LaunchTemplate .*\.Ebs(?:\.Encrypted|\.KmsKeyId)?$/, by: /^(?:delete|flip)$/, claims: KEYS },
  { at: /^AWS::EC2::LaunchTemplate .*\.BlockDeviceMappings$/, by: /^(?:delete|empty|extra)/, claims: KEYS },
  { at: /^AWS::EC2::LaunchTemplate .*\.AssociatePublicIpAddress$/, by: /^flip$/, claims: ['no-public-address'] },
  { at: /^AWS::EC2::LaunchTemplate .*\.NetworkInterfaces$/, by: /^extra/, claims: ['no-public-address'] },
  {
    at: /^AWS::EC2::LaunchTemplate .*\.Groups(?:\[\w*\])?$/,
    by: /^(?:delete|empty|extra|another|star)/,
    claims: [...REACHED, ...LET_OUT],
  },
  {
    at: /^AWS::EC2::LaunchTemplate .*\.TagSpecifications\[instance\]?.*portcullis:volume\]/,
    refused: 'a label by which the machine is let to its disk',
  },
  { at: /^AWS::EC2::LaunchTemplate /, refused: 'a machine that cannot be, or of another kind' },
  { at: /^AWS::ECS::Cluster /, refused: 'a cluster that counts less' },
  {
    at: /^AWS::ECS::Service \S+ \.Properties$/,
    by: /^with-EnableExecuteCommand$/,
    claims: ['admin-closed', 'unprivileged'],
  },
  {
    at: /^AWS::ECS::Service \S+ \.Properties\.EnableExecuteCommand$/,
    by: /^flip$/,
    claims: ['admin-closed', 'unprivileged'],
  },
  { at: /^AWS::ECS::Service .*\.AssignPublicIp$/, by: /^weaker/, claims: ['no-public-address'] },
  {
    at: /^AWS::ECS::Service .*\.SecurityGroups(?:\[\w*\])?$/,
    by: /^(?:delete|empty|extra|another)/,
    claims: [...REACHED, ...LET_OUT],
  },
  {
    at: /^AWS::ECS::Service \S+ \.Properties\.DesiredCount$/,
    by: /^(?:bigger|one-more)$/,
    claims: [...NODE, 'deploy-drains'],
  },
  { at: /^AWS::ECS::Service .*\.MaximumPercent$/, by: /^bigger$/, claims: [...NODE, 'deploy-drains'] },
  { at: /^AWS::ECS::Service .*\.LoadBalancers$/, by: /^extra/, claims: [...REACHED, ...ALARM] },
  { at: /^AWS::ECS::Service /, refused: 'a service that cannot be, or is reached no more' },
  { at: /^AWS::ECS::TaskDefinition .*\.User$/, by: /^(?:delete|user)/, claims: ['unprivileged'] },
  { at: /^AWS::ECS::TaskDefinition .*\.Privileged$/, by: /^flip$/, claims: ['unprivileged'] },
  { at: /^AWS::ECS::TaskDefinition .*\.ReadonlyRootFilesystem$/, by: /^(?:delete|flip)$/, claims: ['unprivileged'] },
  { at: /^AWS::ECS::TaskDefinition .*\.DockerSecurityOptions(?:\[\w*\])?$/, claims: ['unprivileged'] },
  {
    at: /^AWS::ECS::TaskDefinition .*\.(?:LinuxParameters|Capabilities(?:\.Drop(?:\[\w*\])?)?)$/,
    by: /^(?:delete|empty|with-(?:Add|Devices)|weaker-NET_RAW)$/,
    claims: ['unprivileged', 'identity-key-by-reference'],
  },
  {
    at: /^AWS::ECS::TaskDefinition \S+ \.Properties$/,
    by: /^with-(?:PidMode|IpcMode|NetworkMode)$/,
    claims: ['unprivileged', 'metadata-unreachable', 'ingress-no-bypass'],
  },
  {
    at: /^AWS::ECS::TaskDefinition \S+ \.Properties\.NetworkMode$/,
    by: /^weaker/,
    claims: ['unprivileged', 'metadata-unreachable', 'ingress-no-bypass'],
  },
  {
    at: /^AWS::ECS::TaskDefinition \S+ \.Properties\.ContainerDefinitions$/,
    by: /^extra/,
    claims: ['images-by-digest', 'unprivileged'],
  },
  { at: /^AWS::ECS::TaskDefinition .*\.Image\.Fn::Join/, by: /^(?:no-digest|latest)$/, claims: ['images-by-digest'] },
  {
    at: /^AWS::ECS::TaskDefinition .*\[restate\]\.Environment$/,
    by: /^extra-first-(?!config-file|secret-value|aws-key|preload|lower-case|unknown-key)|bind-ip$/,
    refused: 'the later of two variables counts, and a narrower key before a wider one',
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[restate\]\.Environment$/,
    by: /^extra/,
    claims: [
      'config-honoured',
      'secrets-by-reference',
      'admin-closed',
      'bind-narrow',
      'ingress-no-bypass',
      'admin-ui-closed',
      'unprivileged',
    ],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\.Environment$/,
    by: /(?:secret-value|aws-key)$/,
    claims: ['secrets-by-reference'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\.Environment$/,
    by: /^extra/,
    refused: 'a variable that its program does not read',
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_(?:ADMIN__|INGRESS__)?BIND_ADDRESS\]\.Value$/,
    by: /^everywhere/,
    claims: ['bind-narrow', 'admin-closed', 'ingress-no-bypass', 'fabric-cluster-only', 'metrics-closed'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_ADMIN__BIND_ADDRESS\](?:\.Value)?$/,
    by: /^delete$/,
    refused: 'without an address it listens everywhere, but where its mode keeps it to a socket',
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_(?:INGRESS__)?BIND_ADDRESS\](?:\.Value)?$/,
    by: /^delete$/,
    claims: ['bind-narrow', 'admin-closed', 'ingress-no-bypass', 'fabric-cluster-only', 'metrics-closed'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE\](?:\.Value)?$/,
    by: /^(?:delete|blank|other)$/,
    claims: ['requests-signed', 'identity-key-by-reference'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_EXPIRATION\]\.Value$/,
    by: /^bigger$/,
    claims: ['requests-signed'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_ADMIN__DISABLE_WEB_UI\](?:\.Value)?$/,
    by: /^(?:delete|flip)$/,
    claims: ['admin-ui-closed'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[RESTATE_SHUTDOWN_TIMEOUT\]\.Value$/,
    by: /^(?:zero|bigger)$/,
    claims: ['deploy-drains'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[restate\]\.StopTimeout$/,
    by: /^(?:delete|zero|smaller)$/,
    claims: ['deploy-drains'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[envoy\]\.Command$/,
    by: /^(?:delete|empty|extra)/,
    claims: ['ingress-authenticated', 'proxy-has-no-admin', 'bind-narrow'],
  },
  {
    at: /^AWS::ECS::TaskDefinition .*\[restate\]\.(?:EntryPoint|Command)/,
    by: /^(?:delete|empty|star|blank|other|extra)/,
    refused: 'a start that is none, or another',
  },
  { at: /^AWS::ECS::TaskDefinition .*\.LogConfiguration(?:\.LogDriver)?$/, by: /^(?:delete|weaker)/, claims: TRAIL },
  {
    at: /^AWS::ECS::TaskDefinition .*\.(?:Drop|Image|LogDriver|SourceVolume|User)(?:\[\w*\])?$/,
    by: /^(?:delete|blank|star|other)$/,
    claims: ['unprivileged', 'images-by-digest', ...TRAIL],
  },
  { at: /^AWS::ECS::TaskDefinition /, refused: 'a task that cannot be, or has another share of its machine' },
  { at: /^script .*\[(?:certificate|expiry)\]/, claims: ['secrets-by-reference'] },
  { at: /^script .*:exec restate-server/, refused: 'nothing runs Restate' },
  {
    at: /^script .*\[restate\].*:(?:set -eu|umask 077|unset PORTCULLIS|printf|export TMPDIR|rm -rf|mkdir)/,
    claims: ['secrets-by-reference', 'identity-key-by-reference', 'unprivileged', 'bind-narrow'],
  },
  {
    at: /^script .*\.UserData.*:(?!ECS_AWSVPC)[A-Z_]+=/,
    refused: 'a value without which the script stops, or one that the agent has by default',
  },
  { at: /^script .*\.UserData.*:d \/run\/portcullis\//, refused: 'a folder without which the task does not start' },
  { at: /^script .*\.UserData/, claims: [...NODE, 'metadata-unreachable', 'instance-metadata-v2'] },
  { at: /^script /, refused: 'a line of a start' },
];
