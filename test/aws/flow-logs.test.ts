import { Match } from 'aws-cdk-lib/assertions';
import { resourceOf, templateOf } from './template-of';

describe('the flow logs', () => {
  const template = templateOf();

  test('hold every connection in the subnet of the node, refused ones too, and of no other subnet', () => {
    template.resourceCountIs('AWS::EC2::FlowLog', 1);
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'Subnet',
      ResourceId: { Ref: Match.stringLikeRegexp('^NetworkIsolatedSubnet1') },
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
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
