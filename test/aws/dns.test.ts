import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { refusal } from '../core/refusal';
import { ADMIN_HOSTNAME, adminDoor, newStack, resourcesOf, serverIn, templateOf, type Asked } from './template-of';

function zone(stack: Stack, zoneName = 'example.com'): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, `Zone${zoneName}`, { hostedZoneId: 'Z1', zoneName });
}

const records = (template: Template): unknown[] =>
  resourcesOf(template, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);

const alias = (name: string, balancer: string): unknown => ({
  Name: `${name}.`,
  Type: 'A',
  HostedZoneId: 'Z1',
  AliasTarget: {
    DNSName: { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': [expect.stringMatching(balancer), 'DNSName'] }]] },
    HostedZoneId: { 'Fn::GetAtt': [expect.stringMatching(balancer), 'CanonicalHostedZoneID'] },
  },
});

describe('records', () => {
  test('are written where a zone is given, and only there', () => {
    expect(records(templateOf())).toEqual([]);
  });

  test('name the load balancer of the door, for each of its host names and no other', () => {
    const template = templateOf((stack) => ({
      ingress: { hostnames: ['restate.example.com', 'calls.restate.example.com'] },
      dns: { ingress: zone(stack) },
    }));
    expect(records(template)).toEqual([
      alias('calls.restate.example.com', '^RestateBalancerLoadBalancer'),
      alias('restate.example.com', '^RestateBalancerLoadBalancer'),
    ]);
  });

  test('of operators name the load balancer of operators', () => {
    const template = templateOf((stack) => ({ ...adminDoor(stack), dns: { admin: zone(stack) } }));
    expect(records(template)).toEqual([alias(ADMIN_HOSTNAME, '^RestateAdminBalancerLoadBalancer')]);
  });

  test('may stand at the top of a zone', () => {
    const template = templateOf((stack) => ({ dns: { ingress: zone(stack, 'restate.example.com.') } }));
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'restate.example.com.', HostedZoneId: 'Z1' });
    template.resourcePropertiesCountIs('AWS::Route53::RecordSet', { Name: Match.anyValue() }, 1);
  });

  test.each<[string, string, (stack: Stack) => Asked]>([
    ['in a zone of another name', 'DnsZoneForeign', (stack) => ({ dns: { ingress: zone(stack, 'example.org') } })],
    [
      'in a zone whose name only ends alike',
      'DnsZoneForeign',
      (stack) => ({ dns: { ingress: zone(stack, 'ample.com') } }),
    ],
    [
      'in a zone below the host name',
      'DnsZoneForeign',
      (stack) => ({ dns: { ingress: zone(stack, 'a.restate.example.com') } }),
    ],
    ['of operators that nobody admits', 'DnsZoneUnused', (stack) => ({ dns: { admin: zone(stack) } })],
    ['of a door that there is not', 'OptionUnknown', (stack) => ({ dns: { fabric: zone(stack) } as object })],
    [
      'in a zone whose name is a token',
      'ValueNotConcrete',
      (stack) => ({ dns: { ingress: zone(stack, stack.stackId) } }),
    ],
  ])('are refused %s', (_, code, ask) => {
    const stack = newStack();
    expect(refusal(() => serverIn(stack, ask(stack))).code).toBe(code);
  });
});
