import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Properties of {@link AccessLogs}. */
export interface AccessLogsProps {
  readonly encryptionKey: IKey;
  /** @default - nobody writes down who reads them */
  readonly auditBucket: IBucket | undefined;
}

/**
 * Where the load balancer writes who connected: encrypted, versioned, kept a year, and kept when the stack goes. Who reads or changes that
 * is written to a bucket of the account's: one made here would want a log in turn, and there is no end to logs of logs.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 */
export class AccessLogs extends Construct {
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, { encryptionKey, auditBucket }: AccessLogsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (auditBucket !== undefined) this.audit(auditBucket);
    for (const statement of this.delivery()) this.bucket.addToResourcePolicy(statement);
    // What is kept stays closed: the policy says that nobody reads it without TLS.
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** Turns them on. */
  public of(loadBalancer: NetworkLoadBalancer): void {
    loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    loadBalancer.setAttribute('access_logs.s3.bucket', this.bucket.bucketName);
    if (this.bucket.policy !== undefined) loadBalancer.node.addDependency(this.bucket.policy);
  }

  /** Set below the framework, which would warn that it cannot see the policy of a bucket from elsewhere. */
  private audit({ bucketName }: IBucket): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.loggingConfiguration = { destinationBucketName: bucketName, logFilePrefix: `${this.node.path}/` };
  }

  private delivery(): PolicyStatement[] {
    const { account } = Stack.of(this);
    const principals = [new ServicePrincipal('delivery.logs.amazonaws.com')];
    const conditions = { StringEquals: { 'aws:SourceAccount': account } };
    const objects = this.bucket.arnForObjects(`AWSLogs/${account}/*`);
    return [
      new PolicyStatement({ principals, conditions, actions: ['s3:PutObject'], resources: [objects] }),
      new PolicyStatement({ principals, conditions, actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn] }),
    ];
  }
}
