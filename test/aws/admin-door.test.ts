import { PrefixList, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AdminAccess, Peer } from '../../lib/aws';
import { refusal } from '../core/refusal';
import { groupRules } from './group-rules';
import {
  ADMIN_HOSTNAME,
  adminDoor,
  networkOf,
  newStack,
  REMOTE_AUTH,
  resourceOf,
  resourcesOf,
  serverIn,
  templateOf,
} from './template-of';

/** Rules `<group> <direction> <peer> <protocol> <ports>` that hold a port, by a range or by naming no port at all. */
const holding = (rules: readonly string[], port: number): string[] =>
  rules.filter((rule) => {
    const [first = NaN, last = first] = (rule.split(' ').at(-1) ?? '').split('-').map(Number);
    return rule.includes(' -1 ') || Number.isNaN(first) || (first <= port && last >= port);
  });

describe('the admin door', () => {
  const template = templateOf(adminDoor);
  const rules = groupRules(template);

  test('is reached by its peers at 443 of its own balancer: groups, blocks and prefix lists', () => {
    const stack = newStack();
    const vpc = networkOf(stack);
    const peers = [
      Peer.securityGroup(new SecurityGroup(stack, 'Operations', { vpc })),
      Peer.cidr('10.30.0.0/16'),
      Peer.prefixList(new PrefixList(stack, 'Offices', { entries: [{ cidr: '198.51.100.0/24' }] })),
      Peer.prefixList(PrefixList.fromPrefixListId(stack, 'Known', 'pl-1')),
    ];
    serverIn(stack, adminDoor(stack, [...peers, ...peers]), vpc);
    expect(groupRules(Template.fromStack(stack)).filter((rule) => rule.startsWith('AdminBalancer <'))).toEqual([
      'AdminBalancer < 10.30.0.0/16 tcp 443',
      'AdminBalancer < Offices tcp 443',
      'AdminBalancer < Operations tcp 443',
      'AdminBalancer < pl-1 tcp 443',
    ]);
  });

  test('admits operators nowhere else, and callers not at all', () => {
    const both = groupRules(
      templateOf((stack) => ({ ...adminDoor(stack), ingress: { peers: [Peer.cidr('10.20.0.0/16')] } })),
    );
    expect(both.filter((rule) => /< [\d.]+\/\d+ /.test(rule))).toEqual([
      'AdminBalancer < 10.30.0.0/16 tcp 443',
      'Balancer < 10.20.0.0/16 tcp 443',
    ]);
  });

  test('leads to 8444 of Envoy, and its balancer alone gets there', () => {
    expect(holding(rules, 8444)).toEqual(['AdminBalancer > Task tcp 8444', 'Task < AdminBalancer tcp 8444']);
  });

  test('gives its balancer no way to the ingress, nor that of the callers one to the admin door', () => {
    expect(holding(rules, 8443)).toEqual(['Balancer > Task tcp 8443', 'Task < Balancer tcp 8443']);
  });

  test.each([9070, 9071, 8080, 5122])('opens port %i of the server to nobody', (port) => {
    expect(holding(rules, port)).toEqual([]);
  });

  test('leaves the raw port of the admin API to the task: no balancer, target or rule names it', () => {
    const outside = resourcesOf(template, /^(?!AWS::ECS::TaskDefinition$)/);
    expect(JSON.stringify(outside.map(([, { Properties }]) => Properties))).not.toMatch(/\b9070\b/);
  });

  test('is not there when nothing is said: no port, no group, no balancer', () => {
    const quiet = templateOf();
    expect(holding(groupRules(quiet), 8444)).toEqual([]);
    expect(JSON.stringify(quiet.toJSON())).not.toMatch(/8444|AdminBalancer/);
  });

  test('stays inside the network when the ingress is open to everybody', () => {
    const facing = templateOf(
      (stack) => ({
        ...adminDoor(stack),
        ingress: { internetFacing: true, auth: REMOTE_AUTH },
      }),
      1,
    );
    expect(groupRules(facing).filter((rule) => rule.startsWith('AdminBalancer <'))).toEqual([
      'AdminBalancer < 10.30.0.0/16 tcp 443',
    ]);
    const { Properties } = resourceOf(facing, 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AdminBalancer');
    expect(Properties).toMatchObject({
      Scheme: 'internal',
      Subnets: [{ Ref: expect.stringMatching(/^NetworkPrivateSubnet1/) as unknown }],
    });
  });

  test('shows its own certificate, without old TLS, and writes who connected where the ingress does', () => {
    const [listener] = resourcesOf(template, 'AWS::ElasticLoadBalancingV2::Listener').filter(([id]) =>
      id.includes('Admin'),
    );
    expect(listener?.[1].Properties).toMatchObject({
      Port: 443,
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: expect.stringMatching(/certificate\/2$/) as unknown }],
    });
    const logs = resourcesOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(([, { Properties }]) =>
      (Properties['LoadBalancerAttributes'] as { Key: string; Value: unknown }[]).filter(({ Key }) =>
        /^access_logs|^deletion/.test(Key),
      ),
    );
    expect(logs).toHaveLength(2);
    expect(logs[0]).toEqual(logs[1]);
    expect(logs[0]).toContainEqual({ Key: 'access_logs.s3.enabled', Value: 'true' });
    expect(logs[0]).toContainEqual({ Key: 'deletion_protection.enabled', Value: 'true' });
  });

  test('is a second target group of the one service, TLS to Envoy and in health while Envoy says so', () => {
    const targets = resourceOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AdminBalancer');
    expect(targets).toMatchObject({
      Properties: {
        Port: 8444,
        Protocol: 'TLS',
        TargetType: 'ip',
        HealthCheckPort: '8081',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/healthz',
      },
      Metadata: { 'portcullis:accepted': [expect.objectContaining({ claim: 'tls-outside' })] },
    });
    expect(resourceOf(template, 'AWS::ECS::Service').Properties['LoadBalancers']).toEqual([
      { ContainerName: 'envoy', ContainerPort: 8443, TargetGroupArn: expect.anything() as unknown },
      { ContainerName: 'envoy', ContainerPort: 8444, TargetGroupArn: expect.anything() as unknown },
    ]);
  });

  test('has the server listen for Envoy on loopback beside its socket, and says so in the template', () => {
    template.hasResource('AWS::ECS::TaskDefinition', {
      Metadata: { 'portcullis:accepted': [Match.objectLike({ claim: 'admin-closed' })] },
      Properties: {
        ContainerDefinitions: Match.arrayWith([
          Match.objectLike({
            Name: 'restate',
            PortMappings: Match.absent(),
            Environment: Match.arrayWith([
              { Name: 'RESTATE_ADMIN__LISTEN_MODE', Value: 'all' },
              { Name: 'RESTATE_ADMIN__BIND_ADDRESS', Value: '127.0.0.1:9070' },
            ]),
          }),
          Match.objectLike({
            Name: 'envoy',
            PortMappings: [8443, 8081, 8444].map((port) => Match.objectLike({ ContainerPort: port })),
          }),
        ]),
      },
    });
  });

  test('is told to Envoy with its names, its roles and what each may ask for', () => {
    const task = JSON.stringify(resourceOf(template, 'AWS::ECS::TaskDefinition').Properties);
    for (const said of [ADMIN_HOSTNAME, 'restate:view', 'restate:operate', 'deployments']) expect(task).toContain(said);
    for (const said of [ADMIN_HOSTNAME, 'deployments']) {
      expect(JSON.stringify(templateOf().toJSON())).not.toContain(said);
    }
  });

  test.each([
    ['admin', 'admin-closed', 'AdminBalancer'],
    ['ingress', 'ingress-authenticated', 'Balancer'],
  ])('names a prefix list among the peers of the %s as a risk of %s', (door, claim, group) => {
    const stack = newStack();
    const peers = [Peer.prefixList(PrefixList.fromPrefixListId(stack, 'Known', 'pl-1'))];
    serverIn(stack, door === 'admin' ? adminDoor(stack, peers) : { ingress: { peers } });
    const accepting = resourcesOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroup').filter(
      ([, { Metadata }]) => Metadata,
    );
    expect(accepting).toEqual([
      [
        expect.stringMatching(new RegExp(`SecurityGroups${group}[0-9A-F]{8}$`)),
        expect.objectContaining({
          Metadata: { 'portcullis:accepted': [{ claim, reason: expect.stringContaining('Test/Known') as unknown }] },
        }),
      ],
    ]);
  });
});

describe('an admin door is refused', () => {
  test('without a certificate, whose names the message gives', () => {
    const stack = newStack();
    const { code, message } = refusal(() => serverIn(stack, { admin: adminDoor(stack).admin }));
    expect(code).toBe('AdminCertificateMissing');
    expect(message).toContain(ADMIN_HOSTNAME);
  });

  test.each([undefined, AdminAccess.nobody()])('where a certificate is given for nobody: admin %j', (admin) => {
    const stack = newStack();
    const { adminCertificate } = adminDoor(stack);
    expect(refusal(() => serverIn(stack, { adminCertificate, ...(admin && { admin }) })).code).toBe(
      'AdminCertificateUnused',
    );
  });

  test('with everybody among its peers, also when the object is written by hand', () => {
    const stack = newStack();
    const door = adminDoor(stack);
    const admin = { ...door.admin, peers: [{ kind: 'cidr' as const, cidr: '0.0.0.0/0' }] };
    expect(refusal(() => serverIn(stack, { ...door, admin: admin as typeof door.admin })).code).toBe('CidrTooOpen');
  });

  test.each([
    ['everybody', '0.0.0.0/0'],
    ['half of everybody', '128.0.0.0/1'],
  ])('with a prefix list of this app that holds %s', (_, cidr) => {
    const list = new PrefixList(newStack(), 'Offices', { entries: [{ cidr: '10.0.0.0/16' }, { cidr }] });
    const { code, message } = refusal(() => Peer.prefixList(list));
    expect(code).toBe('CidrTooOpen');
    expect(message).toContain('internetFacing: true');
  });
});
