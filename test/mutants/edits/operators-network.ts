import { editBootstrap } from '../envoy';
import { listenerOfOperators } from '../listener-of-operators';
import type { Mutant } from '../mutant';
import { addRule, balancerListener, groupOf, type Owner, referred } from '../security-groups';
import { type Properties, resources, type Template } from '../template';
import { allowOldTls, speakBoth } from './wire';

const NETWORK: Properties = { CidrIp: '10.0.0.0/8' };

/** The network before the operators' door, without one of its guards. */
export const OPERATORS_NETWORK_MUTANTS: readonly Mutant[] = (
  [
    {
      id: 'operators-balancer-on-the-internet',
      guard: "the inside of the network as the one place of the operators' balancer",
      attack: 'admin-from-internet',
      edit: (template) => {
        open(template, 'admin-balancer', 443, { CidrIp: '0.0.0.0/0' });
        const balancer = template.Resources[referred(balancerListener(template, 'admin-balancer')['LoadBalancerArn'])];
        if (balancer !== undefined) balancer.Properties['Scheme'] = 'internet-facing';
      },
    },
    {
      id: 'operators-balancer-open-to-network',
      guard: 'the operators as the one peer of their balancer',
      attack: 'admin-from-stranger',
      edit: (template) => open(template, 'admin-balancer', 443, NETWORK),
    },
    {
      id: 'operators-listener-open-to-callers',
      guard: "the operators' balancer as the one peer of the proxy's listener behind it",
      attack: 'admin-from-stranger',
      edit: (template) => open(template, 'task', 8444, member(template, 'callers')),
    },
    {
      id: 'operators-balancer-open-to-services',
      guard: "the operators as the one peer of their balancer, and the services' closed way out,",
      attack: 'admin-from-service',
      edit: (template) => {
        open(template, 'admin-balancer', 443, NETWORK);
        addRule(template, 'services', 'SecurityGroupEgress', tcp(443, NETWORK));
      },
    },
    {
      id: 'operators-listener-open-to-operators',
      guard: 'the balancer between operators and the proxy',
      attack: 'admin-from-balancer',
      edit: (template) => open(template, 'task', 8444, member(template, 'operators')),
    },
    {
      id: 'admin-on-loopback-without-a-word',
      guard: 'the acceptance of the admin API on loopback',
      attack: 'admin-from-task',
      edit: (template) => {
        for (const [, resource] of Object.entries(template.Resources)) delete resource.Metadata;
      },
    },
    {
      id: 'old-tls-at-operators-listener',
      guard: "the oldest TLS version of the proxy's listener for operators",
      attack: 'old-tls-to-proxy',
      edit: (template) => editBootstrap(template, (bootstrap) => allowOldTls(listenerOfOperators(bootstrap))),
    },
    {
      id: 'old-tls-at-operators-balancer',
      guard: "the TLS policy of the operators' balancer",
      attack: 'old-tls-to-balancer',
      edit: (template) => {
        balancerListener(template, 'admin-balancer')['SslPolicy'] = 'ELBSecurityPolicy-2016-08';
      },
    },
    {
      id: 'plaintext-at-operators-listener',
      guard: "TLS as the one language of the proxy's listener for operators",
      attack: 'plaintext-to-proxy',
      edit: (template) => editBootstrap(template, (bootstrap) => speakBoth(listenerOfOperators(bootstrap))),
    },
    {
      id: 'plaintext-at-operators-balancer',
      guard: "TLS as the one language of the operators' balancer",
      attack: 'plaintext-to-balancer',
      edit: (template) => {
        editBootstrap(template, (bootstrap) => speakBoth(listenerOfOperators(bootstrap)));
        const listener = balancerListener(template, 'admin-balancer');
        listener['Protocol'] = 'TCP';
        delete listener['SslPolicy'];
        delete listener['Certificates'];
        for (const [, group] of resources(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
          if (group['Port'] === 8444) group['Protocol'] = 'TCP';
        }
      },
    },
  ] satisfies Omit<Mutant, 'example'>[]
).map((mutant) => ({ ...mutant, example: 'Billing' }));

function open(template: Template, owner: Owner, port: number, peer: Properties): void {
  addRule(template, owner, 'SecurityGroupIngress', tcp(port, peer));
}

function member(template: Template, owner: Owner): Properties {
  return { SourceSecurityGroupId: { 'Fn::GetAtt': [groupOf(template, owner), 'GroupId'] } };
}

function tcp(port: number, peer: Properties): Properties {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer };
}
