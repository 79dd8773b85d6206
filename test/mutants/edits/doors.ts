import type { Mutant } from '../mutant';
import { addRule, groupOf, type Owner } from '../security-groups';
import { environment, type Properties, resources, the, type Template } from '../template';

type Outside = 'internet' | 'stranger' | 'balancer' | 'service';

const DOORS = [
  { door: 'ingress-bypass', port: 8080, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'admin', port: 9070, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'fabric', port: 5122, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'metrics', port: 5122, places: ['stranger', 'service'] },
  { door: 'registration', port: 9070, places: ['stranger', 'service'] },
] as const;

/** The task's security group opened to a place, and the server's own narrow bindings undone. */
export const DOOR_MUTANTS: readonly Mutant[] = [
  ...DOORS.flatMap(({ door, port, places }) =>
    places.map((place): Mutant => ({
      id: `${door}-open-to-${place}`,
      guard: `the security group of the task, for port ${port} from ${place},`,
      attack: `${door}-from-${place}`,
      edit: (template) => open(template, place, port),
    })),
  ),
  {
    id: 'proxy-open-to-network',
    guard: "the balancer as the one peer of the proxy's port",
    attack: 'proxy-port-from-stranger',
    edit: (template) => open(template, 'stranger', 8443),
  },
  {
    id: 'services-open-to-network',
    guard: 'the task as the one peer of the services',
    attack: 'service-from-stranger',
    edit: (template) => addRule(template, 'services', 'SecurityGroupIngress', tcp(9080, { CidrIp: '10.0.0.0/8' })),
  },
  {
    id: 'ingress-on-all-addresses',
    guard: "the loopback address of the server's ingress",
    attack: 'ingress-bound-to-loopback',
    edit: (template) => environment(template, 'RESTATE_INGRESS__BIND_ADDRESS', '0.0.0.0:8080'),
  },
  {
    id: 'admin-on-all-addresses',
    guard: 'the unix socket of the admin API, and its loopback address,',
    attack: 'admin-bound-to-nothing',
    edit: (template) => {
      environment(template, 'RESTATE_ADMIN__LISTEN_MODE', 'all');
      environment(template, 'RESTATE_ADMIN__BIND_ADDRESS', '0.0.0.0:9070');
    },
  },
  {
    id: 'fabric-on-all-addresses',
    guard: "the loopback address of the server's fabric",
    attack: 'fabric-bound-to-loopback',
    edit: (template) => environment(template, 'RESTATE_BIND_ADDRESS', '0.0.0.0:5122'),
  },
  {
    id: 'fabric-beside-the-balancer',
    guard: 'the rule that only balanced ports are open beyond loopback',
    attack: 'listeners-beyond-the-balancer',
    edit: (template) => environment(template, 'RESTATE_BIND_ADDRESS', '[::]:5122'),
  },
  {
    id: 'admin-on-loopback',
    guard: 'the unix socket of the admin API',
    attack: 'admin-from-task',
    edit: (template) => environment(template, 'RESTATE_ADMIN__LISTEN_MODE', 'all'),
  },
  {
    id: 'registration-on-loopback',
    guard: 'the unix socket of the admin API, for registration,',
    attack: 'registration-from-task',
    edit: (template) => environment(template, 'RESTATE_ADMIN__LISTEN_MODE', 'all'),
  },
];

/** Admits a place to a port of the task over both address families: the task lets it in, and its own group lets it out. */
function open(template: Template, place: Outside, port: number): void {
  for (const peer of peersOf(template, place)) {
    addRule(template, 'task', 'SecurityGroupIngress', tcp(port, peer));
  }
  if (place === 'internet') {
    expose(template);
  }
  if (place === 'balancer' || place === 'service') {
    const owner = place === 'balancer' ? 'balancer' : 'services';
    addRule(template, owner, 'SecurityGroupEgress', tcp(port, { CidrIp: '10.0.0.0/8' }));
  }
}

function peersOf(template: Template, place: Outside): Properties[] {
  const member = (owner: Owner): Properties[] => [
    { SourceSecurityGroupId: { 'Fn::GetAtt': [groupOf(template, owner), 'GroupId'] } },
  ];
  const peers: Record<Outside, () => Properties[]> = {
    internet: () => [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }],
    stranger: () => [{ CidrIp: '10.0.0.0/8' }, { CidrIpv6: 'fd00::/8' }],
    balancer: () => member('balancer'),
    service: () => member('services'),
  };
  return peers[place]();
}

/** Puts the task where an open rule is open to the internet: a public address, and subnets that route to an internet gateway. */
function expose(template: Template): void {
  const [, service] = the(resources(template, 'AWS::ECS::Service'), 'service');
  const { AwsvpcConfiguration: network } = service['NetworkConfiguration'] as { AwsvpcConfiguration: Properties };
  network['AssignPublicIp'] = 'ENABLED';
  for (const [, route] of resources(template, 'AWS::EC2::Route')) {
    delete route['NatGatewayId'];
    route['GatewayId'] = { Ref: resources(template, 'AWS::EC2::InternetGateway')[0]?.[0] };
  }
}

function tcp(port: number, peer: Properties): Properties {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer };
}
