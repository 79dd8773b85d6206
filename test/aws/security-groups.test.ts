import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Template } from 'aws-cdk-lib/assertions';
import { Peer } from '../../lib/aws';
import { publicAddresses } from '../../lib/core/public-addresses';
import { groupRules } from './group-rules';
import { networkOf, newStack, REMOTE_AUTH, resourcesOf, serverIn, templateOf } from './template-of';

const FLOWS = [
  'Balancer > Task tcp 8081',
  'Balancer > Task tcp 8443',
  'Endpoints < Host tcp 443',
  'Host > Endpoints tcp 443',
  'Services < Task tcp 9080',
  'Task < Balancer tcp 8081',
  'Task < Balancer tcp 8443',
  'Task > Services tcp 9080',
];

describe('the security groups', () => {
  test('admit nobody and reach nothing but each other when nothing is said', () => {
    expect(groupRules(templateOf())).toEqual(FLOWS);
  });

  test('leave no group open to everywhere before its first rule: each states its way out itself', () => {
    for (const [, { Properties }] of resourcesOf(templateOf(), 'AWS::EC2::SecurityGroup')) {
      expect(Properties['SecurityGroupEgress']).not.toHaveLength(0);
    }
    expect(resourcesOf(templateOf(), 'AWS::EC2::SecurityGroupEgress')).toHaveLength(0);
  });

  test('admit every public address at 443 of the balancer and nowhere else when it is internet-facing, and no neighbour', () => {
    const world = [...publicAddresses(), '2000::/3'].map((cidr) => `Balancer < ${cidr} tcp 443`);
    expect(groupRules(templateOf(() => ({ ingress: { internetFacing: true } })))).toEqual([...FLOWS, ...world].sort());
    // 60 rules of one address family and direction is what an account may have in a group unless it asks for more.
    expect(world.length).toBeLessThan(60);
  });

  test('admit each peer at 443 of the balancer: blocks of both families and groups, also when all are known by token alone', () => {
    const stack = newStack();
    const vpc = networkOf(stack);
    const imported = ['sg-1', 'sg-2'].map((group) => SecurityGroup.fromSecurityGroupId(stack, group, group));
    const shop = new SecurityGroup(stack, 'Shop', { vpc });
    const groups = [...imported, shop].map((group) => Peer.securityGroup(group));
    serverIn(stack, { ingress: { peers: [...groups, Peer.cidr('10.20.0.0/16'), Peer.cidr('fd00:1::/48')] } }, vpc);
    const template = Template.fromStack(stack);
    expect(groupRules(template).filter((rule) => rule.startsWith('Balancer <'))).toEqual([
      'Balancer < 10.20.0.0/16 tcp 443',
      'Balancer < Shop tcp 443',
      'Balancer < fd00:1::/48 tcp 443',
      'Balancer < sg-1 tcp 443',
      'Balancer < sg-2 tcp 443',
    ]);
  });

  test('let the task fetch remote keys from public addresses at 443, and say so in the template', () => {
    const template = templateOf(() => ({ ingress: { auth: REMOTE_AUTH } }), 1);
    const ways = groupRules(template).filter((rule) => !FLOWS.includes(rule));
    expect(ways.length).toBeGreaterThan(0);
    // 60 rules of one direction is what an account may have in a group unless it asks for more.
    expect(ways.length).toBeLessThan(60);
    expect(ways.filter((rule) => !/^Task > [\d./]+ tcp 443$/.test(rule))).toEqual([]);
    expect(ways.filter((rule) => rule.includes('/0 '))).toEqual([]);
    template.hasResource('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: 'Envoy and Restate' },
      Metadata: { 'portcullis:accepted': [{ claim: 'egress-closed' }] },
    });
  });

  test('say nothing of an accepted way out where keys are stated', () => {
    expect(JSON.stringify(templateOf().toJSON())).not.toContain('egress-closed');
  });

  test('admit the machine to existing endpoints, also where the framework holds their group to be unchangeable', () => {
    const template = templateOf((stack) => ({
      existingEndpoints: SecurityGroup.fromSecurityGroupId(stack, 'Endpoints', 'sg-7', { mutable: false }),
    }));
    expect(groupRules(template)).toEqual(expect.arrayContaining(['Host > sg-7 tcp 443', 'sg-7 < Host tcp 443']));
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });
});
