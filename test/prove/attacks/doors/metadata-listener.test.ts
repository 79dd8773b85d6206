import type { IamGrant } from '../../../../lib/artifact/iam-grant';
import { METADATA_LISTENER_ATTACKS } from '../../../../lib/prove/attacks/doors/metadata-listener';
import type { Deployment, Place } from '../../../../lib/prove/deployment';
import type { HttpProbe, ProbeReport } from '../../../../lib/prove/probe';
import { container, fakeDeployment } from '../../fake-deployment';
import { account, googleArtifact, googleHost, grant, member } from '../../google-cloud/a-google-artifact';

const PATHS = METADATA_LISTENER_ATTACKS.find(({ id }) => id === 'metadata-listener-paths')!;

/** A listener that hands out access tokens and nothing else. */
function probe({ path }: HttpProbe): Promise<ProbeReport> {
  const status = path === '/computeMetadata/v1/instance/service-accounts/default/token' ? 200 : 403;
  return Promise.resolve({ outcome: 'response', status, headers: {}, body: '' } as unknown as ProbeReport);
}

/** Whether the attack takes such a listener for broken, beside these grants. */
async function tells(...more: readonly IamGrant[]): Promise<boolean> {
  const place = { name: 'task', address: '10.0.0.4', address6: 'fd00::4', probe } as unknown as Place;
  const seen = await PATHS.run(
    fakeDeployment({
      artifact: googleArtifact({ cloudRun: [], grants: [grant(), ...more] }),
      host: googleHost(),
      restate: {
        container: container({ environment: { GCE_METADATA_HOST: ['127.0.0.1:8079'] } }),
      } as unknown as Deployment['restate'],
      place: () => place,
    }),
  );
  return seen.succeeded;
}

const onAccount = (of: string, role: string, who: string): IamGrant =>
  grant({ level: 'service-account', on: account(of), role: [role], members: [member(who)] });

const MINT = 'roles/iam.serviceAccountOpenIdTokenCreator';

test('an access token is for a server that may act in the name of another account, and for no other', async () => {
  expect(await tells()).toBe(true);
  expect(await tells(onAccount('caller', MINT, 'restate'))).toBe(false);
});

test.each([
  ['another account', onAccount('caller', MINT, 'somebody')],
  ['its own account', onAccount('restate', MINT, 'restate')],
  ['reading what account there is', onAccount('caller', 'roles/iam.serviceAccountViewer', 'restate')],
])('a grant to or for %s makes it no such server', async (_, more) => {
  expect(await tells(more)).toBe(true);
});
