import { REQUEST_IDENTITY_ATTACKS } from '../../../../lib/prove/attacks/task/request-identity';
import { fakeDeployment } from '../../fake-deployment';
import { googleHost } from '../../google-cloud/a-google-artifact';

const FROM_STRANGER = REQUEST_IDENTITY_ATTACKS.find(({ id }) => id === 'service-from-stranger')!;

test('who may connect to a service is asked where the files guard it, not where its machine stands in others', () => {
  expect(FROM_STRANGER.notApplicable?.(fakeDeployment())).toBeUndefined();
  expect(FROM_STRANGER.notApplicable?.(fakeDeployment({ host: googleHost() }))).toContain('in other files');
});
