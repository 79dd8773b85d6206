import {
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { RevocationObject } from '../core/revocation-object';
import { endpointPolicies, type EndpointName } from './endpoint-policies';

/** Properties of {@link Endpoints}. */
export interface EndpointsProps {
  readonly vpc: IVpc;
  /** The subnet of the node. */
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  /** The one object that the machine reads, where callers show certificates. */
  readonly revocation: RevocationObject | undefined;
}

/**
 * The private doors of AWS that the machine needs instead of a way out. S3 is reached through an interface, too: a gateway would need a
 * rule for the public addresses of S3, by a list whose id differs with each region and cannot be known without a look-up.
 *
 * Private DNS makes them answer for their names in the whole VPC. Other workloads there pass them when a rule of
 * `securityGroups.endpoints` admits them, for what the policies allow.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export class Endpoints extends Construct {
  /** The endpoints by the name of their service. */
  public readonly byService: Readonly<Record<EndpointName, InterfaceVpcEndpoint>>;

  public constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const made = Object.entries(endpointPolicies(this, props.revocation)).map(([name, statements]) => {
      const [constructId, service] = SERVICES[name as EndpointName];
      const endpoint = new InterfaceVpcEndpoint(this, constructId, {
        vpc: props.vpc,
        service,
        subnets: { subnets: [props.subnet] },
        securityGroups: [props.securityGroup],
        open: false,
        privateDnsEnabled: true,
        // When nothing is said S3 answers privately to resolvers outside the VPC alone, and demands a gateway endpoint beside it.
        ...(name === 's3' && { privateDnsOnlyForInboundResolverEndpoint: ALL_RESOLVERS }),
      });
      for (const statement of statements) endpoint.addToPolicy(statement);
      return [name, endpoint];
    });
    this.byService = Object.fromEntries(made) as Record<EndpointName, InterfaceVpcEndpoint>;
  }
}

const { ALL_RESOLVERS } = VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint;

const SERVICES: Readonly<Record<EndpointName, readonly [string, InterfaceVpcEndpointAwsService]>> = {
  ec2: ['Ec2', InterfaceVpcEndpointAwsService.EC2],
  'ecr.api': ['EcrApi', InterfaceVpcEndpointAwsService.ECR],
  'ecr.dkr': ['EcrDocker', InterfaceVpcEndpointAwsService.ECR_DOCKER],
  ecs: ['Ecs', InterfaceVpcEndpointAwsService.ECS],
  'ecs-agent': ['EcsAgent', InterfaceVpcEndpointAwsService.ECS_AGENT],
  'ecs-telemetry': ['EcsTelemetry', InterfaceVpcEndpointAwsService.ECS_TELEMETRY],
  logs: ['Logs', InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS],
  s3: ['S3', InterfaceVpcEndpointAwsService.S3],
  secretsmanager: ['SecretsManager', InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
  ssm: ['Ssm', InterfaceVpcEndpointAwsService.SSM],
  ssmmessages: ['SsmMessages', InterfaceVpcEndpointAwsService.SSM_MESSAGES],
};
