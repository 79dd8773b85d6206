import { type Properties, resources } from '../../../mutants/template';
import { besideServer } from '../beside-server';
import { admit, letOut, listen, member, tcp, type Fault } from './edits';
import { bootstrapOf, machineData } from '../parts';

/** Where things listen, which groups they wear, and which addresses they have. */
export const PLACEMENT_FAULTS: Readonly<Record<string, Fault>> = {
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
  'a second interface of the machine has a public address': {
    example: 'Orders',
    edit: (template) => {
      (machineData(template)['NetworkInterfaces'] as Properties[]).push({
        DeviceIndex: 1,
        AssociatePublicIpAddress: true,
      });
    },
    breaks: { 'no-public-address': /public address/ },
  },
  'the subnet of the machine gives public addresses': {
    example: 'Orders',
    edit: (template) => {
      for (const { Type, Properties: properties } of Object.values(template.Resources)) {
        if (Type === 'AWS::EC2::Subnet') properties['MapPublicIpOnLaunch'] = true;
      }
    },
    breaks: { 'no-public-address': /whatever does not refuse one/ },
  },
  'a subnet of the machine has the routes of a public one': {
    example: 'Orders',
    edit: (template) => {
      const tables = resources(template, 'AWS::EC2::RouteTable').map(([id]) => id);
      const open = tables.find((id) => id.includes('Public'));
      for (const [id, association] of resources(template, 'AWS::EC2::SubnetRouteTableAssociation')) {
        if (!id.includes('Public')) association['RouteTableId'] = { Ref: open };
      }
    },
    breaks: { 'no-public-address': /leads there by a gateway that also lets in/ },
  },
  'the way out of the machine is the gateway of the internet': {
    example: 'Orders',
    edit: (template) => {
      for (const [, route] of resources(template, 'AWS::EC2::Route')) {
        if (route['NatGatewayId'] !== undefined) {
          delete route['NatGatewayId'];
          route['GatewayId'] = { Ref: 'Gateway' };
        }
      }
    },
    breaks: { 'no-public-address': /leads there by a gateway that also lets in/ },
  },
  'a service beside the server has a public address': {
    example: 'Orders',
    edit: (template, groups) => {
      besideServer(template, {
        AssignPublicIp: 'ENABLED',
        Subnets: [{ Ref: 'OtherSubnet' }],
        SecurityGroups: [{ 'Fn::GetAtt': [groups.services, 'GroupId'] }],
      });
    },
    breaks: { 'no-public-address': /AssignPublicIp/ },
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
    breaks: { 'ingress-no-bypass': /members of RestateSecurityGroupsTask/, 'rules-exact': /none of the balancers/ },
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
      'ingress-no-bypass': /DefaultSecurityGroup/,
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
