import type { Host } from '../../lib/artifact/artifact';
import { acceptedRisks } from '../../lib/prove/accepted-risks';
import { artifact, host } from './fake-deployment';

const shells = (overrides: Partial<Host>): readonly string[] =>
  acceptedRisks({ artifact: artifact(), host: host(overrides) })
    .filter(({ claim }) => claim === 'admin-closed')
    .map(({ subject, reason }) => `${subject}: ${reason}`);

test('a service with ECS Exec is shown as a way to the admin API that is open to whoever is granted it', () => {
  expect(shells({ shellBy: 'Service' })).toEqual([expect.stringMatching(/^Service: .*ecs:ExecuteCommand/)]);
});

test('a task without it has no such risk', () => {
  expect(shells({})).toEqual([]);
});
