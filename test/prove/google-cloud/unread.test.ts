import { PROVEN_CLAIMS } from '../../../lib/prove/claims';
import { withoutCloudRun } from '../../../lib/prove/google-cloud/without-cloud-run';
import { unreadableDoubt } from '../../../lib/prove/unreadable-doubt';
import { artifact } from '../fake-deployment';
import { googleArtifact, googleHost } from './a-google-artifact';

const doubts = (subject: string): readonly string[] => {
  const about = { artifact: googleArtifact({ unreadable: [{ subject, reason: 'for_each' }] }), host: googleHost() };
  return PROVEN_CLAIMS.map(({ id }) => id).filter((id) => unreadableDoubt(id, about) !== undefined);
};

test('a grant that could not be read leaves open who may invoke, and nothing else', () => {
  expect(doubts('google_project_iam_member.everybody')).toEqual(['cloud-run-invoker-exact']);
});

test('a service that could not be read leaves open all that is claimed of services', () => {
  const claims = ['private', 'http2', 'invoker-exact', 'token-audience', 'token-not-persisted'];
  expect(doubts('google_cloud_run_v2_service.other')).toEqual(claims.map((claim) => `cloud-run-${claim}`));
});

test.each([
  'google_compute_instance_group_manager.nodes',
  'google_compute_backend_service.other',
  'google_compute_subnetwork.n',
  'google_compute_instance_template.restate',
])('what is unread of %s, and bears on nobody knows what, leaves everything open', (subject) => {
  expect(doubts(subject)).toHaveLength(PROVEN_CLAIMS.length);
});

test('another machine of the same template is left open with it', () => {
  const id = 'google_compute_instance_template.restate/google_compute_instance_group_manager.second';
  const second = { ...googleHost(), id };
  const unreadable = [{ subject: 'google_compute_instance_template.restate', reason: 'startup-script' }];
  const about = { artifact: googleArtifact({ hosts: [googleHost(), second], unreadable }), host: second };
  expect(unreadableDoubt('admin-closed', about)).toContain('startup-script');
});

test('what is unread of another machine leaves nothing open', () => {
  const other = { ...googleHost(), id: 'google_compute_instance.other' };
  const unreadable = [{ subject: other.id, reason: 'startup-script' }];
  const about = { artifact: googleArtifact({ hosts: [googleHost(), other], unreadable }), host: googleHost() };
  expect(unreadableDoubt('admin-closed', about)).toBeUndefined();
});

test('claims about Cloud Run do not apply without a service of it, and do where one could not be read', () => {
  expect(withoutCloudRun(artifact())).toBe('no Cloud Run service');
  expect(withoutCloudRun(googleArtifact())).toBeUndefined();
  const unreadable = [{ subject: 'google_cloud_run_v2_service.other', reason: 'for_each' }];
  expect(withoutCloudRun(artifact({ unreadable }))).toBeUndefined();
});
