import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { RestateServer, type IRestateServer, type RestateServerAttributes } from '../../lib/aws';
import { refusal } from '../core/refusal';
import { newStack, PUBLIC_KEY, resourceOf, resourcesOf, serverIn } from './template-of';

const ATTRIBUTES: RestateServerAttributes = {
  hostnames: ['restate.example.com'],
  ingressSecurityGroupId: 'sg-0ingress',
  servicesSecurityGroupId: 'sg-0services',
  identityPublicKeys: [PUBLIC_KEY],
  logGroupArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:Orders-Logs',
};

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function granted(stack: Stack, grant: (role: Role) => void): readonly Statement[] {
  grant(new Role(stack, 'Reader', { assumedBy: new ArnPrincipal('arn:aws:iam::111122223333:root') }));
  const { Properties } = resourceOf(Template.fromStack(stack), 'AWS::IAM::Policy', 'Reader');
  return (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement;
}

const named = (end: string): unknown => ({
  'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(end)])],
});

describe('a server of another stack', () => {
  test('is what its own stack says, and makes nothing', () => {
    const stack = newStack();
    const server = RestateServer.fromAttributes(stack, 'Restate', ATTRIBUTES);
    expect(server).toMatchObject({ url: 'https://restate.example.com', identityPublicKeys: [PUBLIC_KEY] });
    expect(server.services.securityGroupId).toBe('sg-0services');
    expect(Template.fromStack(stack).toJSON()['Resources']).toBeUndefined();
  });

  test('has what one in this stack has', () => {
    const own: IRestateServer = serverIn(newStack());
    expect(own).toMatchObject({ url: 'https://restate.example.com', hostnames: ['restate.example.com'] });
  });

  test('gives callers their way out and opens nothing', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Network', { natGateways: 0 });
    const shop = new SecurityGroup(stack, 'Shop', { vpc, allowAllOutbound: false });
    const { ingressDoor } = RestateServer.fromAttributes(stack, 'Restate', ATTRIBUTES);
    shop.connections.allowToDefaultPort(ingressDoor);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(resourceOf(template, 'AWS::EC2::SecurityGroupEgress').Properties).toMatchObject({
      DestinationSecurityGroupId: 'sg-0ingress',
      FromPort: 443,
      ToPort: 443,
    });
  });

  test('may be one of the same app, whose values go by export', () => {
    const app = new App();
    const server = serverIn(new Stack(app, 'Server'));
    const other = new Stack(app, 'Other');
    const known = RestateServer.fromAttributes(other, 'Restate', {
      hostnames: server.hostnames,
      ingressSecurityGroupId: server.ingressDoor.securityGroupId,
      servicesSecurityGroupId: server.services.securityGroupId,
      identityPublicKeys: server.identityPublicKeys,
      logGroupArn: server.logGroup.logGroupArn,
    });
    const [statement] = granted(other, (role) => known.grantReadLogs(role));
    expect(JSON.stringify(statement?.Resource)).toContain('Fn::ImportValue');
  });

  test.each<[string, string, object]>([
    ['without a host name', 'HostnameInvalid', { hostnames: [] }],
    ['without a key', 'PublicKeyInvalid', { identityPublicKeys: [] }],
    ['with a foreign word', 'OptionUnknown', { vpc: 'vpc-1' }],
  ])('is refused %s', (_, code, attributes) => {
    const known = { ...ATTRIBUTES, ...attributes };
    expect(refusal(() => RestateServer.fromAttributes(newStack(), 'Restate', known)).code).toBe(code);
  });
});

describe('a grant', () => {
  test.each<[string, (stack: Stack) => IRestateServer]>([
    ['of this stack', (stack) => serverIn(stack)],
    ['of another', (stack) => RestateServer.fromAttributes(stack, 'Restate', ATTRIBUTES)],
  ])('to read the logs of a server %s is about its one log group', (_, server) => {
    const stack = newStack();
    const known = server(stack);
    const statements = granted(stack, (role) => known.grantReadLogs(role));
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Action).toEqual(['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents']);
    expect(JSON.stringify(statements[0]?.Resource)).toMatch(/RestateLogs|:log-group:Orders-Logs:\*"/);
  });

  test('to break the glass is a shell on the machine that has the disk, and no tunnel', () => {
    const stack = newStack();
    const server = serverIn(stack);
    const statements = granted(stack, (role) => server.grantBreakGlass(role));
    const BoolIfExists = { 'ssm:SessionDocumentAccessCheck': 'true' };
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'ssm:StartSession',
        Resource: named(':instance/*'),
        Condition: {
          BoolIfExists,
          StringEquals: {
            'ssm:resourceTag/portcullis:volume': { Ref: expect.stringMatching(/^RestateData/) as string },
          },
        },
      },
      {
        Effect: 'Allow',
        Action: 'ssm:StartSession',
        Resource: named(':document/SSM-SessionManagerRunShell'),
        Condition: { BoolIfExists },
      },
      {
        Effect: 'Allow',
        Action: ['ssm:TerminateSession', 'ssm:ResumeSession', 'ssmmessages:OpenDataChannel'],
        Resource: named(':session/${aws:userid}-*'),
      },
    ]);
  });

  test('is made by nobody unasked', () => {
    const stack = newStack();
    serverIn(stack);
    const policies = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy');
    expect(JSON.stringify(policies)).not.toMatch(/ssm:StartSession|logs:GetLogEvents/);
  });
});
