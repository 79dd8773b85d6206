import { CfnResource } from 'aws-cdk-lib';
import type { RestateServer } from '../../lib/aws';
import { adminDoor, newStack, REMOTE_AUTH, networkOf, serverIn } from './template-of';

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
  'Monitoring/Alarms/Certificate/Resource',
  'Monitoring/Alarms/Denied/Resource',
  'Monitoring/Alarms/Disk/Resource',
  'Monitoring/Alarms/Errors/Resource',
  'Monitoring/Alarms/Health/Resource',
  'Monitoring/Alarms/RateLimited/Resource',
  'Monitoring/Alarms/Snapshots/Resource',
  'Monitoring/Dashboard/Resource/Resource',
  'Monitoring/FlowLogs/Logs/Resource',
  'Monitoring/FlowLogs/Resource',
  'Monitoring/FlowLogs/Role/DefaultPolicy/Resource',
  'Monitoring/FlowLogs/Role/Resource',
  'Monitoring/Metrics/Calls/Resource',
  'Monitoring/Metrics/Denied/Resource',
  'Monitoring/Metrics/DiskUsed/Resource',
  'Monitoring/Metrics/Errors/Resource',
  'Monitoring/Metrics/RateLimited/Resource',
  'Notices/Topic/Policy/Resource',
  'Notices/Topic/Resource',
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
  'Snapshots/Resource',
  'Snapshots/Role/DefaultPolicy/Resource',
  'Snapshots/Role/Resource',
  'Task/Definition/Resource',
  'Task/Definition/TaskRole/Resource',
  'Task/ExecutionRole/Resource/DefaultPolicy/Resource',
  'Task/ExecutionRole/Resource/Resource',
];

/** What an admin door adds. */
const ADMIN_PATHS = [
  'AdminBalancer/LoadBalancer/Listener/Resource',
  'AdminBalancer/LoadBalancer/Resource',
  'AdminBalancer/Targets/Resource',
  'Monitoring/Alarms/AdminCertificate/Resource',
  'Monitoring/Alarms/AdminDenied/Resource',
  'Monitoring/Alarms/ApiKeys/Resource',
  'Monitoring/Metrics/AdminDenied/Resource',
  'Monitoring/Metrics/ApiKeyExpiry/Resource',
  'SecurityGroups/AdminBalancer/Resource',
  'SecurityGroups/AdminBalancerToHealth',
  'SecurityGroups/AdminBalancerToProxy',
];

describe('the construct ids', () => {
  test.each([
    ['of a quiet server', {}, 0],
    ['of one with callers and fetched keys', { ingress: { internetFacing: true, auth: REMOTE_AUTH } }, 1],
  ])('%s are the public contract', (_, ask, natGateways) => {
    const stack = newStack();
    const server = serverIn(stack, ask, networkOf(stack, natGateways));
    expect(pathsBelow(server)).toEqual(PATHS);
  });

  test('of an admin door are, too', () => {
    const stack = newStack();
    expect(pathsBelow(serverIn(stack, adminDoor(stack)))).toEqual([...PATHS, ...ADMIN_PATHS].sort());
  });
});

function pathsBelow({ node }: RestateServer): string[] {
  const found = node.findAll().filter(CfnResource.isCfnResource);
  return found.map((resource) => resource.node.path.slice(node.path.length + 1)).sort();
}
