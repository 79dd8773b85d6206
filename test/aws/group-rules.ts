import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './template-of';

type Rule = Readonly<Record<string, unknown>>;

/** Every rule of a template as a line: `Task < Balancer tcp 8443`. The framework's way of saying "nothing" is left out. */
export function groupRules(template: Template): string[] {
  const inline = resourcesOf(template, 'AWS::EC2::SecurityGroup').flatMap(([id, { Properties }]) => [
    ...((Properties['SecurityGroupIngress'] ?? []) as Rule[]).map((rule) => line(id, '<', rule)),
    ...((Properties['SecurityGroupEgress'] ?? []) as Rule[]).map((rule) => line(id, '>', rule)),
  ]);
  const apart = resourcesOf(template, /^AWS::EC2::SecurityGroup(Ingress|Egress)$/).map(([, { Type, Properties }]) =>
    line(JSON.stringify(Properties['GroupId']), Type.endsWith('Ingress') ? '<' : '>', Properties),
  );
  return [...inline, ...apart].filter((rule) => !rule.includes('255.255.255.255/32')).sort();
}

function line(group: string, direction: string, rule: Rule): string {
  const other =
    rule['CidrIp'] ??
    rule['CidrIpv6'] ??
    rule['SourceSecurityGroupId'] ??
    rule['DestinationSecurityGroupId'] ??
    rule['SourcePrefixListId'];
  const end = typeof other === 'string' ? other : short(JSON.stringify(other));
  const ports = [...new Set([rule['FromPort'], rule['ToPort']])].map(String).join('-');
  return [short(group), direction, end, String(rule['IpProtocol']), ports].join(' ');
}

const short = (id: string): string =>
  /SecurityGroups(AdminBalancer|[A-Z][a-z]+)/.exec(id)?.[1] ?? /Shop|Operations|Offices|sg-[0-9]+/.exec(id)?.[0] ?? id;
