import { secureTemplate } from '../../mutants/secure-template';
import { container, type Properties, type Template } from '../../mutants/template';
import { wrongOf } from './example';
import { balancerOf, bootstrapOf, groupOf, type Groups, machineData, addressed, listenerOf, targetsOf } from './parts';

type Edit = (template: Template, groups: Groups) => void;

interface Fault {
  readonly example: 'Orders' | 'Billing' | 'Ledger';
  readonly edit: Edit;
  /** Claims that break, each with what its evidence names. */
  readonly breaks: Readonly<Record<string, RegExp>>;
}

const tcp = (from: number, to: number, peer: Properties): Properties => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  ...peer,
});

function admit(group: keyof Groups, ...rules: readonly Properties[]): Edit {
  return (template, groups) => {
    rules.forEach((rule, index) => {
      template.Resources[`Fault${index}`] = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { 'Fn::GetAtt': [groups[group], 'GroupId'] }, ...rule },
      };
    });
  };
}

function letOut(group: keyof Groups, ...rules: readonly Properties[]): Edit {
  return (template, groups) => {
    const { Properties: properties } = template.Resources[groups[group]] as { Properties: Properties };
    properties['SecurityGroupEgress'] = [...(properties['SecurityGroupEgress'] as readonly unknown[]), ...rules];
  };
}

const member = (groups: Groups, name: keyof Groups, side: 'Source' | 'Destination' = 'Source'): Properties => ({
  [`${side}SecurityGroupId`]: { 'Fn::GetAtt': [groups[name], 'GroupId'] },
});

function listen(name: string, port: number, bind: string): Edit {
  return (template) => {
    const { Environment } = container(template, 'restate');
    for (const [key, value] of [
      [`RESTATE_${name}BIND_ADDRESS`, `${bind}:${port}`],
      [`RESTATE_${name}LISTEN_MODE`, 'tcp'],
    ] as const) {
      const said = Environment.find((each) => each.Name === key);
      if (said === undefined) Environment.push({ Name: key, Value: value });
      else said.Value = value;
    }
  };
}

const all =
  (...edits: readonly Edit[]): Edit =>
  (template, groups) =>
    edits.forEach((edit) => {
      edit(template, groups);
    });

const FAULTS: Readonly<Record<string, Fault>> = {
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
    breaks: { 'rules-exact': /Fault0 admits tcp 9070/ },
  },
  'IPv6 on a port behind which nothing listens': {
    example: 'Billing',
    edit: admit('task', tcp(9070, 9070, { CidrIpv6: '2000::/3' })),
    breaks: { 'rules-exact': /Fault0 admits tcp 9070/ },
  },
  'a wide range of ports from a private range': {
    example: 'Billing',
    edit: admit('task', tcp(5000, 9999, { CidrIp: '10.0.0.0/8' })),
    breaks: {
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
    breaks: { 'rules-exact': /none of the balancers in front/ },
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
    breaks: { 'rules-exact': /./ },
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
  'the ingress of the server listens on the network': {
    example: 'Orders',
    edit: listen('INGRESS__', 8080, '0.0.0.0'),
    breaks: { 'bind-narrow': /port 8080/ },
  },
  'the ingress of the server is reached past the proxy': {
    example: 'Orders',
    edit: (template, groups) => {
      listen('INGRESS__', 8080, '0.0.0.0')(template, groups);
      admit('task', tcp(8080, 8080, member(groups, 'services')))(template, groups);
    },
    breaks: { 'ingress-no-bypass': /members of RestateSecurityGroupsServices/, 'rules-exact': /none of the balancers/ },
  },
  'the fabric is reached by the services': {
    example: 'Ledger',
    edit: (template, groups) => {
      listen('', 5122, '0.0.0.0')(template, groups);
      admit('task', tcp(5122, 5122, member(groups, 'services')))(template, groups);
    },
    breaks: {
      'fabric-cluster-only': /members of RestateSecurityGroupsServices/,
      'metrics-closed': /port 5122/,
      'rules-exact': /none of the balancers/,
    },
  },
  'the fabric listens on the network': {
    example: 'Ledger',
    edit: listen('', 5122, '0.0.0.0'),
    breaks: { 'bind-narrow': /port 5122/ },
  },
  'the task has a public address': {
    example: 'Orders',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::ECS::Service') {
          const { AwsvpcConfiguration } = properties['NetworkConfiguration'] as { AwsvpcConfiguration: Properties };
          AwsvpcConfiguration['AssignPublicIp'] = 'ENABLED';
        }
      }
    },
    breaks: { 'no-public-address': /AssignPublicIp/ },
  },
  'the machine has a public address': {
    example: 'Orders',
    edit: (template) => {
      const [first] = machineData(template)['NetworkInterfaces'] as Properties[];
      (first as Properties)['AssociatePublicIpAddress'] = true;
    },
    breaks: { 'no-public-address': /public address/ },
  },
  'the proxy listens where nobody is admitted': {
    example: 'Orders',
    edit: (template) => {
      bootstrapOf(template, (bootstrap) => {
        const { listeners } = bootstrap['static_resources'] as { listeners: Properties[] };
        listeners.push({
          ...listeners[0],
          name: 'more',
          address: { socket_address: { address: '0.0.0.0', port_value: 9999 } },
        });
      });
    },
    breaks: { 'bind-narrow': /port 9999/ },
  },
  'callers at the operators door': {
    example: 'Billing',
    edit: (template) => {
      for (const [id, { Type }] of Object.entries(template.Resources)) {
        if (Type === 'AWS::EC2::SecurityGroup' && id.startsWith('Operations')) {
          const text = JSON.stringify(template.Resources).replaceAll(
            `"SourceSecurityGroupId":{"Fn::GetAtt":["${id}"`,
            '"SourceSecurityGroupId":{"Fn::GetAtt":["Shop563325D0"',
          );
          Object.assign(template.Resources, JSON.parse(text));
        }
      }
    },
    breaks: { 'registration-by-deployers-only': /Shop563325D0 is admitted as a caller and as an operator/ },
  },
  'members of its own group at the task': {
    example: 'Orders',
    edit: (template, groups) => {
      admit('task', tcp(8443, 8443, member(groups, 'task')))(template, groups);
    },
    breaks: { 'rules-exact': /none of the balancers/ },
  },
  'a way out to a port of services that lets nothing in': {
    example: 'Orders',
    edit: (template, groups) => {
      letOut('task', tcp(22, 22, member(groups, 'services', 'Destination')))(template, groups);
    },
    breaks: { 'rules-exact': /tcp 22 out to/ },
  },
  'a second group on the task': {
    example: 'Billing',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::ECS::Service') {
          const { AwsvpcConfiguration } = properties['NetworkConfiguration'] as {
            AwsvpcConfiguration: { SecurityGroups: unknown[] };
          };
          AwsvpcConfiguration.SecurityGroups.push({ 'Fn::GetAtt': ['Shop563325D0', 'GroupId'] });
        }
      }
    },
    breaks: { 'egress-closed': /Shop563325D0/, 'internal-endpoints-unreachable': /network itself/ },
  },
  'a group of others on the task': {
    example: 'Billing',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::ECS::Service') {
          const { AwsvpcConfiguration } = properties['NetworkConfiguration'] as {
            AwsvpcConfiguration: { SecurityGroups: unknown[] };
          };
          AwsvpcConfiguration.SecurityGroups.push('sg-0123456789abcdef0');
        }
      }
    },
    breaks: {
      'admin-closed': /sg-0123456789abcdef0/,
      'registration-by-deployers-only': /sg-0123456789abcdef0/,
      'fabric-cluster-only': /sg-0123456789abcdef0/,
      'metrics-closed': /sg-0123456789abcdef0/,
      'ingress-no-bypass': /sg-0123456789abcdef0/,
      'bind-narrow': /sg-0123456789abcdef0/,
      'rules-exact': /sg-0123456789abcdef0/,
      'egress-closed': /sg-0123456789abcdef0/,
      'internal-endpoints-unreachable': /sg-0123456789abcdef0/,
    },
  },
  'an endpoint without a policy': {
    example: 'Billing',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::EC2::VPCEndpoint' && JSON.stringify(properties['ServiceName']).includes('.secretsmanager')) {
          delete properties['PolicyDocument'];
        }
      }
    },
    breaks: { 'egress-closed': /RestateEndpointsSecretsManager.*no policy/ },
  },
  'no group on the task': {
    example: 'Billing',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::ECS::Service') {
          const { AwsvpcConfiguration } = properties['NetworkConfiguration'] as { AwsvpcConfiguration: Properties };
          delete AwsvpcConfiguration['SecurityGroups'];
        }
      }
    },
    breaks: {
      'admin-closed': /the server's own group/,
      'registration-by-deployers-only': /the server's own group/,
      'egress-closed': /DefaultSecurityGroup|default rule/,
      'internal-endpoints-unreachable': /network itself/,
      'rules-exact': /./,
    },
  },
  'no group on the machine': {
    example: 'Ledger',
    edit: (template) => {
      const [first] = machineData(template)['NetworkInterfaces'] as Properties[];
      delete (first as Properties)['Groups'];
    },
    breaks: { 'egress-closed': /default one/, 'rules-exact': /neither machine nor task/ },
  },
  'a task that the internet reaches over IPv6': {
    example: 'Ledger',
    edit: (template) => {
      for (const [id, { Type, Properties: properties }] of Object.entries(template.Resources)) {
        if (Type === 'AWS::EC2::Subnet') properties['AssignIpv6AddressOnCreation'] = true;
        if (Type === 'AWS::EC2::RouteTable') {
          template.Resources[`Route${id}`] = {
            Type: 'AWS::EC2::Route',
            Properties: { RouteTableId: { Ref: id }, DestinationIpv6CidrBlock: '::/0', GatewayId: { Ref: 'Gateway' } },
          };
        }
      }
    },
    breaks: { 'no-public-address': /IPv6/ },
  },
  'the proxy leads callers to the admin API': {
    example: 'Billing',
    edit: (template) => {
      bootstrapOf(
        template,
        (bootstrap) =>
          JSON.parse(
            JSON.stringify(bootstrap).replace('"cluster":"restate"', '"cluster":"restate-admin"'),
          ) as Properties,
      );
    },
    breaks: { 'registration-by-deployers-only': /nobody gets to the ingress/ },
  },
};

test.each(Object.entries(FAULTS))('breaks: %s', (_name, { example, edit, breaks }) => {
  const template = structuredClone(secureTemplate(example));
  edit(template, groupOf(template));
  const wrong = wrongOf(template);
  for (const [claim, evidence] of Object.entries(breaks)) {
    expect(wrong).toContainEqual(expect.stringMatching(new RegExp(`^(broken|unproven) ${claim} `)));
    expect(wrong.filter((each) => each.split(' ')[1] === claim).join('\n')).toMatch(evidence);
  }
  expect(new Set(wrong.map((each) => each.split(' ')[1]))).toEqual(new Set(Object.keys(breaks)));
});
