import type { IamGrant } from '../../../lib/artifact/iam-grant';
import type { Reference } from '../../../lib/artifact/text';
import { keyOf } from '../../../lib/artifact/iam/holders';
import { invokersByEveryPath } from '../../../lib/artifact/iam/invokers';
import { account, cloudRunService, googleArtifact, grant, member } from '../../prove/google-cloud/a-google-artifact';

function found(...grants: readonly IamGrant[]): {
  readonly who: readonly string[];
  readonly undecided: readonly string[];
} {
  const { holders, undecided } = invokersByEveryPath(googleArtifact({ grants }), cloudRunService());
  return { who: holders.map(({ principal }) => keyOf(principal)), undecided };
}

const RESTATE = 'account google_service_account.restate';
const STRANGER = 'account google_service_account.stranger';

const ref = (attribute: string): Reference => ({ logicalId: 'google_service_account.restate', attribute });

const onAccount = (name: string, role: string, ...by: readonly string[]): IamGrant =>
  grant({ id: `on ${name}`, level: 'service-account', on: account(name), role: [role], members: by.map(member) });

describe('invokersByEveryPath', () => {
  test('one account that has the role on the service is all that can call it', () => {
    expect(found(grant())).toEqual({ who: [RESTATE], undecided: [] });
  });

  test.each(['project', 'folder', 'organization'] as const)('the role on the %s is one on the service', (level) => {
    expect(found(grant({ level, on: ['acme'], members: [member('stranger')] })).who).toEqual([STRANGER]);
  });

  test.each([
    ['roles/run.admin'],
    ['roles/run.servicesInvoker'],
    ['roles/editor'],
    ['roles/owner'],
    ['roles/writer'],
    ['roles/admin'],
  ])('%s on the project calls it too', (role) => {
    expect(found(grant({ level: 'project', role: [role], members: [member('stranger')] })).who).toEqual([STRANGER]);
  });

  test('a custom role calls it by the permission, and not without', () => {
    const custom = { role: [{ logicalId: 'google_project_iam_custom_role.caller' }], members: [member('stranger')] };
    expect(found(grant({ ...custom, permissions: ['run.routes.get', 'run.routes.invoke'] })).who).toEqual([STRANGER]);
    expect(found(grant({ ...custom, permissions: ['run.routes.get'] }))).toEqual({ who: [], undecided: [] });
    expect(found(grant(custom)).undecided).toHaveLength(1);
  });

  test.each([
    ['run.services.setIamPolicy'],
    ['resourcemanager.projects.setIamPolicy'],
    ['resourcemanager.folders.setIamPolicy'],
    ['iam.roles.update'],
  ])('a custom role with %s gives itself what it lacks', (permission) => {
    const role = [{ logicalId: 'google_project_iam_custom_role.caller' }];
    const given = { level: 'project' as const, role, permissions: [permission], members: [member('stranger')] };
    expect(found(grant(given)).who).toEqual([STRANGER]);
  });

  test('whoever may run something as the account is as good as that', () => {
    const role = [{ logicalId: 'google_project_iam_custom_role.actor' }];
    const acting = { id: 'acting', level: 'project' as const, role, permissions: ['iam.serviceAccounts.actAs'] };
    expect(found(grant(), grant({ ...acting, members: [member('stranger')] })).who).toEqual([RESTATE, STRANGER]);
  });

  test.each([['roles/firebase.admin'], ['roles/cloudbuild.builds.builder'], ['roles/somethingnew.user']])(
    'what %s holds is not known, and stays undecided',
    (role) => {
      const { undecided } = found(grant(), grant({ level: 'project', role: [role], members: [member('stranger')] }));
      expect(undecided).not.toEqual([]);
    },
  );

  test('a service that runs as the very account that calls stays undecided', () => {
    const service = cloudRunService({ account: account('restate') });
    const { undecided } = invokersByEveryPath(googleArtifact({ cloudRun: [service] }), service);
    expect(undecided).toEqual([`${service.id} runs as google_service_account.restate, too`]);
  });

  test.each([
    ['allUsers', 'anybody'],
    ['allAuthenticatedUsers', 'authenticated'],
    ['user:alice@example.com', 'user alice@example.com'],
    ['serviceAccount:ci@other.iam.gserviceaccount.com', 'account ci@other.iam.gserviceaccount.com'],
  ])('%s is somebody of its own', (name, who) => {
    expect(found(grant({ members: [[name]] })).who).toEqual([who]);
  });

  test.each([['group:ops@example.com'], ['domain:example.com'], ['principalSet://iam.googleapis.com/x']])(
    'who %s is stays undecided',
    (name) => {
      expect(found(grant({ members: [[name]] })).undecided).toHaveLength(1);
    },
  );

  test('who may be an account of the files by its address is neither it nor nobody', () => {
    const maybe = { logicalId: 'restate@p.iam.gserviceaccount.com', attribute: 'unknown' };
    const minter = { id: 'minter', level: 'service-account' as const, role: ['roles/iam.serviceAccountTokenCreator'] };
    const toIt = found(grant(), grant({ ...minter, on: [maybe], members: [member('stranger')] }));
    expect(toIt).toEqual({ who: [RESTATE], undecided: [expect.stringContaining('minter: what it is granted on')] });
    const forIt = found(grant({ members: [['serviceAccount:', maybe]] }));
    expect(forIt).toEqual({ who: [], undecided: [expect.stringContaining(maybe.logicalId)] });
  });

  test('a condition is not decided', () => {
    expect(found(grant({ conditional: true }))).toEqual({
      who: [],
      undecided: [expect.stringContaining('condition')],
    });
  });

  test('a role of no power, and one on something else, is nobody', () => {
    expect(
      found(grant({ level: 'project', role: ['roles/logging.logWriter'] }), grant({ level: 'secret' })).who,
    ).toEqual([]);
  });

  test('a role on another service is none on this one', () => {
    const other = cloudRunService({ id: 'google_cloud_run_v2_service.other', name: ['other'] });
    const grants = [grant({ on: [{ logicalId: other.id, attribute: 'name' }] })];
    const { holders, undecided } = invokersByEveryPath(
      googleArtifact({ cloudRun: [cloudRunService(), other], grants }),
      cloudRunService(),
    );
    expect({ holders, undecided }).toEqual({ holders: [], undecided: [] });
  });

  test.each([
    ['by its name', ['greeter'], [RESTATE], 0],
    ['by the name of another', ['other'], [], 0],
    ['by a path whose project may be another', ['projects/q/locations/l/services/greeter'], [], 1],
    ['by nothing that is known', [], [], 1],
  ])('a role on a service %s is one on this one only if that is sure', (_, on, who, doubts) => {
    const { who: holders, undecided } = found(grant({ on }));
    expect([holders, undecided.length]).toEqual([who, doubts]);
  });

  test('whoever may have tokens made in the name of an invoker calls the service by them', () => {
    expect(found(grant(), onAccount('restate', 'roles/iam.serviceAccountOpenIdTokenCreator', 'stranger')).who).toEqual([
      RESTATE,
      STRANGER,
    ]);
  });

  test('that role on the project is one on every account', () => {
    const onProject = grant({
      level: 'project',
      role: ['roles/iam.serviceAccountTokenCreator'],
      members: [member('stranger')],
    });
    expect(found(grant(), onProject).who).toEqual([RESTATE, STRANGER]);
  });

  test('whoever may act as one who may have tokens made is a path of two', () => {
    const chain = [
      onAccount('restate', 'roles/iam.serviceAccountOpenIdTokenCreator', 'middle'),
      onAccount('middle', 'roles/iam.serviceAccountTokenCreator', 'stranger'),
    ];
    const { holders } = invokersByEveryPath(googleArtifact({ grants: [grant(), ...chain] }), cloudRunService());
    expect(holders.find(({ principal }) => keyOf(principal) === STRANGER)?.by).toEqual([
      'on middle',
      'on restate',
      'google_cloud_run_v2_service_iam_member.invoker',
    ]);
  });

  test('an ID token in the name of one who may have tokens made is no path: it makes none', () => {
    const chain = [
      onAccount('restate', 'roles/iam.serviceAccountOpenIdTokenCreator', 'middle'),
      onAccount('middle', 'roles/iam.serviceAccountOpenIdTokenCreator', 'stranger'),
    ];
    expect(found(grant(), ...chain).who).not.toContain(STRANGER);
  });

  test('accounts that act as each other end', () => {
    const circle = [
      onAccount('restate', 'roles/iam.serviceAccountTokenCreator', 'middle'),
      onAccount('middle', 'roles/iam.serviceAccountTokenCreator', 'restate'),
    ];
    expect(found(grant(), ...circle).who).toHaveLength(2);
  });

  test('an account is the same by its address, its name and as a member', () => {
    expect(found(grant({ members: [[ref('member')], ['serviceAccount:', ref('email')]] })).who).toEqual([RESTATE]);
    const named = grant({
      level: 'service-account',
      on: [ref('name')],
      role: ['roles/iam.serviceAccountKeyAdmin'],
      members: [member('stranger')],
    });
    expect(found(grant(), named).who).toEqual([RESTATE, STRANGER]);
  });
});
