import { LET_OUT, REACHED, RIGHTS, TRAIL } from './claims-on-aws';
import type { Expectation } from './expectation';

/** What is said of single changes to templates of CloudFormation: networks: groups, routes, endpoints, balancers. */
export const EXPECTED_OF_AWS_NETWORKS: readonly Expectation[] = [
  // What no resource is made of
  { at: /^- (?:Parameters|Rules|Outputs) /, harmless: 'it is for the tools that deploy the file' },
  { at: /^- Mappings /, refused: 'an image of the machine that is none, or another' },
  { at: /^\S+ \S+ \.Type$/, refused: 'there is no such type of resource' },
  { at: /^\S+ \S+ \.DependsOn/, harmless: 'the order in which things are made, or what tools noted' },
  { at: /\.(?:Description|GroupDescription|AlarmDescription)$/, harmless: 'a remark' },
  { at: /^AWS::CloudWatch::Dashboard /, harmless: 'a picture of what the alarms watch' },
  {
    at: /\.Version$|\.PolicyName$/,
    refused: 'the language of the policy, without which some conditions mean nothing, or a name',
  },
  { at: /^\S+ \S+ \.Metadata/, refused: 'what tools noted, and which risks were accepted' },
  {
    at: /^AWS::(?:EC2::Volume|EC2::LaunchTemplate) .*Tags?(?:\[|$|Specifications)/,
    refused: 'labels by which the machine is let to its disk, and the disk to its snapshots',
  },
  { at: /\.Tags\[?(?!.*portcullis:)/, harmless: 'a label that nothing is decided by' },

  // Who reaches what
  {
    at: /^AWS::EC2::SecurityGroup (?:Callers|Shop|Operations) /,
    harmless: 'a group of the user, whose own rules are none of this deployment',
  },
  { at: /^AWS::EC2::SecurityGroup \S+ $/, claims: [...REACHED, ...LET_OUT, 'fabric-cluster-only', 'metrics-closed'] },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties$/, by: /^delete$/, claims: [...REACHED, ...LET_OUT] },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties$/, by: /SecurityGroupEgress/, claims: LET_OUT },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties$/, by: /SecurityGroupIngress/, claims: REACHED },
  {
    at: /^AWS::EC2::SecurityGroup(?:Ingress)? \S+ \.Properties\.(?:\S+\.)?VpcId$/,
    refused: 'a group of another network, whose rules take none of this one',
  },
  {
    at: /^AWS::EC2::SecurityGroup \S+Services \.Properties\.SecurityGroupEgress$/,
    by: /link-local/,
    harmless: 'no group filters link-local addresses',
  },
  {
    at: /^AWS::EC2::SecurityGroup \S+Services \.Properties\.SecurityGroupEgress\[\w*\]\.(?:From|To)Port$/,
    refused: 'another kind of message to the address that nobody has',
  },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties\.SecurityGroupEgress$/, by: /^(?:delete|empty)$/, claims: LET_OUT },
  {
    at: /^AWS::EC2::SecurityGroup \S+ \.Properties\.SecurityGroupEgress\[\w*\]$/,
    refused: 'the last rule gone lets everything out, any other lets less out',
  },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties\.SecurityGroupEgress$/, by: /^extra/, claims: LET_OUT },
  { at: /^AWS::EC2::SecurityGroup \S+ \.Properties\.SecurityGroupIngress$/, by: /^extra/, claims: REACHED },
  {
    at: /^AWS::EC2::SecurityGroup \S+ \.Properties\.SecurityGroupIngress(?:\[\w*\])?$/,
    refused: 'callers or operators that are let in no more',
  },
  { at: /^AWS::EC2::SecurityGroup\w* .*\.CidrIp(?:v6)?$/, by: /^range-.*:/, refused: 'a range of the other family' },
  {
    at: /^AWS::EC2::SecurityGroup RestateSecurityGroupsBalancer .*Ingress\[\w*\]\.CidrIp$/,
    by: /^range-(?:0|128)\.0\.0\.0\/1$/,
    refused: 'half of everybody, to a door that everybody may come to',
  },
  { at: /^AWS::EC2::SecurityGroup \S+ .*Egress\[\w*\]\.CidrIp$/, by: /^range/, claims: LET_OUT },
  { at: /^AWS::EC2::SecurityGroup \S+ .*Ingress\[\w*\]\.CidrIp$/, by: /^range/, claims: REACHED },
  {
    at: /^AWS::EC2::SecurityGroup\w* .*\.(?:CidrIp|CidrIpv6|(?:Source|Destination)SecurityGroupId)$/,
    by: /^(?:delete|star|blank|other|unknown-text)$/,
    refused: 'a rule for nobody',
  },
  { at: /^AWS::EC2::SecurityGroup \S+ .*\.DestinationSecurityGroupId$/, claims: LET_OUT },
  { at: /^AWS::EC2::SecurityGroup\w* .*\.SourceSecurityGroupId$/, claims: REACHED },
  {
    at: /^AWS::EC2::SecurityGroup\w* .*\.(?:From|To)Port$/,
    by: /^(?:bigger|one-more|smaller|zero)$/,
    claims: [...REACHED, ...LET_OUT],
  },
  { at: /^AWS::EC2::SecurityGroup\w* .*\.(?:From|To)Port$/, claims: [...REACHED, ...LET_OUT] },
  { at: /^AWS::EC2::SecurityGroup\w* .*\.IpProtocol$/, by: /^weaker-(?:-1|udp)$/, claims: [...REACHED, ...LET_OUT] },
  { at: /^AWS::EC2::SecurityGroup\w* .*\.IpProtocol$/, claims: [...REACHED, ...LET_OUT] },
  { at: /^AWS::EC2::SecurityGroupIngress \S*ToHealth (?:\.Properties)?$/, refused: 'health is asked for no more' },
  { at: /^AWS::EC2::SecurityGroupIngress \S+ (?:\.Properties)?$/, refused: 'a rule less' },
  {
    at: /^AWS::EC2::SecurityGroupIngress \S+ \.Properties\.GroupId$/,
    refused: 'the rule of another group, which lets nobody to this one',
  },

  // The network around
  {
    at: /^AWS::EC2::(?:VPC|VPCGatewayAttachment|InternetGateway|NatGateway|EIP) /,
    refused: 'a network that does not work, or a way to the internet that is gone',
  },
  {
    at: /^AWS::EC2::Subnet Network(?:Isolated|Private)Subnet1Subnet \.Properties(?:\.MapPublicIpOnLaunch)?$/,
    by: /^(?:with-MapPublic|flip)/,
    claims: ['no-public-address'],
  },
  {
    at: /^AWS::EC2::Subnet \S+ \.Properties\.MapPublicIpOnLaunch$/,
    harmless: 'no machine of the deployment stands there',
  },
  { at: /^AWS::EC2::Subnet /, refused: 'a subnet that cannot be, or has other addresses' },
  {
    at: /^AWS::EC2::(?:RouteTable|Route|SubnetRouteTableAssociation) /,
    refused: 'a route less, or to where there is none',
  },

  // Endpoints
  { at: /^AWS::EC2::VPCEndpoint \S+ \.Properties\.PolicyDocument$/, claims: ['egress-closed', ...RIGHTS] },
  {
    at: /^AWS::EC2::VPCEndpoint \S+ \.Properties\.PolicyDocument\.Statement$/,
    by: /^extra/,
    claims: [...RIGHTS, 'egress-closed'],
  },
  {
    at: /^AWS::EC2::VPCEndpoint \S+S3 .*\.Statement\[Allow s3:GetObject \d\]\.Condition/,
    refused: 'layers of images and lists that are published: by reading them nothing leaves',
  },
  { at: /^AWS::EC2::VPCEndpoint .*\.Statement\[[^\]]*\]\.Condition/, by: /^(?:delete|star)$/, claims: RIGHTS },
  {
    at: /^AWS::EC2::VPCEndpoint .*\.(?:Action|Resource)(?:\[\w*\])?(?:\.Fn::Join.*)?$/,
    by: /^(?:star|whole-service|whole-verb|piece-star)$/,
    claims: [...RIGHTS, 'egress-closed'],
  },
  {
    at: /^AWS::EC2::VPCEndpoint .*\.(?:Principal|aws:(?:Principal|Resource)Account)$/,
    by: /^(?:unknown-text|another-of-its-type|blank|other)$/,
    claims: RIGHTS,
  },
  { at: /^AWS::EC2::VPCEndpoint .*\.PolicyDocument/, refused: 'less is let through, or nothing that there is' },
  {
    at: /^AWS::EC2::VPCEndpoint \S+ \.Properties\.SecurityGroupIds\[0\]$/,
    by: /^another/,
    refused: 'the rules of another group, which may admit nobody',
  },
  { at: /^AWS::EC2::VPCEndpoint \S+ \.Properties\.SecurityGroupIds(?:\[\w*\])?$/, claims: LET_OUT },
  { at: /^AWS::EC2::VPCEndpoint /, refused: 'a service that is reached no more, or by the endpoint of another' },

  // Balancers
  {
    at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ \.Properties\.Scheme$/,
    by: /^weaker/,
    claims: ['no-public-address', 'admin-closed'],
  },
  { at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ \.Properties\.SecurityGroups/, claims: REACHED },
  {
    at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ \.Properties\.LoadBalancerAttributes(?:\[(?:deletion|load_balancing)[\w.]*\].*)?$/,
    by: /^(?:delete|empty|flip)$/,
    claims: ['balancers-protected', ...TRAIL],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ \.Properties\.LoadBalancerAttributes\[access_logs.*(?:\]|\.Value)$/,
    by: /^(?:delete|flip|another-of-its-type|star|unknown-text)$/,
    claims: [...TRAIL, 'balancers-protected'],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ \.Properties\.LoadBalancerAttributes$/,
    by: /^extra/,
    claims: [...TRAIL, 'balancers-protected'],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::LoadBalancer \S+ (?:\.Properties)?$/,
    claims: ['rules-exact', 'alarms-present', 'balancers-protected', ...TRAIL],
  },
  { at: /^AWS::ElasticLoadBalancingV2::LoadBalancer /, refused: 'a balancer that cannot be, or stands elsewhere' },
  {
    at: /^AWS::ElasticLoadBalancingV2::Listener \S+ \.Properties\.Protocol$/,
    by: /^weaker/,
    claims: ['tls-outside', 'forwarded-identity-not-trusted', 'alarms-present', 'registration-by-deployers-only'],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::Listener \S+ \.Properties\.SslPolicy$/,
    by: /^(?:weaker|delete)/,
    claims: ['tls-outside'],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::Listener \S+ \.Properties\.Port$/,
    by: /^(?:one-more|smaller)$/,
    claims: REACHED,
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::TargetGroup \S+ \.Properties\.Protocol$/,
    by: /^weaker-TCP$/,
    claims: ['tls-outside'],
  },
  {
    at: /^AWS::ElasticLoadBalancingV2::TargetGroup \S+ \.Properties\.HealthCheckProtocol$/,
    claims: ['alarms-present', 'rules-exact'],
  },
  { at: /^AWS::ElasticLoadBalancingV2::(?:Listener|TargetGroup) /, refused: 'a door that leads nowhere, or cannot be' },
];
