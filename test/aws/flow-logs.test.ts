import { Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { resourceOf, templateOf } from './template-of';

describe('the flow logs', () => {
  const template = templateOf();

  test('hold every connection in the VPC that is the server’s alone, refused ones too', () => {
    template.resourceCountIs('AWS::EC2::FlowLog', 1);
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      ResourceId: { Ref: Match.stringLikeRegexp('^Network') },
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
    });
  });

  test('hold those of the subnet of the node, and of no other subnet, where the VPC has endpoints for others, too', () => {
    const shared = templateOf((stack) => ({
      existingEndpoints: SecurityGroup.fromSecurityGroupId(stack, 'Endpoints', 'sg-1'),
    }));
    shared.resourceCountIs('AWS::EC2::FlowLog', 1);
    shared.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'Subnet',
      ResourceId: { Ref: Match.stringLikeRegexp('^NetworkIsolatedSubnet1') },
      TrafficType: 'ALL',
    });
  });

  test('are encrypted with the key of the server, and kept as long as other logs', () => {
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'FlowLogs').Properties).toMatchObject({
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^RestateEncryptionKey/) as unknown, 'Arn'] },
      RetentionInDays: 365,
    });
  });

  test('are written by a service that the key admits for every log of this account', () => {
    const { Statement } = resourceOf(template, 'AWS::KMS::Key').Properties['KeyPolicy'] as {
      Statement: { Principal: unknown; Condition?: unknown }[];
    };
    const logs = Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('"logs.'));
    expect(logs.map(({ Condition }) => JSON.stringify(Condition))).toEqual([
      expect.stringMatching(/kms:EncryptionContext:aws:logs:arn.*AWS::AccountId.*:\*"/),
    ]);
  });
});
