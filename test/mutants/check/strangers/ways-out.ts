import { both } from '../../../check/edits';
import { group, more, type StrangersFault } from './fault';

const tcp = (port: number, peer: object, to = port): object => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: to,
  ...peer,
});

const WORLD = { CidrIp: '0.0.0.0/0' };

const letOut = (name: string, rule: object): StrangersFault[1] =>
  more('EC2::SecurityGroupEgress', (file) => ({ GroupId: group(file, name), ...rule }));

/** What is let out. */
export const WAYS_OUT: readonly StrangersFault[] = [
  ['everything out of the task', letOut('Task', { IpProtocol: '-1', ...WORLD }), ['egress-closed']],
  ['everything out of the task over IPv6', letOut('Task', { IpProtocol: '-1', CidrIpv6: '::/0' }), ['egress-closed']],
  ['https out of the task', letOut('Task', tcp(443, WORLD)), ['egress-closed'], 'Billing', 'Ledger'],
  ['http out of the task', letOut('Task', tcp(80, WORLD)), ['egress-closed']],
  [
    'names out of the task',
    letOut('Task', { IpProtocol: 'udp', FromPort: 53, ToPort: 53, ...WORLD }),
    ['egress-closed'],
  ],
  [
    'ping out of the task',
    letOut('Task', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...WORLD }),
    ['egress-closed'],
  ],
  [
    'the network out of the task',
    letOut('Task', tcp(443, { CidrIp: '10.0.0.0/16' })),
    ['egress-closed', 'internal-endpoints-unreachable'],
  ],
  ['a private network out of the task', letOut('Task', tcp(443, { CidrIp: '192.168.0.0/16' })), ['egress-closed']],
  [
    'a prefix list out of the task',
    letOut('Task', tcp(443, { DestinationPrefixListId: 'pl-6ea54007' })),
    ['egress-closed'],
  ],
  [
    'the endpoints out of the task',
    both(
      more('EC2::SecurityGroupIngress', (file) => ({
        GroupId: group(file, 'Endpoints'),
        ...tcp(443, { SourceSecurityGroupId: group(file, 'Task') }),
      })),
      (file) => {
        file.Resources['StrangersWayOut'] = {
          Type: 'AWS::EC2::SecurityGroupEgress',
          Properties: {
            GroupId: group(file, 'Task'),
            ...tcp(443, { DestinationSecurityGroupId: group(file, 'Endpoints') }),
          },
        };
      },
    ),
    ['internal-endpoints-unreachable', 'egress-closed', 'rules-exact'],
  ],
  [
    'any port of the services out of the task',
    more('EC2::SecurityGroupEgress', (file) => ({
      GroupId: group(file, 'Task'),
      ...tcp(1, { DestinationSecurityGroupId: group(file, 'Services') }, 65535),
    })),
    ['egress-closed', 'rules-exact'],
  ],
  ['https out of the machine', letOut('Host', tcp(443, WORLD)), ['egress-closed']],
  ['everything out of the machine', letOut('Host', { IpProtocol: '-1', ...WORLD }), ['egress-closed']],
  [
    'time out of the machine',
    letOut('Host', { IpProtocol: 'udp', FromPort: 123, ToPort: 123, ...WORLD }),
    ['egress-closed'],
  ],
  ['everything out of the services', letOut('Services', { IpProtocol: '-1', ...WORLD }), ['services-egress-bounded']],
  [
    'everything out of the services over IPv6',
    letOut('Services', { IpProtocol: '-1', CidrIpv6: '::/0' }),
    ['services-egress-bounded'],
  ],
  [
    'everything out of the endpoints',
    letOut('Endpoints', { IpProtocol: '-1', ...WORLD }),
    ['rules-exact', 'egress-closed'],
  ],
  ['everything out of the balancer', letOut('Balancer', { IpProtocol: '-1', ...WORLD }), ['rules-exact']],
  [
    'the balancer speaks to the admin port',
    more('EC2::SecurityGroupEgress', (file) => ({
      GroupId: group(file, 'Balancer'),
      ...tcp(9070, { DestinationSecurityGroupId: group(file, 'Task') }),
    })),
    ['rules-exact'],
  ],
];
