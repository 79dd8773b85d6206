import { operatorsWays } from '../../../../lib/prove/attacks/operators/network';
import type { AdminDoor } from '../../../../lib/prove/admin-door/admin-door';
import { fakeDeployment } from '../../fake-deployment';

const waysTo = async (address: string): Promise<readonly string[]> => {
  const door = { address, address6: 'fd00::4', port: 8444, taskPort: 8444, balanced: false, callersToo: true };
  const deployment = fakeDeployment({
    adminDoor: door as AdminDoor,
    taskAddress: '10.77.0.4',
    taskAddress6: 'fd00::4',
  });
  return (await operatorsWays(deployment, 'service')).map(({ name }) => name);
};

test('a door without a balancer is tried once, and said once', async () => {
  expect(await waysTo('10.77.0.4')).toEqual(['service to IPv4 port 8444', 'service to IPv6 port 8444']);
});

test('a balancer of its own is tried beside the machine', async () => {
  expect(await waysTo('10.77.0.9')).toHaveLength(3);
});
