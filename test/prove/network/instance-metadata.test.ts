import { blocksMetadata } from '../../../lib/prove/network/instance-metadata';
import { aHost } from './a-deployment';

test.each([
  ["a line of the agent's file", 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config', true],
  ['a quoted value', 'echo \'ECS_AWSVPC_BLOCK_IMDS="true"\' >> /etc/ecs/ecs.config', true],
  ['another file', 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/other.config\n# /etc/ecs/ecs.config', false],
  ['a comment', '# ECS_AWSVPC_BLOCK_IMDS=true', false],
  ['a later word against it', 'ECS_AWSVPC_BLOCK_IMDS=true\nECS_AWSVPC_BLOCK_IMDS=false', false],
  ['another value', 'ECS_AWSVPC_BLOCK_IMDS=truely', false],
  ['nothing', '#!/bin/sh', false],
])('user data with %s decides whether the task sees the metadata service', (_name, script, blocked) => {
  expect(blocksMetadata({ ...aHost().machine!, userData: [script] })).toBe(blocked);
});

test('a file without a machine leaves the metadata service open', () => {
  expect(blocksMetadata(undefined)).toBe(false);
});
