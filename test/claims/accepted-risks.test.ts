import type { Host } from '../../lib/artifact/artifact';
import { acceptedRisks } from '../../lib/claims/accepted-risks';
import { artifact, host } from '../prove/fake-deployment';
import { googleArtifact, googleHost } from '../prove/google-cloud/a-google-artifact';

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

test('a machine of Google has the risks of Google, and none of a task', () => {
  const about = { artifact: googleArtifact(), host: googleHost() };
  const reasons = acceptedRisks(about).map(({ reason }) => reason);
  expect(reasons).toEqual([
    expect.stringContaining('a shell on the machine'),
    expect.stringContaining('plaintext on loopback'),
    expect.stringContaining('resolver at the metadata address'),
  ]);
  expect(reasons.join()).not.toMatch(/ECS|security group/);
});

test('a machine of Google has a shell whatever other risk its template names', () => {
  const loopback = { claim: 'admin-closed', subject: googleHost().id, reason: 'the admin API is on loopback, too' };
  const about = { artifact: googleArtifact({ accepted: [loopback] }), host: googleHost() };
  const reasons = acceptedRisks(about)
    .filter(({ claim }) => claim === 'admin-closed')
    .map(({ reason }) => reason);
  expect(reasons).toEqual([loopback.reason, expect.stringContaining('a shell on the machine')]);
});
