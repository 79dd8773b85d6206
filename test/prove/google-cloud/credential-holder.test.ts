import type { Artifact, Host } from '../../../lib/artifact/artifact';
import type { Text } from '../../../lib/artifact/text';
import { planGoogle } from '../../../lib/prove/google-cloud/google-plan';
import { account, googleArtifact, googleHost, grant, member } from './a-google-artifact';

const KEY = 'caller-key@other.iam.gserviceaccount.com';
const PATH = '/run/portcullis/secrets/google-credentials.json';
const INSIDE = '/run/secrets/google-credentials.json';

/** A machine whose Restate has a file of credentials. */
function withFile(overrides: Partial<Host> = {}): Host {
  const host = googleHost();
  const [restate, ...more] = host.containers;
  const mounted = {
    ...restate!,
    environment: { ...restate!.environment, GOOGLE_APPLICATION_CREDENTIALS: [INSIDE] },
    mounts: [...restate!.mounts, { volume: 'credentials', path: INSIDE, readOnly: true }],
  };
  const secretFiles = [
    { path: PATH, secret: ['projects/p/secrets/key/versions/1'], owner: '65531:65531', mode: 0o400 },
  ];
  return {
    ...host,
    containers: [mounted, ...more],
    volumes: [...host.volumes, { name: 'credentials', hostPath: PATH }] as Host['volumes'],
    instance: { ...host.instance!, secretFiles },
    ...overrides,
  };
}

const minter = (who: Text): ReturnType<typeof grant> =>
  grant({
    id: 'google_service_account_iam_member.minter',
    level: 'service-account',
    on: account('caller'),
    role: ['roles/iam.serviceAccountOpenIdTokenCreator'],
    members: [who],
  });

function planned(overrides: Partial<Artifact>, host: Host = withFile()): ReturnType<typeof planGoogle> {
  return planGoogle(googleArtifact({ hosts: [host], ...overrides }), host);
}

const stating = (whose: string): Partial<Artifact> => ({
  accepted: [
    { claim: 'federation-keyless', subject: 'x', reason: `The server shows Google the key of ${whose}, which` },
  ],
});

test('the file is of the account that may call, where nothing says whose it is', () => {
  const grants = [grant({ members: [`serviceAccount:${KEY}`].map((each) => [each]) })];
  const plan = planned({ grants });
  expect(plan).toMatchObject({ identity: KEY, caller: KEY, auth: { GoogleIdToken: {} } });
  expect(plan.credentials).toEqual({ path: PATH, kind: 'account', email: KEY, stated: false });
});

test('whoever may mint for that account is not taken for the server unless the files say that the file is of him', () => {
  const grants = [grant({ members: [member('caller')] }), minter([`serviceAccount:${KEY}`])];
  const CALLER = 'caller@portcullis-run.iam.gserviceaccount.com';
  expect(planned({ grants }).credentials).toMatchObject({ email: CALLER, stated: false });
  const plan = planned({ grants, ...stating(KEY) });
  expect(plan.credentials).toMatchObject({ kind: 'account', email: KEY, stated: true });
  expect(plan).toMatchObject({ caller: CALLER, auth: { GoogleIdToken: { impersonate_service_account: CALLER } } });
  expect(planned({ grants, ...stating(`a-${KEY}`) }).credentials).toMatchObject({ email: CALLER, stated: false });
});

test('an account that the same files make is named by its reference', () => {
  const grants = [grant({ members: [member('caller')] }), minter(member('key'))];
  const said = stating('${google_service_account.key.email}');
  expect(planned({ grants, ...said }).credentials).toMatchObject({
    email: 'key@portcullis-run.iam.gserviceaccount.com',
    stated: true,
  });
});

test('a person impersonates, and never calls', () => {
  const grants = [grant({ members: [member('caller')] }), minter(['user:ada@example.com'])];
  const { credentials, auth, identity } = planned({ grants, ...stating('ada@example.com') });
  expect(credentials).toMatchObject({ kind: 'user', email: 'ada@example.com' });
  expect(identity).toBe('ada@example.com');
  expect(auth?.GoogleIdToken.impersonate_service_account).toMatch(/^caller@/);
});

test('where nobody may call, the file is of an account that may nothing', () => {
  const { credentials, rules } = planned({ grants: [] });
  expect(credentials).toMatchObject({ kind: 'account', stated: false });
  expect(rules.services[0]?.invokers).not.toContain(credentials?.email);
});

test('a file that no secret fills is none', () => {
  const bare = withFile();
  const host = withFile({ instance: { ...bare.instance!, secretFiles: [] } });
  expect(planned({}, host)).toMatchObject({ identity: 'restate@portcullis-run.iam.gserviceaccount.com' });
  expect(planned({}, host).credentials).toBeUndefined();
});
