import { absentContainers } from '../../../../lib/prove/attacks/task/container-files';
import { TASK_LISTENER_ATTACKS } from '../../../../lib/prove/attacks/task/task-listeners';
import { WORKLOAD_ATTACKS } from '../../../../lib/prove/attacks/task/workload';
import type { Observation } from '../../../../lib/prove/attack';
import type { RunningContainer } from '../../../../lib/prove/deployment';
import type { Container } from '../../../../lib/artifact/artifact';
import { container, fakeDeployment } from '../../fake-deployment';

const gone = (): number => {
  throw new Error('it does not run');
};
const ended = (overrides: Partial<Container>): RunningContainer =>
  ({ container: container({ user: '1000:1000', ...overrides }), pid: gone }) as RunningContainer;
const waiting = ended({ name: 'proxy', dependsOn: [{ container: 'init', condition: 'SUCCESS' }] });

function observe(id: string, containers: readonly RunningContainer[]): Promise<Observation> {
  const attack = [...WORKLOAD_ATTACKS, ...TASK_LISTENER_ATTACKS].find((each) => each.id === id);
  if (attack === undefined) throw new Error(`there is no attack ${id}`);
  return attack.run(fakeDeployment({ containers }));
}

test.each([
  ['containers-as-root', { user: '0:0' }],
  ['containers-as-root', { user: 'root' }],
  ['containers-as-root', { user: '1000:0' }],
  ['containers-with-capabilities', { privileged: true }],
  ['containers-with-capabilities', { capabilitiesDropped: ['NET_RAW'] }],
  ['containers-with-capabilities', { capabilitiesAdded: ['SYS_ADMIN'] }],
  ['containers-with-capabilities', { noNewPrivileges: false }],
  ['container-root-written', { readonlyRootFilesystem: false }],
])('%s finds what the file allowed a container that has ended: %j', async (id, allowed) => {
  const init = ended({ name: 'init', ...allowed });
  expect(await observe(id, [init, waiting])).toMatchObject({
    succeeded: true,
    observed: expect.stringContaining('init'),
  });
  expect(await observe(id, [ended({ name: 'init' }), waiting])).toMatchObject({ succeeded: false });
});

test.each([
  'containers-as-root',
  'containers-with-capabilities',
  'container-root-written',
  'listeners-beyond-the-balancer',
])('%s names nobody where a container should run and does not', async (id) => {
  const seen = await observe(id, [ended({ name: 'sidecar' })]);
  expect(seen).toMatchObject({ succeeded: false, observed: expect.stringContaining('sidecar') });
  expect(seen.refusedBy).toBeUndefined();
});

test('a container that others wait for to end is not missed', () => {
  const absent = absentContainers(fakeDeployment({ containers: [ended({ name: 'init' }), waiting] }));
  expect(absent.map((each) => each.container.name)).toEqual(['proxy']);
});
