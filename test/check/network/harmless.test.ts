import { secureTemplate } from '../../mutants/secure-template';
import type { Properties, Template } from '../../mutants/template';
import { besideServer } from './beside-server';
import { wrongOf } from './example';
import { addressed, balancerOf, groupOf, type Groups } from './parts';

type Edit = (template: Template, groups: Groups) => void;

/** Rules that stand in a group become resources of their own. */
const separate: Edit = (template) => {
  for (const [id, { Type, Properties: properties }] of Object.entries(template.Resources)) {
    for (const kind of Type === 'AWS::EC2::SecurityGroup' ? ['SecurityGroupIngress', 'SecurityGroupEgress'] : []) {
      ((properties[kind] ?? []) as readonly Properties[]).forEach((rule, index) => {
        template.Resources[`${id}${kind}${index}`] = {
          Type: `AWS::EC2::${kind}`,
          Properties: { ...rule, GroupId: { 'Fn::GetAtt': [id, 'GroupId'] } },
        };
      });
      delete properties[kind];
    }
  }
};

/** An entry of a list that allows everything of IPv4. */
const entry = (egress: boolean): Properties => ({
  NetworkAclId: { Ref: 'List' },
  RuleNumber: 100,
  Protocol: -1,
  RuleAction: 'allow',
  Egress: egress,
  CidrBlock: '0.0.0.0/0',
});

const HARMLESS: Readonly<Record<string, Edit>> = {
  'a service of another network has a public address': (template) => {
    besideServer(template, {
      AssignPublicIp: 'ENABLED',
      Subnets: [{ Ref: 'OtherSubnet' }],
      SecurityGroups: [{ 'Fn::GetAtt': ['OtherGroup', 'GroupId'] }],
    });
  },
  'metadata is removed': (template) => {
    for (const resource of Object.values(template.Resources)) delete resource.Metadata;
  },
  'rules stand beside their groups': separate,
  'a caller is narrower': (template, groups) => {
    const rules = addressed(template, groups.balancer)['SecurityGroupIngress'] as Properties[];
    for (const rule of rules) if (rule['CidrIp'] === '10.20.0.0/16') rule['CidrIp'] = '10.20.7.0/24';
  },
  'a block is written with a bit of its host': (template, groups) => {
    const rules = addressed(template, groups.balancer)['SecurityGroupIngress'] as Properties[];
    for (const rule of rules) if (rule['CidrIp'] === '10.20.0.0/16') rule['CidrIp'] = '10.20.0.1/16';
  },
  'the protocol is a number': (template) => {
    for (const { Type, Properties: properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::EC2::SecurityGroupIngress') properties['IpProtocol'] = 6;
    }
  },
  'another group, function and machine stand in the same network': (template, groups) => {
    const VpcId = addressed(template, groups.task)['VpcId'];
    Object.assign(template.Resources, {
      Other: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'other',
          VpcId,
          SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
        },
      },
      OtherFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: { VpcConfig: { SecurityGroupIds: [{ Ref: 'Other' }], SubnetIds: [] } },
      },
      OtherMachine: { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ Ref: 'Other' }] } },
      OtherBucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    });
  },
  'another balancer of others stands on the internet': (template) => {
    Object.assign(template.Resources, {
      OtherBalancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Type: 'application', Scheme: 'internet-facing' },
      },
    });
  },
  'an access list allows everything': (template) => {
    const subnet = Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::EC2::Subnet')?.[0];
    Object.assign(template.Resources, {
      List: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
      ListIn: { Type: 'AWS::EC2::NetworkAclEntry', Properties: entry(false) },
      ListOut: { Type: 'AWS::EC2::NetworkAclEntry', Properties: entry(true) },
      ListOfSubnet: {
        Type: 'AWS::EC2::SubnetNetworkAclAssociation',
        Properties: { SubnetId: { Ref: subnet }, NetworkAclId: { Ref: 'List' } },
      },
    });
  },
  'a service stands behind the server': (template, groups) => {
    Object.assign(template.Resources, {
      Greeter: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [groups.services, 'GroupId'] }], SubnetIds: [] },
        },
      },
    });
  },
  'the scheme is written after the type': (template, groups) => {
    const balancer = addressed(template, balancerOf(template, groups.balancer));
    const { Scheme, ...rest } = balancer;
    for (const key of Object.keys(balancer)) delete balancer[key];
    Object.assign(balancer, rest, { Scheme });
  },
};

describe.each(['Orders', 'Billing', 'Ledger'] as const)('%s still holds when', (example) => {
  test.each(Object.entries(HARMLESS))('%s', (_name, edit) => {
    const template = structuredClone(secureTemplate(example));
    edit(template, groupOf(template));
    expect(wrongOf(template)).toEqual([]);
  });
});
