import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { REMOTE_AUTH, resourceOf, resourcesOf, templateOf } from './template-of';

const attributes = (properties: unknown): Record<string, unknown> =>
  Object.fromEntries((properties as { Key: string; Value: unknown }[]).map(({ Key, Value }) => [Key, Value]));

describe('the balancer', () => {
  const template = templateOf();

  test('is internal, beside the node, and cannot be deleted by mistake', () => {
    const { Properties } = resourceOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(Properties).toMatchObject({
      Type: 'network',
      Scheme: 'internal',
      Subnets: [{ Ref: expect.stringMatching(/^NetworkIsolatedSubnet1/) as unknown }],
    });
    expect(attributes(Properties['LoadBalancerAttributes'])).toMatchObject({
      'deletion_protection.enabled': 'true',
      'access_logs.s3.enabled': 'true',
    });
  });

  test('stands in the public subnets when it is internet-facing, the node never', () => {
    const facing = templateOf(() => ({ ingress: { internetFacing: true, auth: REMOTE_AUTH } }), 1);
    expect(resourceOf(facing, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties).toMatchObject({
      Scheme: 'internet-facing',
      Subnets: [1, 2].map((zone) => ({
        Ref: expect.stringMatching(new RegExp(`^NetworkPublicSubnet${zone}`)) as unknown,
      })),
    });
    expect(JSON.stringify(resourceOf(facing, 'AWS::ECS::Service').Properties)).not.toContain('PublicSubnet');
    expect(JSON.stringify(resourceOf(facing, 'AWS::AutoScaling::AutoScalingGroup').Properties)).not.toContain(
      'PublicSubnet',
    );
  });

  test('has those who read its access logs written down where somebody names a bucket for that', () => {
    const watched = templateOf((stack) => ({ auditBucket: Bucket.fromBucketName(stack, 'Archive', 'archive') }));
    const [without, named] = [template, watched].map(
      (each) => resourceOf(each, 'AWS::S3::Bucket', 'AccessLogs').Properties['LoggingConfiguration'],
    );
    expect(without).toBeUndefined();
    expect(named).toEqual({
      DestinationBucketName: 'archive',
      LogFilePrefix: expect.stringMatching(/Restate\/Balancer\/AccessLogs\/$/) as unknown,
    });
  });

  test('has one listener, with a certificate and without old TLS', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [Match.anyValue()],
    });
  });

  test('speaks TLS to Envoy and asks its health listener, which names nothing', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
    template.hasResource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Properties: {
        Port: 8443,
        Protocol: 'TLS',
        TargetType: 'ip',
        HealthCheckPort: '8081',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/healthz',
      },
      Metadata: { 'portcullis:accepted': [Match.objectLike({ claim: 'tls-outside' })] },
    });
  });

  test('writes its log into a bucket that is private, versioned and closed to plaintext', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const { Statement } = resourceOf(template, 'AWS::S3::BucketPolicy').Properties['PolicyDocument'] as {
      Statement: { Effect: string; Action: string; Principal: unknown; Condition: unknown }[];
    };
    expect(Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
    expect(
      Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Principal }) => [Action, Principal]),
    ).toEqual([
      ['s3:PutObject', { Service: 'delivery.logs.amazonaws.com' }],
      ['s3:GetBucketAcl', { Service: 'delivery.logs.amazonaws.com' }],
    ]);
  });
});

describe('the endpoints', () => {
  test('are private doors of every service that the machine needs, S3 among them, and open to no block of addresses', () => {
    const endpoints = resourcesOf(templateOf(), 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) => Properties);
    const services = endpoints.map(({ ServiceName }) =>
      String(/([a-z0-9.-]+)"\]\]\}$/.exec(JSON.stringify(ServiceName))?.[1]),
    );
    expect(services).toEqual(
      [
        'ec2',
        'ecr.api',
        'ecr.dkr',
        'ecs',
        'ecs-agent',
        'ecs-telemetry',
        'logs',
        's3',
        'secretsmanager',
        'ssm',
        'ssmmessages',
      ].map((service) => `.${service}`),
    );
    for (const endpoint of endpoints)
      expect(endpoint).toMatchObject({ VpcEndpointType: 'Interface', PrivateDnsEnabled: true });
    expect(endpoints.filter(({ DnsOptions }) => DnsOptions !== undefined).map(({ DnsOptions }) => DnsOptions)).toEqual([
      { PrivateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' },
    ]);
  });
});
