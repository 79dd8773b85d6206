import type { EditedFile } from '../../../check/examples';
import type { Edited } from '../sites';
import type { HarmlessChange } from './harmless-change';

type Resource = Record<string, Edited>;

/** Other ways to write the same template, and what has nothing to do with the deployment beside it. */
export const HARMLESS_ON_AWS: readonly HarmlessChange[] = [
  { id: 'ids-renamed', edit: renameIds },
  { id: 'inline-rules-made-separate', edit: separateRules },
  { id: 'separate-rules-made-inline', edit: inlineRules },
  { id: 'join-written-as-sub', edit: (file) => void mapValues(file, joinAsSub) },
  { id: 'get-att-written-as-text', edit: (file) => void mapValues(file, getAttAsText) },
  { id: 'single-items-written-as-lists', edit: (file) => statements(file, listedItems) },
  { id: 'policies-split', edit: splitPolicies },
  { id: 'policies-merged-into-roles', edit: mergePolicies },
  { id: 'ranges-narrowed', example: 'Billing', edit: narrowRanges },
  { id: 'metadata-removed', edit: removeMetadata },
  { id: 'keys-reordered', edit: reorderKeys },
  { id: 'numbers-and-booleans-written-as-texts', edit: propertiesAsTexts },
  { id: 'tags-added', edit: addTags },
  { id: 'descriptions-removed', edit: removeDescriptions },
  {
    id: 'order-of-creation-removed',
    edit: (file) => resourcesOf(file).forEach(([, resource]) => delete resource['DependsOn']),
  },
  { id: 'outputs-added', edit: (file) => void (file['Outputs'] = { Cluster: { Value: 'restate' } }) },
  {
    id: 'cdk-boilerplate-removed',
    edit: (file) => ['Parameters', 'Rules', 'Conditions'].forEach((part) => delete file[part]),
  },
  { id: 'unrelated-bucket-added', edit: (file) => add(file, { UnrelatedBucket: { Type: 'AWS::S3::Bucket' } }) },
  { id: 'unrelated-function-added', edit: (file) => add(file, UNRELATED_FUNCTION) },
  { id: 'unrelated-network-added', edit: (file) => add(file, UNRELATED_NETWORK) },
  { id: 'unused-group-open-to-the-world-added', edit: (file) => add(file, unusedGroup(file)) },
  { id: 'unrelated-service-added', edit: (file) => add(file, UNRELATED_SERVICE) },
  { id: 'unrelated-queue-table-and-topic-added', edit: (file) => add(file, UNRELATED_STORES) },
];

const UNRELATED_FUNCTION: Resource = {
  UnrelatedRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  },
  UnrelatedFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => {};' },
      Role: { 'Fn::GetAtt': ['UnrelatedRole', 'Arn'] },
    },
  },
};

const UNRELATED_NETWORK: Resource = {
  UnrelatedVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '172.31.0.0/16' } },
  UnrelatedSubnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: { Ref: 'UnrelatedVpc' }, CidrBlock: '172.31.0.0/24', MapPublicIpOnLaunch: true },
  },
  UnrelatedGateway: { Type: 'AWS::EC2::InternetGateway' },
  UnrelatedAttachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'UnrelatedVpc' }, InternetGatewayId: { Ref: 'UnrelatedGateway' } },
  },
  UnrelatedTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'UnrelatedVpc' } } },
  UnrelatedRoute: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'UnrelatedAttachment',
    Properties: {
      RouteTableId: { Ref: 'UnrelatedTable' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: { Ref: 'UnrelatedGateway' },
    },
  },
  UnrelatedAssociation: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'UnrelatedSubnet' }, RouteTableId: { Ref: 'UnrelatedTable' } },
  },
  UnrelatedGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'of another network',
      VpcId: { Ref: 'UnrelatedVpc' },
      SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }],
    },
  },
};

function unusedGroup(file: EditedFile): Resource {
  const network = resourcesOf(file).find(([, { Type }]) => Type === 'AWS::EC2::VPC')?.[0];
  return {
    UnusedGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'used by nobody',
        VpcId: { Ref: network },
        SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }],
      },
    },
  };
}

const UNRELATED_SERVICE: Resource = {
  UnrelatedCluster: { Type: 'AWS::ECS::Cluster' },
  UnrelatedExecutionRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
      },
    },
  },
  UnrelatedTask: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'web',
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ExecutionRoleArn: { 'Fn::GetAtt': ['UnrelatedExecutionRole', 'Arn'] },
      ContainerDefinitions: [
        { Name: 'web', Image: 'nginx:1.27', Essential: true, PortMappings: [{ ContainerPort: 80 }] },
      ],
    },
  },
  ...UNRELATED_NETWORK,
  UnrelatedService: {
    Type: 'AWS::ECS::Service',
    Properties: {
      Cluster: { Ref: 'UnrelatedCluster' },
      LaunchType: 'FARGATE',
      DesiredCount: 1,
      TaskDefinition: { Ref: 'UnrelatedTask' },
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: 'ENABLED',
          Subnets: [{ Ref: 'UnrelatedSubnet' }],
          SecurityGroups: [{ 'Fn::GetAtt': ['UnrelatedGroup', 'GroupId'] }],
        },
      },
    },
  },
};

const UNRELATED_STORES: Resource = {
  UnrelatedQueue: { Type: 'AWS::SQS::Queue' },
  UnrelatedTopic: { Type: 'AWS::SNS::Topic' },
  UnrelatedItems: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  },
  UnrelatedLogs: { Type: 'AWS::Logs::LogGroup' },
};

function resourcesOf(file: EditedFile): readonly (readonly [string, Resource])[] {
  return Object.entries(file['Resources'] as Record<string, Resource>);
}

function add(file: EditedFile, resources: Resource): void {
  Object.assign(file['Resources'], resources);
}

/** Puts another value in the place of every one, from within. */
function mapValues(value: Edited, change: (value: Edited, key: string) => unknown, key = ''): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.keys(value)) value[inner] = mapValues(value[inner], change, inner);
  }
  return change(value, key);
}

function renameIds(file: EditedFile): void {
  let text = JSON.stringify(file);
  resourcesOf(file).forEach(([id], index) => {
    text = text.replaceAll(`"${id}"`, `"Thing${index}"`);
  });
  file['Resources'] = (JSON.parse(text) as EditedFile)['Resources'];
}

function separateRules(file: EditedFile): void {
  for (const [id, { Type, Properties }] of resourcesOf(file)) {
    if (Type !== 'AWS::EC2::SecurityGroup') continue;
    for (const [list, type] of [
      ['SecurityGroupIngress', 'AWS::EC2::SecurityGroupIngress'],
      ['SecurityGroupEgress', 'AWS::EC2::SecurityGroupEgress'],
    ] as const) {
      const rules = (Properties[list] ?? []) as readonly Resource[];
      // a group without a rule for its way out gets one for everything
      const kept = list === 'SecurityGroupEgress' ? 1 : 0;
      rules.slice(kept).forEach((rule, index) =>
        add(file, {
          [`${id}${list}${index}`]: {
            Type: type,
            Properties: { ...rule, GroupId: { 'Fn::GetAtt': [id, 'GroupId'] } },
          },
        }),
      );
      if (rules.length > kept) Properties[list] = rules.slice(0, kept);
    }
  }
}

function inlineRules(file: EditedFile): void {
  for (const [id, { Type, Properties }] of resourcesOf(file)) {
    if (Type !== 'AWS::EC2::SecurityGroupIngress' && Type !== 'AWS::EC2::SecurityGroupEgress') continue;
    const { GroupId, ...rule } = Properties;
    const group = file['Resources'][GroupId['Fn::GetAtt'][0]];
    const list = Type.slice('AWS::EC2::'.length);
    group.Properties[list] = [...(group.Properties[list] ?? []), rule];
    delete file['Resources'][id];
  }
}

function joinAsSub(value: Edited): unknown {
  const join = value?.['Fn::Join'];
  if (!Array.isArray(join) || join[0] !== '') return value;
  const pieces = (join[1] as readonly Edited[]).map((piece) => {
    if (typeof piece === 'string') return piece.replaceAll('${', '${!');
    if (typeof piece.Ref === 'string') return `\${${piece.Ref}}`;
    if (Array.isArray(piece['Fn::GetAtt'])) return `\${${piece['Fn::GetAtt'].join('.')}}`;
    return undefined;
  });
  return pieces.includes(undefined) ? value : { 'Fn::Sub': pieces.join('') };
}

function getAttAsText(value: Edited): unknown {
  const got = value?.['Fn::GetAtt'];
  return Array.isArray(got) ? { 'Fn::GetAtt': got.join('.') } : value;
}

/** What a tool noted for itself is none of CloudFormation's. */
function propertiesAsTexts(file: EditedFile): void {
  for (const [, { Properties }] of resourcesOf(file)) mapValues(Properties, asText);
}

function asText(value: unknown, key: string): unknown {
  return (typeof value === 'boolean' || typeof value === 'number') && !key.includes(':') ? String(value) : value;
}

function statements(file: EditedFile, change: (statement: Resource) => void): void {
  mapValues(file, (value, key) => {
    if (key === 'Statement') for (const statement of [value].flat()) change(statement);
    return value;
  });
}

function listedItems(statement: Resource): void {
  for (const key of ['Action', 'Resource']) {
    if (statement[key] !== undefined && !Array.isArray(statement[key])) statement[key] = [statement[key]];
  }
}

function splitPolicies(file: EditedFile): void {
  for (const [id, { Type, Properties }] of resourcesOf(file)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    const all = Properties.PolicyDocument.Statement as readonly Resource[];
    all.slice(1).forEach((statement, index) =>
      add(file, {
        [`${id}Part${index}`]: {
          Type,
          Properties: {
            ...Properties,
            PolicyName: `${id}Part${index}`,
            PolicyDocument: { ...Properties.PolicyDocument, Statement: [statement] },
          },
        },
      }),
    );
    Properties.PolicyDocument.Statement = all.slice(0, 1);
  }
}

function mergePolicies(file: EditedFile): void {
  for (const [id, { Type, Properties }] of resourcesOf(file)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    for (const { Ref } of Properties.Roles) {
      const role = file['Resources'][Ref];
      role.Properties.Policies = [
        ...(role.Properties.Policies ?? []),
        { PolicyName: Properties.PolicyName, PolicyDocument: Properties.PolicyDocument },
      ];
    }
    delete file['Resources'][id];
    for (const [, resource] of resourcesOf(file)) {
      if (Array.isArray(resource['DependsOn'])) {
        resource['DependsOn'] = resource['DependsOn'].filter((other: string) => other !== id);
      }
    }
  }
}

/** Of the ranges in rules that admit, a quarter each. */
function narrowRanges(file: EditedFile): void {
  for (const [, { Type, Properties }] of resourcesOf(file)) {
    const rules = Type === 'AWS::EC2::SecurityGroup' ? (Properties.SecurityGroupIngress ?? []) : [];
    for (const rule of rules as readonly Resource[]) {
      const range = rule['CidrIp'] as string | undefined;
      if (range === '0.0.0.0/0') rule['CidrIp'] = '203.0.113.0/24';
      else if (range !== undefined)
        rule['CidrIp'] = range.replace(/\/(?<bits>\d+)$/, (_, bits) => `/${Number(bits) + 2}`);
      if (rule['CidrIpv6'] === '::/0') rule['CidrIpv6'] = '2001:db8:1::/48';
    }
  }
}

function removeMetadata(file: EditedFile): void {
  for (const [, resource] of resourcesOf(file)) delete resource['Metadata'];
  delete file['Metadata'];
}

function reorderKeys(file: EditedFile): void {
  const reordered = reversed(file) as EditedFile;
  for (const key of Object.keys(file)) delete file[key];
  Object.assign(file, reordered);
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function addTags(file: EditedFile): void {
  const tagged = [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::Subnet',
    'AWS::EC2::VPC',
    'AWS::S3::Bucket',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
  ];
  for (const [, { Type, Properties }] of resourcesOf(file)) {
    if (tagged.includes(Type)) Properties.Tags = [...(Properties.Tags ?? []), { Key: 'team', Value: 'payments' }];
  }
}

function removeDescriptions(file: EditedFile): void {
  mapValues(file.Resources, (value) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      delete value.Description;
      delete value.AlarmDescription;
    }
    return value;
  });
}
