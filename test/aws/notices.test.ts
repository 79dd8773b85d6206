import { Match } from 'aws-cdk-lib/assertions';
import { resourceOf, resourcesOf, templateOf } from './template-of';

const TOPIC = { Ref: expect.stringMatching(/^RestateNotices/) as unknown };
const SCALING_ROLE = {
  'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('role/aws-service-role/autoscaling')])],
};

describe('the notices', () => {
  const template = templateOf();

  test('are encrypted with the key of the server', () => {
    const [key] = resourcesOf(template, 'AWS::KMS::Key').map(([id]) => id);
    expect(resourceOf(template, 'AWS::SNS::Topic', 'Notices').Properties).toEqual({
      KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
    });
  });

  test('tell of everything that becomes of the machine', () => {
    const [[, group] = []] = resourcesOf(template, 'AWS::AutoScaling::AutoScalingGroup');
    expect(group?.Properties['NotificationConfigurations']).toEqual([
      {
        TopicARN: TOPIC,
        NotificationTypes: ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map(
          (event) => `autoscaling:EC2_INSTANCE_${event}`,
        ),
      },
    ]);
  });

  test('are written over TLS, by alarms of this account and by nobody else', () => {
    const { PolicyDocument } = resourceOf(template, 'AWS::SNS::TopicPolicy', 'Notices').Properties;
    expect(PolicyDocument).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: TOPIC,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: TOPIC,
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });

  test('can be written: alarms and the role of the Auto Scaling group may use the key', () => {
    for (const Principal of [{ Service: 'cloudwatch.amazonaws.com' }, { AWS: Match.objectLike(SCALING_ROLE) }]) {
      template.hasResourceProperties('AWS::KMS::Key', {
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Allow',
              Principal,
              Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey']),
            }),
          ]),
        },
      });
    }
  });
});
