import type { IamGrant } from '../../../../lib/artifact/iam-grant';
import { callFront } from '../../../../lib/prove/attacks/cloud-run/front-call';
import type { Place } from '../../../../lib/prove/deployment';
import type { CloudRunUnderTest } from '../../../../lib/prove/google-cloud/cloud-run-under-test';
import { fakeDeployment } from '../../fake-deployment';
import { cloudRunService, googleArtifact, grant } from '../../google-cloud/a-google-artifact';

/** What is said of a call that the container was asked by, since the front end let it in for this reason. */
async function observed(why: string, grants: readonly IamGrant[]): Promise<string> {
  const service = { service: cloudRunService(), host: 'greeter.run.app', url: 'https://greeter.run.app' };
  let path = '';
  const probe = (sent: { readonly path: string }): Promise<unknown> => {
    path = sent.path;
    return Promise.resolve({ outcome: 'response', status: 200, headers: {}, body: '' });
  };
  const cloudRun = {
    plan: { emails: { 'google_service_account.restate': 'restate@run.iam.gserviceaccount.com' }, services: [service] },
    address: '199.36.153.4',
    port: 443,
    records: () => Promise.resolve([{ path, status: 200, why, upstream: 'h2c' }]),
  } as unknown as CloudRunUnderTest;
  const place = (): Place => ({ probe }) as unknown as Place;
  const deployment = fakeDeployment({ artifact: googleArtifact({ grants }), cloudRun, place });
  return (await callFront(deployment, { from: 'task', service })).observed;
}

const PUBLIC = grant({ id: 'google_cloud_run_v2_service_iam_member.public', members: [['allUsers']] });

test('a call that everybody may make names the grant to everybody', async () => {
  expect(await observed('anybody', [grant(), PUBLIC])).toMatch(
    /answered 200, admitted by google_cloud_run_v2_service_iam_member\.public$/,
  );
});

test('a call of an account names the grants of that account', async () => {
  expect(await observed('restate@run.iam.gserviceaccount.com', [grant(), PUBLIC])).toMatch(
    /answered 200, admitted by google_cloud_run_v2_service_iam_member\.invoker$/,
  );
});

test('where nobody is asked who calls, no grant is named', async () => {
  expect(await observed('unchecked', [grant(), PUBLIC])).toBe('the container was asked, and answered 200');
});
