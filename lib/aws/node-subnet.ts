import type { ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { UnsafeConfigurationError } from '../core/errors';

/**
 * The one subnet, and so the one zone, of the node and its disk: the first of the selection, else the first isolated one, else the
 * first private one. Where the way out is needed, a private one.
 *
 * @throws UnsafeConfigurationError `NodeSubnetMissing`, `NodeSubnetPublic`, `NodeSubnetIsolated`
 */
export function nodeSubnet(vpc: IVpc, selection: SubnetSelection | undefined, needsWayOut: boolean): ISubnet {
  const candidates = needsWayOut ? vpc.privateSubnets : [...vpc.isolatedSubnets, ...vpc.privateSubnets];
  const subnet = selection === undefined ? candidates[0] : vpc.selectSubnets(selection).subnets[0];
  if (subnet === undefined) {
    throw new UnsafeConfigurationError({
      code: 'NodeSubnetMissing',
      given: needsWayOut ? 'the VPC has no private subnet with a way out' : 'the VPC has no private or isolated subnet',
      because: needsWayOut
        ? 'the keys of jwksUri are fetched from the internet'
        : 'a node never stands in a public one',
      write: needsWayOut
        ? 'give the VPC a NAT gateway, or state the keys with IngressAuth.jwt({ jwks })'
        : 'give the VPC isolated subnets (SubnetType.PRIVATE_ISOLATED)',
    });
  }
  if (isAmong(vpc.publicSubnets, subnet)) {
    throw new UnsafeConfigurationError({
      code: 'NodeSubnetPublic',
      given: `vpcSubnets selects the public subnet ${subnet.node.path}`,
      because: 'from there a single rule too many is a server on the internet',
      write: 'select subnets of SubnetType.PRIVATE_ISOLATED or PRIVATE_WITH_EGRESS',
    });
  }
  if (needsWayOut && isAmong(vpc.isolatedSubnets, subnet)) {
    throw new UnsafeConfigurationError({
      code: 'NodeSubnetIsolated',
      given: `vpcSubnets selects the isolated subnet ${subnet.node.path}`,
      because: 'the keys of jwksUri are fetched from the internet, and without them nobody is admitted',
      write: 'select a subnet of SubnetType.PRIVATE_WITH_EGRESS, or state the keys with IngressAuth.jwt({ jwks })',
    });
  }
  return subnet;
}

function isAmong(subnets: readonly ISubnet[], { subnetId }: ISubnet): boolean {
  return subnets.some((other) => other.subnetId === subnetId);
}
