import type { IamGrant } from '../../../../lib/artifact/iam-grant';
import { CLOUD_RUN_INVOKER_ATTACKS } from '../../../../lib/prove/attacks/cloud-run/invokers';
import type { Place } from '../../../../lib/prove/deployment';
import type { CloudRunUnderTest } from '../../../../lib/prove/google-cloud/cloud-run-under-test';
import type { HttpProbe } from '../../../../lib/prove/probe';
import { fakeDeployment } from '../../fake-deployment';
import { account, cloudRunService, googleArtifact, grant, member } from '../../google-cloud/a-google-artifact';

const MINTING = CLOUD_RUN_INVOKER_ATTACKS.find(({ id }) => id === 'cloud-run-token-by-minting')!;
const RESTATE = 'restate@run.iam.gserviceaccount.com';
const MINTER = 'minter@run.iam.gserviceaccount.com';

const over = (role: string): IamGrant =>
  grant({
    id: 'google_service_account_iam_member.over',
    level: 'service-account',
    on: account('restate'),
    role: [role],
    members: [member('minter')],
  });

/** What is said of the attack where IAM makes tokens of one kind for the minter, and the front end lets the server's account in. */
async function observed(makes: 'generateIdToken' | 'generateAccessToken', given: IamGrant): Promise<string> {
  const service = { service: cloudRunService(), host: 'greeter.run.app', url: 'https://greeter.run.app' };
  const asked: string[] = [];
  const probe = ({ path, headers }: HttpProbe): Promise<unknown> => {
    asked.push(path);
    const isMinter = headers.some(([, value]) => value === `Bearer ${MINTER}`);
    const isMade = !path.includes(':') || (isMinter && path.endsWith(`${RESTATE}:${makes}`));
    const body = isMade ? '{"token":"t"}' : '{}';
    return Promise.resolve({ outcome: 'response', status: isMade ? 200 : 403, headers: {}, body });
  };
  const cloudRun = {
    plan: {
      emails: { 'google_service_account.restate': RESTATE, 'google_service_account.minter': MINTER },
      services: [service],
      caller: RESTATE,
      identity: RESTATE,
    },
    registered: service,
    address: '199.36.153.4',
    port: 443,
    accessToken: (email: string) => email,
    records: () => Promise.resolve(asked.map((path) => ({ path, status: 200, why: RESTATE, upstream: 'h2c' }))),
  } as unknown as CloudRunUnderTest;
  const place = (): Place => ({ probe }) as unknown as Place;
  const deployment = fakeDeployment({ artifact: googleArtifact({ grants: [grant(), given] }), cloudRun, place });
  const seen = await MINTING.run(deployment);
  expect(seen.succeeded).toBe(true);
  return seen.observed;
}

test('whoever has tokens made is named with the grant that lets him', async () => {
  expect(await observed('generateIdToken', over('roles/iam.serviceAccountOpenIdTokenCreator'))).toContain(
    `${MINTER} makes a token: a token of ${RESTATE} was made, as google_service_account_iam_member.over allows`,
  );
});

test('whoever acts as the account is named with the grant that lets him', async () => {
  expect(await observed('generateAccessToken', over('roles/iam.serviceAccountTokenCreator'))).toContain(
    `${MINTER} acts as others: acts as ${RESTATE}, as google_service_account_iam_member.over allows`,
  );
});
