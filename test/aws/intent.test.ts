import { App, Stack } from 'aws-cdk-lib';
import { PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Template } from 'aws-cdk-lib/assertions';
import { Peer } from '../../lib/aws';
import { adminDoor, networkOf, resourceOf, serverIn, templateOf } from './template-of';

function intentIn(template: Template): Record<string, Record<string, unknown>> {
  const { Metadata } = resourceOf(template, 'AWS::ECS::TaskDefinition') as unknown as {
    Metadata: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Metadata['portcullis:intent']!;
}

describe('what was asked for', () => {
  test('stands at the task, with each peer under the name that the cloud has for it', () => {
    const template = templateOf((stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Other', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'] });
      const shop = new SecurityGroup(stack, 'Shop', { vpc });
      const peers = [
        Peer.cidr('10.20.0.0/16'),
        Peer.securityGroup(SecurityGroup.fromSecurityGroupId(stack, 'Known', 'sg-0123456789abcdef0')),
        Peer.prefixList(PrefixList.fromPrefixListId(stack, 'List', 'pl-0123456789abcdef0')),
        Peer.securityGroup(shop),
      ];
      return { ingress: { peers } };
    });
    expect(intentIn(template)['ingress']?.['peers']).toEqual([
      { cidr: '10.20.0.0/16' },
      { securityGroup: 'sg-0123456789abcdef0' },
      { prefixList: 'pl-0123456789abcdef0' },
      { securityGroup: expect.stringMatching(/^Shop[0-9A-F]{8}$/) as string },
    ]);
  });

  test('makes the task wait for nothing: no reference stands in it', () => {
    const app = new App({ treeMetadata: false });
    const shops = new Stack(app, 'Shops');
    const vpc = networkOf(shops);
    const shop = new SecurityGroup(shops, 'Shop', { vpc });
    const stack = new Stack(app, 'Orders');
    serverIn(stack, { ingress: { peers: [Peer.securityGroup(shop)] } }, vpc);
    const intent = intentIn(Template.fromStack(stack));
    expect(intent['ingress']?.['peers']).toEqual([
      { securityGroup: expect.stringMatching(/ImportValue.*Shops:/) as string },
    ]);
    expect(references(intent)).toEqual([]);
  });

  test('says what operators are given', () => {
    const template = templateOf((stack) => adminDoor(stack, [Peer.cidr('10.30.0.0/16')]));
    expect(intentIn(template)['admin']).toMatchObject({ peers: [{ cidr: '10.30.0.0/16' }] });
    expect(intentIn(templateOf())['admin']).toBeUndefined();
  });
});

function references(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...(key === 'Ref' || key.startsWith('Fn::') ? [key] : []),
    ...references(each),
  ]);
}
