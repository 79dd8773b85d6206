import { group, more, type StrangersFault } from './fault';

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

/** What is let in by rules of groups. */
export const GROUP_RULES: readonly StrangersFault[] = [
  ['everybody to the admin port of the task', admit('Task', tcp(9070, WORLD)), ['admin-closed']],
  ['everybody of IPv6 to the admin port', admit('Task', tcp(9070, { CidrIpv6: '::/0' })), ['admin-closed']],
  ['halves of IPv6 to the admin port', admit('Task', tcp(9070, { CidrIpv6: '8000::/1' })), ['admin-closed']],
  ['everybody to the fabric', admit('Task', tcp(5122, WORLD)), ['fabric-cluster-only']],
  ['a private network to the fabric', admit('Task', tcp(5122, { CidrIp: '10.0.0.0/16' })), ['fabric-cluster-only']],
  ['everybody to the ingress of the server', admit('Task', tcp(8080, WORLD)), ['ingress-no-bypass']],
  [
    'one address to the ingress of the server',
    admit('Task', tcp(8080, { CidrIp: '198.51.100.7/32' })),
    ['ingress-no-bypass'],
  ],
  ['everybody straight to the proxy', admit('Task', tcp(8443, WORLD)), ['ingress-no-bypass', 'rules-exact']],
  ['everybody to the health door', admit('Task', tcp(8081, WORLD)), ['rules-exact']],
  [
    'every port to the members of the task',
    admit('Task', { IpProtocol: '-1', SourceSecurityGroupId: { 'Fn::ImportValue': 'other' } }),
    ['admin-closed', 'rules-exact'],
  ],
  [
    'a prefix list to the task',
    admit('Task', tcp(8443, { SourcePrefixListId: 'pl-0123456789abcdef0' })),
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    'a prefix list to the admin port',
    admit('Task', tcp(9070, { SourcePrefixListId: 'pl-0123456789abcdef0' })),
    ['admin-closed'],
  ],
  ['a port of debuggers on the task', admit('Task', tcp(6669, WORLD)), ['rules-exact']],
  ['ping for everybody', admit('Task', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...WORLD }), ['rules-exact']],
  ['udp to the task', admit('Task', { IpProtocol: 'udp', FromPort: 8443, ToPort: 8443, ...WORLD }), ['rules-exact']],
  ['a shell on the machine from everywhere', admit('Host', tcp(22, WORLD)), ['rules-exact']],
  ['the agent of the machine from everywhere', admit('Host', tcp(51678, { CidrIp: '10.0.0.0/8' })), ['rules-exact']],
  ['everything to the machine', admit('Host', { IpProtocol: '-1', ...WORLD }), ['rules-exact']],
  ['a shell on the services', admit('Services', tcp(22, WORLD)), ['rules-exact']],
  ['everybody to the services', admit('Services', tcp(9080, WORLD)), ['rules-exact']],
  ['everybody to the endpoints', admit('Endpoints', tcp(443, WORLD)), ['rules-exact']],
  ['everybody to the balancer, any port', admit('Balancer', tcp(0, WORLD, 65535)), ['rules-exact']],
  ['everybody to the balancer, all of it', admit('Balancer', { IpProtocol: '-1', ...WORLD }), ['rules-exact']],
  [
    'everybody to the balancer of callers inside',
    admit('Balancer', tcp(443, WORLD)),
    ['rules-exact'],
    'Billing',
    'Ledger',
  ],
  [
    'everybody of IPv6 to the balancer of callers inside',
    admit('Balancer', tcp(443, { CidrIpv6: '::/0' })),
    ['rules-exact'],
    'Billing',
    'Ledger',
  ],
  [
    'half of the world to the balancer of callers inside',
    admit('Balancer', tcp(443, { CidrIp: '0.0.0.0/1' })),
    ['rules-exact'],
    'Billing',
    'Ledger',
  ],
];
