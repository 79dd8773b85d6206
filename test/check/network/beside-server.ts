import type { Properties, Template } from '../../mutants/template';

/** Adds a network of its own, and a service with a task that has nothing to do with the server but what its configuration says. */
export function besideServer(template: Template, AwsvpcConfiguration: Properties): void {
  Object.assign(template.Resources, {
    OtherNetwork: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.99.0.0/16' } },
    OtherSubnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'OtherNetwork' }, CidrBlock: '10.99.0.0/24', MapPublicIpOnLaunch: true },
    },
    OtherGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { VpcId: { Ref: 'OtherNetwork' }, GroupDescription: 'Other' },
    },
    OtherTask: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        NetworkMode: 'awsvpc',
        ContainerDefinitions: [{ Name: 'web', Image: 'nginx:1.27', Essential: true }],
      },
    },
    OtherService: {
      Type: 'AWS::ECS::Service',
      Properties: {
        Cluster: 'others',
        LaunchType: 'FARGATE',
        TaskDefinition: { Ref: 'OtherTask' },
        NetworkConfiguration: { AwsvpcConfiguration },
      },
    },
  });
}
