import type { Mutant } from '../mutant';
import { addRule } from '../security-groups';
import { type Properties, replaceText, resources, type Template } from '../template';

const OPEN: Properties = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
const NETWORK: Properties = { IpProtocol: '-1', CidrIp: '10.0.0.0/8' };

/** The way out. */
export const EGRESS_MUTANTS: readonly Mutant[] = [
  ...(['registration-of-public-address', 'task-to-public-address'] as const).map((attack): Mutant => ({
    id: `open-way-out-for-${attack}`,
    guard: 'the closed way out of the task',
    attack,
    edit: (template) => addRule(template, 'task', 'SecurityGroupEgress', OPEN),
  })),
  ...(['registration-of-neighbour', 'task-to-neighbour'] as const).map((attack): Mutant => ({
    id: `open-network-for-${attack}`,
    guard: 'the closed way into the rest of the network',
    attack,
    edit: (template) => addRule(template, 'task', 'SecurityGroupEgress', NETWORK),
  })),
  ...(['registration-of-metadata', 'metadata-from-task'] as const).map((attack): Mutant => ({
    id: `metadata-open-for-${attack}`,
    guard: 'the block of instance metadata for tasks',
    attack,
    edit: (template) => editUserData(template, 'ECS_AWSVPC_BLOCK_IMDS=true\n', ''),
  })),
];

function editUserData(template: Template, from: string, to: string): void {
  for (const [, properties] of resources(template, 'AWS::EC2::LaunchTemplate')) {
    properties['LaunchTemplateData'] = replaceText(properties['LaunchTemplateData'], from, to);
  }
}
