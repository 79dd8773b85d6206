import type { RestateServer } from '../../lib/google';
import { refusal } from '../core/refusal';
import { newStack, onlyOf, type Resources } from './network-of';
import { serverIn, serverResources, tunnelDoor } from './template-of';

const ONCALL = 'group:oncall@example.com';

function grantedTo(resources: Resources, principal: string): readonly (readonly [string, string])[] {
  return Object.entries(resources)
    .flatMap(([type, byPath]) => Object.values(byPath).map((block) => [type, block] as const))
    .filter(([, { member }]) => member === principal)
    .map(([type, { role }]) => [type, String(role)] as const);
}

function shellRules(resources: Resources): readonly string[] {
  return Object.entries(resources['google_compute_firewall'] ?? {})
    .filter(([, rule]) => JSON.stringify(rule['allow'] ?? []).includes('"22"'))
    .map(([path]) => path);
}

const once = (server: RestateServer): void => server.grantBreakGlass(ONCALL);

describe('break-glass', () => {
  test('is for nobody when nothing is said: no rule for port 22, and no right to log in', () => {
    const resources = serverResources();
    expect(shellRules(resources)).toEqual([]);
    expect(JSON.stringify(resources)).not.toMatch(/osLogin|osAdminLogin|serviceAccountUser|tunnelResourceAccessor/);
  });

  test('takes a tunnel to port 22, a login as root and the right to act as the machine, each on this machine alone', () => {
    const resources = serverResources(() => ({}), once);
    expect(grantedTo(resources, ONCALL)).toEqual([
      ['google_iap_tunnel_instance_iam_member', 'roles/iap.tunnelResourceAccessor'],
      ['google_compute_instance_iam_member', 'roles/compute.osAdminLogin'],
      ['google_service_account_iam_member', 'roles/iam.serviceAccountUser'],
    ]);
    expect(Object.values(resources['google_iap_tunnel_instance_iam_member'] ?? {})).toMatchObject([
      { condition: { expression: 'destination.port == 22' }, zone: 'europe-west1-b' },
    ]);
    expect(shellRules(resources)).toEqual(['Restate/Firewall/BreakGlass']);
  });

  test('is a risk that every report shows, with whose it is', () => {
    const login = onlyOf(
      serverResources(() => ({}), once),
      'google_compute_instance_iam_member',
    );
    expect(login['//']).toMatchObject({
      'portcullis:accepted': [{ claim: 'admin-closed', reason: expect.stringContaining(ONCALL) as string }],
    });
  });

  test('comes from the range of Identity-Aware Proxy and from nowhere else', () => {
    const rules = serverResources(() => ({}), once)['google_compute_firewall'] ?? {};
    expect(rules['Restate/Firewall/BreakGlass']).toMatchObject({
      source_ranges: ['35.235.240.0/20'],
      target_service_accounts: [expect.stringContaining('google_service_account.Restate_Account') as string],
    });
  });

  test('may be granted to several, and to each once', () => {
    const resources = serverResources(
      () => ({}),
      (server) => ['user:ada@example.com', ONCALL, ONCALL].forEach((principal) => server.grantBreakGlass(principal)),
    );
    expect(grantedTo(resources, ONCALL)).toHaveLength(3);
    expect(grantedTo(resources, 'user:ada@example.com')).toHaveLength(3);
    expect(shellRules(resources)).toHaveLength(1);
  });

  test('is not what operators of the admin door get', () => {
    const resources = serverResources(() => tunnelDoor([ONCALL]));
    expect(shellRules(resources)).toEqual([]);
    expect(grantedTo(resources, ONCALL)).toEqual([
      ['google_iap_tunnel_instance_iam_member', 'roles/iap.tunnelResourceAccessor'],
    ]);
  });

  test.each([
    'allUsers',
    'allAuthenticatedUsers',
    'domain:example.com',
    'ada@example.com',
    'projectOwner:my-project',
    'deleted:user:ada@example.com?uid=1',
    'user:ada@example.com,user:eve@example.com ',
    'principalSet://iam.googleapis.com/locations/global/workforcePools/staff/*',
    'principalSet://cloudresourcemanager.googleapis.com/organizations/123456789',
    'serviceAccount:${TfToken[TOKEN.1]}:allUsers',
    '${TfToken[TOKEN.1]}',
    '',
  ])('is refused to %j', (principal) => {
    const server = serverIn(newStack());
    expect(refusal(() => server.grantBreakGlass(principal)).code).toBe('PrincipalInvalid');
  });

  test.each([
    'user:ada@example.com',
    'serviceAccount:oncall@my-project.iam.gserviceaccount.com',
    'serviceAccount:${TfToken[TOKEN.1]}',
    'principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada',
    'principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/oncall',
  ])('may be granted to %s', (principal) => {
    const server = serverIn(newStack());
    expect(() => server.grantBreakGlass(principal)).not.toThrow();
  });
});
