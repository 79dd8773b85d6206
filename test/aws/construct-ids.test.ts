import { CfnResource } from 'aws-cdk-lib';
import { newStack, REMOTE_AUTH, networkOf, serverIn } from './template-of';

/**
 * Paths of the resources below a server. They make the logical ids: another path is another resource, and a disk that moves is a disk
 * that is lost. Nothing here changes without a major version.
 */
const PATHS = [
  'Balancer/AccessLogs/Bucket/Policy/Resource',
  'Balancer/AccessLogs/Bucket/Resource',
  'Balancer/LoadBalancer/Listener/Resource',
  'Balancer/LoadBalancer/Resource',
  'Balancer/Targets/Resource',
  'Data/Resource',
  'Encryption/AutoScalingRole',
  'Encryption/Key/Resource',
  'Endpoints/Ec2/Resource',
  'Endpoints/EcrApi/Resource',
  'Endpoints/EcrDocker/Resource',
  'Endpoints/Ecs/Resource',
  'Endpoints/EcsAgent/Resource',
  'Endpoints/EcsTelemetry/Resource',
  'Endpoints/Logs/Resource',
  'Endpoints/S3/Resource',
  'Endpoints/SecretsManager/Resource',
  'Endpoints/Ssm/Resource',
  'Endpoints/SsmMessages/Resource',
  'Logs/Resource',
  'Machine/AutoScalingGroup',
  'Machine/Cluster/Resource',
  'Machine/LaunchTemplate/Profile',
  'Machine/LaunchTemplate/Resource',
  'Machine/Role/Resource/DefaultPolicy/Resource',
  'Machine/Role/Resource/Resource',
  'SecurityGroups/Balancer/Resource',
  'SecurityGroups/BalancerToHealth',
  'SecurityGroups/BalancerToProxy',
  'SecurityGroups/Endpoints/Resource',
  'SecurityGroups/Host/Resource',
  'SecurityGroups/HostToEndpoints',
  'SecurityGroups/Services/Resource',
  'SecurityGroups/Task/Resource',
  'SecurityGroups/TaskToServices',
  'Service/Service',
  'Task/Definition/Resource',
  'Task/Definition/TaskRole/Resource',
  'Task/ExecutionRole/Resource/DefaultPolicy/Resource',
  'Task/ExecutionRole/Resource/Resource',
];

describe('the construct ids', () => {
  test.each([
    ['of a quiet server', {}, 0],
    ['of one with callers and fetched keys', { ingress: { internetFacing: true, auth: REMOTE_AUTH } }, 1],
  ])('%s are the public contract', (_, ask, natGateways) => {
    const stack = newStack();
    const server = serverIn(stack, ask, networkOf(stack, natGateways));
    const found = server.node.findAll().filter(CfnResource.isCfnResource);
    expect(found.map(({ node }) => node.path.slice(server.node.path.length + 1)).sort()).toEqual(PATHS);
  });
});
