import { containerUser, rightsArguments } from '../../../lib/prove/runtime/process-rights';
import { aContainer } from './a-container';

test.each([
  ['65531:65531', { uid: 65531, gid: 65531 }],
  ['65532', { uid: 65532, gid: 65532, home: '/home/nonroot' }],
  ['1234', { uid: 1234, gid: 0 }],
  ['nobody', { uid: 65534, gid: 65534 }],
  ['root:1000', { uid: 0, gid: 1000 }],
])('user %j is read as Docker reads it', (user, expected) => {
  expect(containerUser(aContainer({ user }), '0:0')).toMatchObject(expected);
});

test("without a user the image's own holds", () => {
  expect(containerUser(aContainer(), '65532:65532')).toMatchObject({ uid: 65532, gid: 65532 });
});

test('a user that only the image knows is refused, because it could be any', () => {
  expect(() => containerUser(aContainer({ user: 'restate' }), '0:0')).toThrow(
    'container main runs as "restate", a name that only its image knows; give user and group as numbers [UserUnknown]',
  );
});

const USER = { uid: 65531, gid: 65531, home: '/' };
const ROOT = { uid: 0, gid: 0, home: '/root' };

test('rights that the template takes away are taken away', () => {
  const container = aContainer({ capabilitiesDropped: ['ALL'], noNewPrivileges: true });
  expect(rightsArguments(container, USER, true)).toEqual([
    '--reuid',
    '65531',
    '--regid',
    '65531',
    '--clear-groups',
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--bounding-set=-all',
    '--no-new-privs',
  ]);
});

test.each([
  [
    'nothing said: what Docker leaves',
    {},
    expect.stringMatching(/^--bounding-set=-all,\+audit_write,.*\+net_raw.*\+sys_chroot$/),
  ],
  ['one dropped', { capabilitiesDropped: ['NET_RAW'] }, expect.not.stringContaining('net_raw')],
  [
    'all dropped, one added',
    { capabilitiesDropped: ['ALL'], capabilitiesAdded: ['CAP_NET_ADMIN'] },
    '--bounding-set=-all,+net_admin',
  ],
])('capabilities, %s', (_, overrides, expected) => {
  expect(rightsArguments(aContainer(overrides), ROOT, true)).toContainEqual(expected);
});

test.each([
  ['privileged', { privileged: true }],
  ['all added', { capabilitiesAdded: ['ALL'] }],
])('rights that the template leaves are left: %s', (_, overrides) => {
  const args = rightsArguments(aContainer(overrides), ROOT, true);
  expect(args.join(' ')).not.toMatch(/bounding-set|no-new-privs/);
});

test('in an unprivileged user namespace nobody can become another user, and who is not root has no capability', () => {
  expect(rightsArguments(aContainer(), USER, false)).toEqual([
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--bounding-set=-all',
  ]);
});
