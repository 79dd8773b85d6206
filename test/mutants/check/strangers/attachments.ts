import { set } from '../../../check/edits';
import { part } from '../../../check/parts-of-aws';
import { got, idOf, more, type StrangersFault } from './fault';

const TASK = 'RestateTaskDefinitionTaskRole';

const EXECUTION = 'RestateTaskExecutionRole';

const MACHINE = 'RestateMachineRole';

const ROLE = (name: string) => part('AWS::IAM::Role', name);

const say = (Effect: string, Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect,
  Action,
  Resource,
  ...rest,
});

const allow = (action: unknown, resource: unknown, rest: object = {}): object => say('Allow', action, resource, rest);

const managed =
  (role: string, arn: unknown): StrangersFault[1] =>
  (file) => {
    ROLE(role)(file)['ManagedPolicyArns'] = [arn];
  };

const STRANGER = { AWS: 'arn:aws:iam::999999999999:root' };

const COLLEAGUE = { AWS: 'arn:aws:iam::111122223333:role/colleague' };

const trust =
  (role: string, principal: unknown, rest: object = {}): StrangersFault[1] =>
  (file) => {
    ROLE(role)(file)['AssumeRolePolicyDocument']['Statement'].push({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: principal,
      ...rest,
    });
  };

/** Policies that are attached, and who may become whom. */
export const ATTACHMENTS: readonly StrangersFault[] = [
  [
    "administrators' policy for the task",
    managed(TASK, 'arn:aws:iam::aws:policy/AdministratorAccess'),
    ['iam-no-wildcards'],
  ],
  [
    'a policy to read everything, for the task',
    managed(TASK, 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'a policy for secrets, for the task',
    managed(TASK, 'arn:aws:iam::aws:policy/SecretsManagerReadWrite'),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'a policy of somebody, for the task',
    managed(TASK, 'arn:aws:iam::111122223333:policy/somebodys'),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'a policy for shells, for the machine',
    managed(MACHINE, 'arn:aws:iam::aws:policy/AmazonSSMFullAccess'),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'ECS for the machine as Amazon wrote it',
    managed(MACHINE, {
      'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
    }),
    ['iam-no-wildcards'],
  ],
  [
    'a policy of Amazon for the execution role',
    managed(EXECUTION, 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'),
    ['iam-no-wildcards'],
  ],
  [
    'a policy inside the role of the task',
    (file) => {
      ROLE(TASK)(file)['Policies'] = [
        { PolicyName: 'x', PolicyDocument: { Version: '2012-10-17', Statement: [allow('dynamodb:*', '*')] } },
      ];
    },
    ['iam-no-wildcards'],
  ],
  [
    'a policy of its own resource for the machine',
    more('IAM::ManagedPolicy', (file) => ({
      Roles: [{ Ref: idOf(file, 'IAM::Role', MACHINE) }],
      PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:*', '*')] },
    })),
    ['iam-no-wildcards'],
  ],
  [
    'a policy of the newer kind for the task',
    more('IAM::RolePolicy', (file) => ({
      PolicyName: 'x',
      RoleName: { Ref: idOf(file, 'IAM::Role', TASK) },
      PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:*', '*')] },
    })),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  ['anybody assumes the role of the task', trust(TASK, '*'), ['iam-no-wildcards']],
  ['another account assumes the role of the task', trust(TASK, STRANGER), ['iam-no-wildcards']],
  ['another role assumes the role of the task', trust(TASK, COLLEAGUE), ['iam-no-wildcards']],
  [
    'anybody assumes the role that reads secrets',
    trust(EXECUTION, { AWS: '*' }),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'functions assume the role that reads secrets',
    trust(EXECUTION, { Service: 'lambda.amazonaws.com' }),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'machines assume the role that reads secrets',
    trust(EXECUTION, { Service: 'ec2.amazonaws.com' }),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    "a stranger's pipeline assumes the role of the machine",
    trust(MACHINE, { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'functions assume the role of the machine',
    set(part('AWS::IAM::Role', MACHINE), {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
          },
        ],
      },
    }),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'another machine with the profile',
    more('EC2::Instance', (file) => ({
      ImageId: 'ami-0123456789abcdef0',
      IamInstanceProfile: { Ref: idOf(file, 'IAM::InstanceProfile', 'Machine') },
    })),
    ['secret-readers-exact', 'iam-no-wildcards', 'node-replaced-with-its-disk'],
  ],
  [
    'another task with the execution role',
    more('ECS::TaskDefinition', (file) => ({
      Family: 'x',
      ExecutionRoleArn: got(file, 'IAM::Role', EXECUTION, 'Arn'),
      ContainerDefinitions: [{ Name: 'x', Image: 'x:latest', Memory: 64 }],
    })),
    ['secret-readers-exact', 'images-by-digest', 'unprivileged'],
  ],
  [
    'the role of the task is also that of secrets',
    (file) => {
      part('AWS::ECS::TaskDefinition')(file)['TaskRoleArn'] = got(file, 'IAM::Role', EXECUTION, 'Arn');
    },
    ['secret-readers-exact'],
  ],
  [
    'the task runs as the machine',
    (file) => {
      part('AWS::ECS::TaskDefinition')(file)['TaskRoleArn'] = got(file, 'IAM::Role', MACHINE, 'Arn');
    },
    ['iam-no-wildcards', 'secret-readers-exact', 'metadata-unreachable'],
  ],
  [
    'the task runs as somebody',
    (file) => {
      part('AWS::ECS::TaskDefinition')(file)['TaskRoleArn'] = 'arn:aws:iam::111122223333:role/admin';
    },
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
];
