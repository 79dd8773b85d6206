import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Properties of {@link Notices}. */
export interface NoticesProps {
  readonly encryptionKey: IKey;
}

/**
 * Where it is told that the machine was replaced, and, where nobody else is named, that an alarm went off. Only this account's alarms and
 * its Auto Scaling group may write there, and only over TLS. Whoever wants to know subscribes.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export class Notices extends Construct {
  public readonly topic: Topic;

  public constructor(scope: Construct, id: string, { encryptionKey }: NoticesProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: encryptionKey, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
