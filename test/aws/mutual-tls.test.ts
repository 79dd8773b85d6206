import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EXPIRY_SCRIPT } from '../../lib/aws/expiry-script';
import { mutualTls, proxyCertificate } from './mutual-tls';
import { adminDoor, resourceOf, resourcesOf, templateOf } from './template-of';

interface ContainerDefinition {
  readonly Name: string;
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
  readonly [property: string]: unknown;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function containers(template: Template): Record<string, ContainerDefinition> {
  const { Properties } = resourceOf(template, 'AWS::ECS::TaskDefinition');
  return Object.fromEntries(
    (Properties['ContainerDefinitions'] as ContainerDefinition[]).map((container) => [container.Name, container]),
  );
}

/** What a policy says about an action, one text a statement. */
function allowed(template: Template, type: string, name: string, action: string): string[] {
  const { Statement } = resourceOf(template, type, name).Properties['PolicyDocument'] as { Statement: Statement[] };
  return Statement.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource, Condition }) =>
    JSON.stringify([Resource, Condition]),
  );
}

/** The last word of the name of each secret that a container is given. */
const secretsOf = ({ Secrets = [] }: ContainerDefinition): string[][] =>
  Secrets.map(({ Name, ValueFrom }) => [Name, String(/secret:([^"]+)"/.exec(JSON.stringify(ValueFrom))?.[1])]);

describe('a proxy with a certificate of its own', () => {
  const template = templateOf(mutualTls);
  const { restate, envoy, expiry } = containers(template);

  test('is passed TLS on to: the balancer ends none, and has no certificate to do so', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'TCP',
      Certificates: Match.absent(),
      SslPolicy: Match.absent(),
      AlpnPolicy: Match.absent(),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 8443,
      Protocol: 'TCP',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: '8081',
      HealthCheckPath: '/healthz',
    });
  });

  test('leaves no hop whose other end nobody verifies', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('tls-outside');
  });

  test('is the only one that is given the private key, and nobody mints another', () => {
    expect(Object.keys(containers(template))).toEqual(['restate', 'envoy', 'expiry']);
    expect(Object.values(containers(template)).map(secretsOf)).toEqual([
      [['PORTCULLIS_IDENTITY_KEY', 'orders/identity']],
      [
        ['TLS_CERTIFICATE', 'orders/certificate:certificate::'],
        ['TLS_PRIVATE_KEY', 'orders/certificate:privateKey::'],
      ],
      [['TLS_CERTIFICATE', 'orders/certificate:certificate::']],
    ]);
    expect(JSON.stringify(envoy?.['Command'])).toContain(
      JSON.stringify(JSON.stringify({ environment_variable: 'TLS_PRIVATE_KEY' })).slice(1, -1),
    );
  });

  test('starts when the server is healthy, and waits for no certificate', () => {
    expect(envoy?.['DependsOn']).toEqual([{ ContainerName: 'restate', Condition: 'HEALTHY' }]);
  });

  test('reads the revocation list that the machine fetches, and cannot write it', () => {
    const folder = '/run/portcullis/revocation';
    const mount = { SourceVolume: 'proxy-revocation', ContainerPath: folder, ReadOnly: true };
    expect(envoy?.['MountPoints']).toEqual([mount]);
    expect([restate, expiry].map((container) => JSON.stringify(container)).join('')).not.toContain(folder);
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Volumes: [
        { Name: 'data', Host: { SourcePath: '/var/lib/portcullis/data' } },
        { Name: 'proxy-revocation', Host: { SourcePath: folder } },
      ],
    });
  });

  test('has a container beside it that logs when its certificate ends, as powerless as the others', () => {
    expect(expiry).toMatchObject({
      Command: [EXPIRY_SCRIPT],
      EntryPoint: ['/bin/sh', '-c'],
      Essential: false,
      User: '65532:65532',
      Privileged: false,
      ReadonlyRootFilesystem: true,
      DockerSecurityOptions: ['no-new-privileges'],
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
    });
    expect(JSON.stringify(expiry?.['Image'])).toContain('/mirror/envoy:v1.40.0@sha256:');
    expect(expiry).not.toHaveProperty('PortMappings');
    expect(expiry).not.toHaveProperty('MountPoints');
  });

  test('adds to what ECS may read the one secret', () => {
    const reads = allowed(template, 'AWS::IAM::Policy', 'ExecutionRole', 'secretsmanager:GetSecretValue');
    expect(reads.map((read) => String(/secret:([^"]+)"/.exec(read)?.[1])).sort()).toEqual([
      'orders/certificate-??????',
      'orders/identity-??????',
    ]);
  });

  test('may show it to callers with tokens, too, for whom no list is fetched', () => {
    const tokens = templateOf((stack) => ({ ingress: { certificate: proxyCertificate(stack) } }));
    tokens.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'TCP' });
    expect(Object.keys(containers(tokens))).toEqual(['restate', 'envoy', 'expiry']);
    expect(containers(tokens)['envoy']).not.toHaveProperty('MountPoints');
    expect(JSON.stringify(tokens.toJSON())).not.toMatch(/revocation\.timer|proxy-revocation/);
  });

  test('still mints one where operators come by a balancer that ends TLS', () => {
    const both = containers(templateOf((stack) => ({ ...mutualTls(stack), ...adminDoor(stack) })));
    expect(Object.keys(both)).toEqual(['certificate', 'restate', 'envoy', 'expiry']);
    expect(both['envoy']).toMatchObject({
      MountPoints: [
        { SourceVolume: 'proxy-tls', ContainerPath: '/run/portcullis/tls', ReadOnly: true },
        { SourceVolume: 'proxy-revocation', ReadOnly: true },
      ],
      DependsOn: [
        { ContainerName: 'certificate', Condition: 'SUCCESS' },
        { ContainerName: 'restate', Condition: 'HEALTHY' },
      ],
    });
  });
});

describe('the revocation list', () => {
  const template = templateOf(mutualTls);
  const object =
    /^\[\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":s3:::example-ca\/lists\/ca\.crl\.pem"\]\]\}/;

  test('is the one object that the machine may read', () => {
    const reads = allowed(template, 'AWS::IAM::Policy', 'MachineRole', 's3:GetObject');
    expect(reads).toEqual([expect.stringMatching(object)]);
    const granted = JSON.stringify(resourcesOf(template, 'AWS::IAM::Policy'));
    expect(granted.match(/"s3:\w+/g)).toEqual(['"s3:GetObject']);
  });

  test('passes the endpoint of S3 beside image layers, for roles of this account', () => {
    const passing = allowed(template, 'AWS::EC2::VPCEndpoint', 'EndpointsS3', 's3:GetObject');
    expect(passing).toEqual([
      expect.stringContaining('-starport-layer-bucket/*'),
      expect.stringMatching(new RegExp(`${object.source}.*aws:PrincipalAccount`)),
    ]);
  });

  test('is no object at all where callers show tokens', () => {
    const tokens = templateOf();
    expect(allowed(tokens, 'AWS::IAM::Policy', 'MachineRole', 's3:GetObject')).toEqual([]);
    expect(allowed(tokens, 'AWS::EC2::VPCEndpoint', 'EndpointsS3', 's3:GetObject')).toHaveLength(1);
  });

  test('may be in a bucket whose name is known at deployment alone', () => {
    const token = templateOf((stack) =>
      mutualTls(stack, `s3://${new Bucket(stack, 'Authority').bucketName}/ca.crl.pem`),
    );
    const bucket = /"Ref":"Authority\w+"/;
    for (const [type, name] of [
      ['AWS::IAM::Policy', 'MachineRole'],
      ['AWS::EC2::VPCEndpoint', 'EndpointsS3'],
    ] as const) {
      expect(allowed(token, type, name, 's3:GetObject').at(-1)).toMatch(bucket);
    }
    const { UserData } = resourceOf(token, 'AWS::EC2::LaunchTemplate').Properties['LaunchTemplateData'] as {
      UserData: unknown;
    };
    expect(JSON.stringify(UserData)).toMatch(/BUCKET=",\{"Ref":"Authority\w+"\},"\\nKEY=ca\.crl\.pem\\n/);
  });
});
