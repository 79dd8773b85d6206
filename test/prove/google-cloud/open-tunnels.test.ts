import type { IamGrant } from '../../../lib/artifact/iam-grant';
import { unattackedDoubt } from '../../../lib/prove/unattacked-doubt';
import { host } from '../fake-deployment';
import { grant, googleArtifact, googleHost, member } from './a-google-artifact';

const TUNNEL: Partial<IamGrant> = { level: 'project', on: [], role: ['roles/iap.tunnelResourceAccessor'] };

const doubtOf = (overrides: Partial<IamGrant>, claim = 'admin-closed'): string | undefined => {
  const grants = [grant({ id: 'google_project_iam_member.tunnel', ...TUNNEL, ...overrides })];
  return unattackedDoubt(claim, { artifact: googleArtifact({ grants }), host: googleHost() });
};

test.each([
  ['allUsers', 'project'],
  ['allAuthenticatedUsers', 'project'],
  ['allAuthenticatedUsers', 'folder'],
  ['allAuthenticatedUsers', 'organization'],
  ['allAuthenticatedUsers', 'instance'],
  ['allAuthenticatedUsers', 'unknown'],
] as const)('a tunnel for %s, granted on the %s, is a way in that nobody attacked', (who, level) => {
  expect(doubtOf({ members: [[who]], level })).toContain(
    `google_project_iam_member.tunnel lets ${who} open tunnels to the machine, by which nobody attacked`,
  );
});

test('a condition closes none, and a custom role may hold the right', () => {
  expect(doubtOf({ members: [['allUsers']], conditional: true })).toContain('on a condition that is not decided');
  const permissions = ['iap.tunnelInstances.accessViaIAP'];
  expect(doubtOf({ role: ['custom'], permissions, members: [['allUsers']] })).toContain('lets allUsers open tunnels');
});

test('a tunnel for somebody who is named is none for strangers', () => {
  expect(doubtOf({ members: [member('operator'), ['user:ann@example.com']] })).toBeUndefined();
});

test('another role for everybody is no tunnel, and a tunnel bears on the ways in alone', () => {
  expect(doubtOf({ role: ['roles/run.invoker'], members: [['allUsers']] })).toBeUndefined();
  expect(doubtOf({ members: [['allUsers']] }, 'body-bounded')).toBeUndefined();
});

test('a tunnel to another machine of the same files is no way in', () => {
  const other = { ...googleHost(), id: 'google_compute_instance.other' };
  const on = [{ logicalId: other.id, attribute: 'name' }];
  const grants = [grant({ ...TUNNEL, level: 'instance', on, members: [['allUsers']] })];
  const artifact = googleArtifact({ grants, hosts: [googleHost(), other] });
  expect(unattackedDoubt('admin-closed', { artifact, host: googleHost() })).toBeUndefined();
  expect(unattackedDoubt('admin-closed', { artifact, host: other })).toContain('lets allUsers open tunnels');
});

test('a task of ECS has no tunnel', () => {
  const artifact = googleArtifact({ grants: [grant({ ...TUNNEL, members: [['allUsers']] })], hosts: [host()] });
  expect(unattackedDoubt('admin-closed', { artifact, host: host() }) ?? '').not.toContain('tunnels');
});
