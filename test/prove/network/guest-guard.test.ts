import { guestGuard } from '../../../lib/prove/network/guest-guard';
import { renderMachineRules } from '../../../lib/prove/network/machine-rules';
import { anInstance } from './a-machine';

/** As the kernel writes it: user inside, user outside, how many. */
const EVERYBODY = '         0          0 4294967295\n';
const ROOT_ALONE = '         0       1000          1\n';
const SUBORDINATE = '         0       1000          1\n         1     100000      65536\n';

test.each([
  ['every user is mapped', EVERYBODY, 'set'],
  ['root alone is mapped', ROOT_ALONE, 'impossible'],
  ['the users of containers are mapped, among others', SUBORDINATE, 'set'],
])('the guard by users where %s is %s', (_, map, guard) => {
  expect(guestGuard(anInstance(), map)).toBe(guard);
});

test('a guard that excepts nobody needs no user', () => {
  expect(guestGuard(anInstance({ metadata: { kind: 'guarded', exceptUsers: [] } }), ROOT_ALONE)).toBe('set');
});

test('no rule is set for a guard that cannot be one', () => {
  expect(renderMachineRules(anInstance(), true)).toContain('meta skuid != { 65532 } ip daddr 169.254.169.254');
  expect(renderMachineRules(anInstance(), false)).not.toContain('169.254.169.254');
});
