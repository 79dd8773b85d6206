import type { Properties } from '../../../mutants/template';
import { admit, all, letOut, listen, member, tcp, type Fault } from './edits';
import { addressed, balancerOf, listenerOf, targetsOf } from '../parts';

/** Rules that are wider than they have to be, and balancers that lead elsewhere. */
export const RULE_FAULTS: Readonly<Record<string, Fault>> = {
  'the admin port is open to the world in halves, and the server listens there': {
    example: 'Orders',
    edit: all(
      listen('ADMIN__', 9070, '0.0.0.0'),
      admit('task', tcp(9070, 9070, { CidrIp: '0.0.0.0/1' }), tcp(9070, 9070, { CidrIp: '128.0.0.0/1' })),
    ),
    breaks: {
      'admin-closed': /0\.0\.0\.0\/0.*Fault0, Fault1/,
      'registration-by-deployers-only': /port 9070/,
      'rules-exact': /Fault0 admits 0\.0\.0\.0\/1/,
    },
  },
  'the admin port is open to IPv6, and the server listens there': {
    example: 'Orders',
    edit: all(listen('ADMIN__', 9070, '[::]'), admit('task', tcp(9070, 9070, { CidrIpv6: '2000::/3' }))),
    breaks: { 'admin-closed': /2000::\/3/, 'registration-by-deployers-only': /2000::\/3/, 'rules-exact': /2000::\/3/ },
  },
  'halves of the world on a port behind which nothing listens': {
    example: 'Orders',
    edit: admit('task', tcp(9070, 9070, { CidrIp: '0.0.0.0/1' }), tcp(9070, 9070, { CidrIp: '128.0.0.0/1' })),
    breaks: {
      'admin-closed': /0\.0\.0\.0\/0/,
      'registration-by-deployers-only': /Fault0, Fault1/,
      'rules-exact': /Fault0 admits tcp 9070/,
    },
  },
  'IPv6 on a port behind which nothing listens': {
    example: 'Billing',
    edit: admit('task', tcp(9070, 9070, { CidrIpv6: '2000::/3' })),
    breaks: {
      'admin-closed': /2000::\/3/,
      'registration-by-deployers-only': /2000::\/3/,
      'rules-exact': /Fault0 admits tcp 9070/,
    },
  },
  'a wide range of ports from a private range': {
    example: 'Billing',
    edit: admit('task', tcp(5000, 9999, { CidrIp: '10.0.0.0/8' })),
    breaks: {
      'fabric-cluster-only': /port 5122/,
      'ingress-no-bypass': /port 8080/,
      'metrics-closed': /port 5122/,
      'rules-exact': /tcp 5000-8080/,
      'admin-closed': /10\.0\.0\.0\/8/,
      'registration-by-deployers-only': /Fault0/,
    },
  },
  'every way out of the task': {
    example: 'Billing',
    edit: letOut('task', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
    breaks: {
      'egress-closed': /every protocol/,
      'internal-endpoints-unreachable': /10\.0\.0\.0\/16|of the network itself/,
    },
  },
  'every way out because none is stated': {
    example: 'Ledger',
    edit: (template, groups) => {
      delete (template.Resources[groups.task] as { Properties: Properties }).Properties['SecurityGroupEgress'];
    },
    breaks: { 'egress-closed': /EC2's default rule/, 'internal-endpoints-unreachable': /network itself/ },
  },
  'public 443 where no keys are fetched': {
    example: 'Billing',
    edit: letOut('task', tcp(443, 443, { CidrIp: '1.0.0.0/8' })),
    breaks: { 'egress-closed': /no key of an issuer/ },
  },
  'private 443 where keys are fetched': {
    example: 'Orders',
    edit: letOut('task', tcp(443, 443, { CidrIp: '10.0.0.0/8' })),
    breaks: { 'egress-closed': /10\.0\.0\.0\/8/, 'internal-endpoints-unreachable': /10\.0\.0\.0\/8/ },
  },
  'a way out of the task to the endpoints of the VPC': {
    example: 'Orders',
    edit: (template, groups) => {
      letOut('task', tcp(443, 443, member(groups, 'endpoints', 'Destination')))(template, groups);
      admit('endpoints', tcp(443, 443, member(groups, 'task')))(template, groups);
    },
    breaks: { 'internal-endpoints-unreachable': /RestateEndpoints/ },
  },
  'a way out of the machine to everything': {
    example: 'Billing',
    edit: letOut('host', tcp(0, 65_535, { CidrIp: '0.0.0.0/0' })),
    breaks: { 'egress-closed': /65536 ports/ },
  },
  'the world at the operators door': {
    example: 'Billing',
    edit: admit('adminBalancer', tcp(443, 443, { CidrIp: '0.0.0.0/0' })),
    breaks: {
      'admin-closed': /wider than a \/16/,
      'registration-by-deployers-only': /wider/,
      'rules-exact': /operators from/,
    },
  },
  'IPv6 at the operators door': {
    example: 'Billing',
    edit: admit('adminBalancer', tcp(443, 443, { CidrIpv6: '2000::/3' })),
    breaks: { 'admin-closed': /2000::\/3/, 'registration-by-deployers-only': /2000::\/3/, 'rules-exact': /2000::\/3/ },
  },
  'a wide private range at the operators door': {
    example: 'Billing',
    edit: admit('adminBalancer', tcp(443, 443, { CidrIp: '10.0.0.0/8' })),
    breaks: {
      'admin-closed': /10\.0\.0\.0\/8/,
      'registration-by-deployers-only': /10\.0\.0\.0\/8/,
      'rules-exact': /operators from/,
    },
  },
  'the whole VPC at the operators door': {
    example: 'Billing',
    edit: admit('adminBalancer', tcp(443, 443, { CidrIp: '10.0.0.0/16' })),
    breaks: {
      'admin-closed': /whole network/,
      'registration-by-deployers-only': /whole network/,
      'rules-exact': /whole network/,
    },
  },
  'services at the operators door': {
    example: 'Billing',
    edit: (template, groups) => {
      admit('adminBalancer', tcp(443, 443, member(groups, 'services')))(template, groups);
    },
    breaks: { 'admin-closed': /group of the services/, 'registration-by-deployers-only': /group of the services/ },
  },
  'a prefix list at the operators door': {
    example: 'Billing',
    edit: admit('adminBalancer', tcp(443, 443, { SourcePrefixListId: 'pl-12345678' })),
    breaks: { 'admin-closed': /pl-12345678/, 'registration-by-deployers-only': /pl-12345678/ },
  },
  'callers at the operators door, straight past the balancer': {
    example: 'Billing',
    edit: (template, groups) => {
      admit('task', tcp(8444, 8444, { CidrIp: '10.20.0.0/16' }))(template, groups);
    },
    breaks: {
      'admin-closed': /past the balancer/,
      'registration-by-deployers-only': /past the balancer/,
      'rules-exact': /none of the balancers in front/,
    },
  },
  'the callers balancer admitted to the operators port': {
    example: 'Billing',
    edit: (template, groups) => {
      admit('task', tcp(8444, 8444, member(groups, 'balancer')))(template, groups);
    },
    breaks: { 'rules-exact': /to which that balancer does not forward/ },
  },
  'the callers balancer leads to the operators port': {
    example: 'Billing',
    edit: (template, groups) => {
      const [listener] = listenerOf(template, balancerOf(template, groups.balancer));
      const actions = listener?.['DefaultActions'] as Properties[];
      (actions[0] as Properties)['TargetGroupArn'] = { Ref: targetsOf(template, 8444) };
      admit('task', tcp(8444, 8444, member(groups, 'balancer')))(template, groups);
      letOut('balancer', tcp(8444, 8444, member(groups, 'task', 'Destination')))(template, groups);
    },
    breaks: { 'registration-by-deployers-only': /nobody gets to the ingress/, 'rules-exact': /./ },
  },
  'the operators balancer is on the internet': {
    example: 'Billing',
    edit: (template, groups) => {
      addressed(template, balancerOf(template, groups.adminBalancer))['Scheme'] = 'internet-facing';
    },
    breaks: { 'no-public-address': /internet-facing/ },
  },
  'the callers balancer is on the internet': {
    example: 'Ledger',
    edit: (template, groups) => {
      addressed(template, balancerOf(template, groups.balancer))['Scheme'] = 'internet-facing';
    },
    breaks: { 'no-public-address': /internet-facing/ },
  },
  'the scheme of a balancer is left to its default': {
    example: 'Ledger',
    edit: (template, groups) => {
      delete addressed(template, balancerOf(template, groups.balancer))['Scheme'];
    },
    breaks: { 'no-public-address': /internet-facing/ },
  },
  'a balancer without groups': {
    example: 'Billing',
    edit: (template, groups) => {
      delete addressed(template, balancerOf(template, groups.adminBalancer))['SecurityGroups'];
    },
    breaks: {
      'admin-closed': /past the balancer/,
      'registration-by-deployers-only': /past the balancer/,
      'rules-exact': /./,
    },
  },
  'the world at the callers balancer of a network of their own': {
    example: 'Ledger',
    edit: admit('balancer', tcp(443, 443, { CidrIp: '0.0.0.0/0' })),
    breaks: { 'rules-exact': /everybody/ },
  },
  'ports beyond the listener at the callers balancer': {
    example: 'Orders',
    edit: admit('balancer', tcp(80, 443, { CidrIp: '0.0.0.0/0' })),
    breaks: { 'rules-exact': /tcp 80-442/ },
  },
  'every protocol at the callers balancer': {
    example: 'Orders',
    edit: admit('balancer', { IpProtocol: '-1', CidrIp: '203.0.113.0/24' }),
    breaks: { 'rules-exact': /every protocol/ },
  },
  'ssh to the machine': {
    example: 'Orders',
    edit: admit('host', tcp(22, 22, { CidrIp: '203.0.113.0/24' })),
    breaks: { 'rules-exact': /tcp 22/ },
  },
  'the whole VPC at the endpoints': {
    example: 'Billing',
    edit: admit('endpoints', tcp(443, 443, { CidrIp: '10.0.0.0/16' })),
    breaks: { 'rules-exact': /neither machine nor task/ },
  },
  'everybody at the services': {
    example: 'Ledger',
    edit: admit('services', tcp(9080, 9080, { CidrIp: '0.0.0.0/0' })),
    breaks: { 'rules-exact': /called by the server alone/ },
  },
  'a way out of services to everywhere': {
    example: 'Orders',
    edit: letOut('services', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
    breaks: { 'services-egress-bounded': /everything out to 0\.0\.0\.0\/0/ },
  },
};
