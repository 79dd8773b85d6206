import { renderUserData } from '../../../lib/aws/user-data';
import { metadataFromTask } from '../../../lib/prove/network/instance-metadata';
import { aHost } from './a-deployment';

test.each([
  ["a line of the agent's file", 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config', 'shut'],
  ['a quoted value', 'echo \'ECS_AWSVPC_BLOCK_IMDS="true"\' >> /etc/ecs/ecs.config', 'shut'],
  ['another file', 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/other.config\n# /etc/ecs/ecs.config', 'open'],
  ['a comment', '# ECS_AWSVPC_BLOCK_IMDS=true', 'open'],
  ['a later word against it', 'ECS_AWSVPC_BLOCK_IMDS=true\nECS_AWSVPC_BLOCK_IMDS=false', 'open'],
  ['another value', 'ECS_AWSVPC_BLOCK_IMDS=truely', 'open'],
  ['nothing', '#!/bin/sh', 'open'],
])('user data with %s decides whether the task sees the metadata service', (_name, script, seen) => {
  expect(metadataFromTask({ ...aHost().machine!, userData: [script] })).toBe(seen);
});

test('a file without a machine leaves the metadata service open', () => {
  expect(metadataFromTask(undefined)).toBe('open');
});

const SET = 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config';
const UNSET = 'echo ECS_AWSVPC_BLOCK_IMDS=false >> /etc/ecs/ecs.config';
const document = (...lines: readonly string[]): string =>
  ["cat > /etc/ecs/ecs.config <<'END'", 'if this were shell', ...lines, 'END'].join('\n');

test.each([
  ['an if', `if [ -n "$X" ]; then\n  ${SET}\nfi`, 'unknown'],
  ['an else', `if [ -n "$X" ]\nthen\n  true\nelse\n  ${SET}\nfi`, 'unknown'],
  ['an if on one line', `if false; then ${SET}; fi`, 'unknown'],
  ['an if in an if', `if a; then\n if b; then\n true\n fi\n ${SET}\nfi`, 'unknown'],
  ['a case', `case "$X" in\n  a)\n    ${SET}\n    ;;\nesac`, 'unknown'],
  ['a loop', `for x in $Y; do\n  ${SET}\ndone`, 'unknown'],
  ['a test on its line', `[ -n "$X" ] && ${SET}`, 'unknown'],
  ['a here-document of an if', `if a; then\n${document('ECS_AWSVPC_BLOCK_IMDS=true')}\nfi`, 'unknown'],
  ['an if that takes it back', `${SET}\nif a; then\n  ${UNSET}\nfi`, 'unknown'],
  ['an if that says it again', `${SET}\nif a; then\n  ${SET}\nfi`, 'shut'],
  ['an if, and says it after that', `if a; then\n  ${UNSET}\nfi\n${SET}`, 'shut'],
  ['no block, since that is over', `if a; then b; fi\n${SET}`, 'shut'],
  ['no block, since it only follows a command', `mkdir -p /etc/ecs && ${SET}`, 'shut'],
  ['no block, since a here-document opens none', document('ECS_AWSVPC_BLOCK_IMDS=true'), 'shut'],
  [
    'a plain line, of a file that is chosen in an if',
    `if a; then\nF=/etc/ecs/ecs.config\nfi\necho ECS_AWSVPC_BLOCK_IMDS=true >> $F`,
    'unknown',
  ],
])('user data that shuts the metadata service in %s is believed as far as it is certain', (_where, script, seen) => {
  expect(metadataFromTask({ ...aHost().machine!, userData: [script] })).toBe(seen);
});

test('the user data that the constructs write is certain', () => {
  const names = { clusterName: 'c', volumeId: 'v', marker: 'm', logGroupName: 'l', region: 'r', urlSuffix: 'u' };
  const props = { ...names, revocation: undefined };
  expect(metadataFromTask({ ...aHost().machine!, userData: [renderUserData(props)] })).toBe('shut');
});
