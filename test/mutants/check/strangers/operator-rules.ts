import { group, idOf, more, type StrangersFault } from './fault';

const tcp = (port: number, peer: object, to = port): object => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: to,
  ...peer,
});

const WORLD = { CidrIp: '0.0.0.0/0' };

/** A rule of its own for a group. */
const admit = (name: string, rule: object): StrangersFault[1] =>
  more('EC2::SecurityGroupIngress', (file) => ({ GroupId: group(file, name), ...rule }));

/** What is let in to operators, and past the balancer. */
export const OPERATOR_RULES: readonly StrangersFault[] = [
  ['everybody to the balancer of operators', admit('AdminBalancer', tcp(443, WORLD)), ['admin-closed'], 'Billing'],
  [
    'half of the world to the balancer of operators',
    admit('AdminBalancer', tcp(443, { CidrIp: '128.0.0.0/1' })),
    ['admin-closed'],
    'Billing',
  ],
  [
    'everybody of IPv6 to the balancer of operators',
    admit('AdminBalancer', tcp(443, { CidrIpv6: '::/0' })),
    ['admin-closed'],
    'Billing',
  ],
  [
    'callers to the balancer of operators',
    admit('AdminBalancer', tcp(443, { CidrIp: '10.20.0.0/16' })),
    ['admin-closed', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'the shop to the balancer of operators',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'AdminBalancer'),
      ...tcp(443, { SourceSecurityGroupId: { 'Fn::GetAtt': [idOf(file, 'EC2::SecurityGroup', 'Shop'), 'GroupId'] } }),
    })),
    ['admin-closed', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'the services to the balancer of operators',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'AdminBalancer'),
      ...tcp(443, { SourceSecurityGroupId: group(file, 'Services') }),
    })),
    ['admin-closed'],
    'Billing',
  ],
  [
    'a prefix list to the balancer of operators',
    admit('AdminBalancer', tcp(443, { SourcePrefixListId: 'pl-0123456789abcdef0' })),
    ['admin-closed'],
    'Billing',
  ],
  [
    'the ingress balancer may reach the admin port of the task',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(8444, { SourceSecurityGroupId: group(file, 'Balancer') }),
    })),
    ['admin-closed', 'rules-exact'],
    'Billing',
  ],
  [
    'the balancer may reach any port of the task',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(0, { SourceSecurityGroupId: group(file, 'Balancer') }, 65535),
    })),
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    'services call the proxy',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(8443, { SourceSecurityGroupId: group(file, 'Services') }),
    })),
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    'the machine calls the server',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(8080, { SourceSecurityGroupId: group(file, 'Host') }),
    })),
    ['ingress-no-bypass'],
  ],
  [
    'the task calls its own admin port',
    more('EC2::SecurityGroupIngress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(9070, { SourceSecurityGroupId: group(file, 'Task') }),
    })),
    ['admin-closed', 'rules-exact'],
  ],
];
