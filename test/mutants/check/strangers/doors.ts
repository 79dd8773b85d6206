import { both, set } from '../../../check/edits';
import { attribute, part } from '../../../check/parts-of-aws';
import { idOf, more, type StrangersFault } from './fault';

const VPC = (file: Parameters<typeof idOf>[0]): object => ({ Ref: idOf(file, 'EC2::VPC', 'Network') });

const LISTENER = part('AWS::ElasticLoadBalancingV2::Listener', 'RestateBalancerTargets');

const TARGETS = part('AWS::ElasticLoadBalancingV2::TargetGroup', 'RestateBalancerTargets');

const BALANCER = part('AWS::ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancerLoadBalancer');

const ADMIN_LISTENER = part('AWS::ElasticLoadBalancingV2::Listener', 'RestateAdminBalancerTargets');

const SERVICE = part('AWS::ECS::Service');

/** A target group with the task in it, at a port of a container, behind a listener of its own. */
const published = (name: string, port: number, protocol = 'TCP'): StrangersFault[1] =>
  both(
    more('ElasticLoadBalancingV2::TargetGroup', (file) => ({
      Port: port,
      Protocol: protocol,
      TargetType: 'ip',
      VpcId: VPC(file),
    })),
    (file) => {
      file.Resources['StrangersListener'] = {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer') },
          Port: port,
          Protocol: protocol,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Stranger' } }],
        },
      };
      SERVICE(file)['LoadBalancers'].push({
        ContainerName: name,
        ContainerPort: port,
        TargetGroupArn: { Ref: 'Stranger' },
      });
    },
  );

/** What balancers do. */
export const DOORS: readonly StrangersFault[] = [
  ['a listener for the admin port of the server', published('restate', 9070), ['admin-closed']],
  ['a listener for the fabric', published('restate', 5122), ['fabric-cluster-only']],
  ['a listener for the ingress of the server', published('restate', 8080), ['ingress-no-bypass']],
  [
    'a listener without TLS for the proxy',
    more('ElasticLoadBalancingV2::Listener', (file) => ({
      LoadBalancerArn: { Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer') },
      Port: 80,
      Protocol: 'TCP',
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn: { Ref: idOf(file, 'ElasticLoadBalancingV2::TargetGroup', 'RestateBalancer') },
        },
      ],
    })),
    ['tls-outside', 'rules-exact', 'client-certificate-required'],
  ],
  [
    'a listener for operators on the balancer of callers',
    more('ElasticLoadBalancingV2::Listener', (file) => ({
      LoadBalancerArn: { Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer') },
      Port: 8444,
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/0' }],
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn: { Ref: idOf(file, 'ElasticLoadBalancingV2::TargetGroup', 'RestateAdminBalancer') },
        },
      ],
    })),
    ['admin-closed', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    "callers are led to the operators' door",
    (file) => {
      LISTENER(file)['DefaultActions'][0]['TargetGroupArn'] = {
        Ref: idOf(file, 'ElasticLoadBalancingV2::TargetGroup', 'RestateAdminBalancer'),
      };
    },
    ['admin-closed', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'old TLS at the balancer',
    set(LISTENER, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
    ['tls-outside'],
    'Orders',
    'Billing',
  ],
  [
    'TLS 1.0 with 1.3 at the balancer',
    set(LISTENER, { SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' }),
    ['tls-outside'],
    'Orders',
    'Billing',
  ],
  [
    'TLS 1.1 at the balancer',
    set(LISTENER, { SslPolicy: 'ELBSecurityPolicy-TLS-1-1-2017-01' }),
    ['tls-outside'],
    'Orders',
    'Billing',
  ],
  [
    'a policy of TLS that nobody knows',
    set(LISTENER, { SslPolicy: 'ELBSecurityPolicy-Own' }),
    ['tls-outside'],
    'Orders',
    'Billing',
  ],
  [
    'no policy of TLS at the balancer',
    (file) => {
      delete LISTENER(file)['SslPolicy'];
    },
    ['tls-outside'],
    'Orders',
    'Billing',
  ],
  [
    'old TLS at the balancer of operators',
    set(ADMIN_LISTENER, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
    ['tls-outside'],
    'Billing',
  ],
  [
    'plain TCP at the balancer',
    (file) => {
      const listener = LISTENER(file);
      listener['Protocol'] = 'TCP';
      delete listener['SslPolicy'];
      delete listener['Certificates'];
      delete listener['AlpnPolicy'];
    },
    ['tls-outside', 'forwarded-identity-not-trusted', 'alarms-present'],
    'Orders',
    'Billing',
  ],
  ['the balancer speaks plainly to the proxy', set(TARGETS, { Protocol: 'TCP' }), ['tls-outside'], 'Orders', 'Billing'],
  [
    'the proxy sees the balancer for every client',
    attribute(TARGETS, 'TargetGroupAttributes', 'preserve_client_ip.enabled', 'false'),
    ['forwarded-identity-not-trusted', 'rate-bounded', 'refusal-named'],
  ],
  [
    'a balancer without groups',
    (file) => {
      delete BALANCER(file)['SecurityGroups'];
    },
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    'the balancer asks its groups nothing of private links',
    set(BALANCER, { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' }),
    ['rules-exact', 'ingress-no-bypass', 'no-public-address'],
  ],
  [
    'an offer of the balancer to other accounts',
    more('EC2::VPCEndpointService', (file) => ({
      AcceptanceRequired: false,
      NetworkLoadBalancerArns: [{ Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer') }],
    })),
    ['ingress-no-bypass', 'rules-exact', 'admin-closed'],
  ],
  [
    "an offer of the operators' balancer to other accounts",
    more('EC2::VPCEndpointService', (file) => ({
      AcceptanceRequired: false,
      NetworkLoadBalancerArns: [{ Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateAdminBalancer') }],
    })),
    ['admin-closed'],
    'Billing',
  ],
  [
    'the balancer has an address of its own of the internet',
    (file) => {
      const balancer = BALANCER(file);
      balancer['SubnetMappings'] = (balancer['Subnets'] as object[]).map((subnet) => ({
        SubnetId: subnet,
        AllocationId: 'eipalloc-0123456789abcdef0',
      }));
      delete balancer['Subnets'];
      balancer['Scheme'] = 'internet-facing';
    },
    ['no-public-address'],
    'Billing',
    'Ledger',
  ],
  [
    'an accelerator before the balancer',
    both(
      more('GlobalAccelerator::Accelerator', () => ({ Name: 'x' })),
      (file) => {
        file.Resources['StrangersListener'] = {
          Type: 'AWS::GlobalAccelerator::Listener',
          Properties: {
            AcceleratorArn: { Ref: 'Stranger' },
            Protocol: 'TCP',
            PortRanges: [{ FromPort: 443, ToPort: 443 }],
          },
        };
        file.Resources['StrangersGroup'] = {
          Type: 'AWS::GlobalAccelerator::EndpointGroup',
          Properties: {
            ListenerArn: { Ref: 'StrangersListener' },
            EndpointGroupRegion: 'eu-central-1',
            EndpointConfigurations: [
              { EndpointId: { Ref: idOf(file, 'ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer') } },
            ],
          },
        };
      },
    ),
    ['no-public-address', 'ingress-no-bypass', 'rules-exact'],
    'Billing',
    'Ledger',
  ],
];
