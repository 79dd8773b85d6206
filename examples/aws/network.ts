import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Two zones, in which nothing gets a public address by itself. A way to the internet where it is asked for. */
export function network(scope: Construct, { internet }: { readonly internet: boolean }): Vpc {
  return new Vpc(scope, 'Network', {
    maxAzs: 2,
    natGateways: internet ? 1 : 0,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      internet
        ? { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS }
        : { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
    ],
    // To empty the group, which nothing here wears, the framework would add a function to the stack.
    restrictDefaultSecurityGroup: false,
  });
}
